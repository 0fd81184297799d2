//! What machines read: descriptions of pages, feed, site map, and the addresses that pages had before.

use std::collections::{BTreeMap, BTreeSet};

use scraper::ElementRef;
use serde_json::Value;

use crate::conformita::published;
use crate::golden::shipped;
use crate::html::{Page, pages, parsed, text};
use crate::support::{Site, Tree};

const BASE: &str = "https://conciliazione.ats-esempio.it/";
const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

/// The things that a page says it is about, by type.
fn graph(page: &Page) -> BTreeMap<String, Value> {
    let blocks = page.texts("script[type='application/ld+json']");
    assert_eq!(blocks.len(), 1, "{}", page.path);
    // Read from the page as it stands: white space inside a text counts.
    let whole: String = page.select("script[type='application/ld+json']")[0].text().collect();
    let whole: Value = serde_json::from_str(&whole).unwrap_or_else(|error| panic!("{}: {error}", page.path));
    assert_eq!(whole["@context"], "https://schema.org", "{}", page.path);
    let parts = whole["@graph"].as_array().expect("a graph");
    let kind = |part: &Value| part["@type"].as_str().or(part["@type"][0].as_str()).expect("a type").to_owned();
    parts.iter().map(|part| (kind(part), part.clone())).collect()
}

fn about(tree: &Tree, path: &str, kind: &str) -> Value {
    let found = graph(&Page::of(tree, path));
    found.get(kind).unwrap_or_else(|| panic!("{path} has no {kind} but {found:#?}")).clone()
}

#[test]
fn each_kind_of_page_says_what_it_is_about() {
    let tree = published();
    let agency = about(tree, "index.html", "GovernmentOrganization");
    assert_eq!(agency["name"], "ATS Esempio");
    assert_eq!(agency["taxID"], "00000000000");
    assert_eq!(agency["email"], "conciliazione@ats-esempio.it");
    assert_eq!(agency["url"], BASE);
    let search = &about(tree, "index.html", "WebSite")["potentialAction"];
    assert_eq!(search["target"]["urlTemplate"], format!("{BASE}cerca/?q={{q}}"));
    let grant = about(tree, "2025-2027/progetti/nido/index.html", "Grant");
    assert_eq!(grant["name"], "Un nido vicino al lavoro");
    assert_eq!(grant["amount"]["currency"], "EUR");
    assert_eq!(grant["amount"]["value"], "40000.00");
    assert_eq!(grant["funder"]["name"], "Regione Lombardia");
    assert_eq!(grant["fundedItem"]["url"], format!("{BASE}2025-2027/progetti/nido/"));
    let call = about(tree, "2025-2027/avvisi/avviso-2025/index.html", "GovernmentService");
    assert!(call["hoursAvailable"]["validFrom"].as_str().is_some_and(|day| day.starts_with("202")), "{call:#?}");
    assert_eq!(about(tree, "partner/comune-alfa/index.html", "GovernmentOrganization")["name"], "Comune di Alfa");
    assert_eq!(about(tree, "partner/impresa-eta/index.html", "Organization")["address"]["addressLocality"], "Alfa");
    let alliance = about(tree, "2025-2027/alleanze/monte/index.html", "Organization");
    let members = alliance["member"].as_array().expect("members");
    assert!(members.len() > 1, "{alliance:#?}");
    // A body is of one kind wherever it is named.
    for member in members {
        let page = member["url"].as_str().and_then(|url| url.strip_prefix(BASE)).expect("a page");
        let kind = member["@type"].as_str().expect("a type");
        assert_eq!(about(tree, &format!("{page}index.html"), kind)["name"], member["name"]);
    }
    let data = about(tree, "dati/progetti/index.html", "Dataset");
    assert_eq!(data["license"], "https://creativecommons.org/licenses/by/4.0/");
    let file = data["distribution"][0]["contentUrl"].as_str().and_then(|url| url.strip_prefix(BASE)).expect("a file");
    assert!(tree.contains_key(file), "{file}");
    assert_eq!(about(tree, "2025-2027/index.html", "Report")["temporalCoverage"], "2025-01-01/2027-12-31");
    assert!(about(tree, "norme/dgr-5464-2025/index.html", "Legislation")["legislationDate"].is_string());
}

/// A site that says that it is not the agency's publishes in its own name.
#[test]
fn nothing_is_put_in_the_mouth_of_an_agency_that_did_not_say_it() {
    let said = "Una prova: non è il sito dell'ATS";
    let tree = Site::example().append("content/sito.yaml", &format!("avvertenza: \"{said}\"\n")).built().published();
    let text = |path: &str| std::str::from_utf8(&tree[path]).unwrap_or_else(|_| panic!("{path}"));
    let author = format!("Piano di conciliazione di ATS Esempio ({said})");
    assert!(text("feed.xml").contains(&format!("<author><name>{}</name>", author.replace('\'', "&#39;"))), "the feed");
    let agency = about(&tree, "index.html", "GovernmentOrganization");
    assert_eq!([&agency["url"], &agency["logo"]], [&Value::Null, &Value::Null], "the site is not the agency's");
    assert_eq!(about(&tree, "index.html", "WebSite")["disambiguatingDescription"], said);
    assert_eq!(about(&tree, "2025-2027/index.html", "Report")["publisher"], Value::Null);
    let data = about(&tree, "dati/progetti/index.html", "Dataset");
    assert_eq!([&data["creator"], &data["publisher"]], [&Value::Null, &Value::Null]);
    let home = Page::of(&tree, "index.html");
    assert_eq!(meta(&home, "meta[property='og:site_name']"), Some("Piano di conciliazione di ATS Esempio"));
    let pdf = String::from_utf8_lossy(&tree["2025-2027/documento/piano.pdf"]).into_owned();
    assert!(pdf.contains("<dc:creator><rdf:Seq><rdf:li>Piano di conciliazione"), "the document");
    let catalogue: Value = serde_json::from_str(text("dati/catalogo.jsonld")).expect("JSON");
    let agent = catalogue["@graph"].as_array().expect("a graph").iter().find(|node| node["@type"][0] == "foaf:Agent");
    assert_eq!(agent.expect("an agent")["foaf:name"]["@value"], author.as_str());
    assert!(catalogue["@graph"].as_array().is_some_and(|graph| graph.iter().all(|node| node["vcard:fn"].is_null())));
    let package: Value = serde_json::from_str(text("dati/v1/datapackage.json")).expect("JSON");
    assert_eq!(package["contributors"][0]["title"], author.as_str());
    let cited = Page::of(&tree, "dati/progetti/index.html").body();
    assert!(cited.contains(&format!("{author}, «Progetti», dati aggiornati")), "{cited}");
    // The agency signs its own.
    let own = published();
    assert!(std::str::from_utf8(&own["feed.xml"]).expect("UTF-8").contains("<author><name>ATS Esempio<"), "the feed");
}

#[test]
fn the_services_of_a_need_lead_to_the_pages_that_tell_of_them() {
    // What is over is offered to nobody.
    for (tree, has_some) in [(shipped(), false), (published(), true)] {
        let mut services = 0;
        for page in pages(tree).iter().filter(|page| page.path.matches('/').count() == 2) {
            if !page.path.starts_with("servizi/") {
                continue;
            }
            let graph = graph(page);
            let Some(service) = graph.get("Service") else { continue };
            services += 1;
            assert_eq!(service["serviceOperator"], Value::Null, "the agency gives none of them");
            let url = service["url"].as_str().expect("an address");
            let (to, anchor) = url.split_once('#').expect("a point of a page");
            let to = to.trim_start_matches(BASE).trim_start_matches("../");
            let target = Page::of(tree, &format!("{to}index.html"));
            assert_eq!(target.select(&format!("[id='{anchor}']")).len(), 1, "{url}");
        }
        assert_eq!(services > 0, has_some, "{services}");
    }
}

#[test]
fn the_way_to_a_page_is_the_one_that_its_reader_sees() {
    for page in pages(published()) {
        let seen = page.texts("nav.percorso li");
        if seen.is_empty() {
            continue;
        }
        let steps = graph(&page)["BreadcrumbList"]["itemListElement"].as_array().expect("steps").clone();
        let told: Vec<&str> = steps.iter().filter_map(|step| step["name"].as_str()).collect();
        assert_eq!(told, seen, "{}", page.path);
        assert_eq!(steps.last().map(|step| &step["item"]), Some(&Value::Null), "{}", page.path);
    }
}

/// Whatever a record says, it neither ends the block nor becomes markup.
#[test]
fn no_record_breaks_out_of_the_description() {
    let hostile = "</script><script src=//x></script><!--<script>\u{2028}&amp;\\";
    let tree = Site::small()
        .replace(NIDO, "titolo: Un nido vicino al lavoro", &format!("titolo: '{hostile}'"))
        .built()
        .published();
    let path = "2025-2027/progetti/nido/index.html";
    let page = Page::of(&tree, path);
    assert_eq!(about(&tree, path, "Grant")["name"], hostile);
    assert_eq!(page.select("script").len(), 2, "the script of the theme and the block");
    let scripts = page.select("script[src]");
    assert_eq!(scripts[0].attr("src"), Some("../../../assets/concilia.js"));
    assert_eq!(page.select("meta[property='og:title']")[0].attr("content"), Some(hostile));
}

fn meta<'a>(page: &'a Page, selector: &str) -> Option<&'a str> {
    page.select(selector).first().and_then(|element| element.attr("content"))
}

#[test]
fn every_page_describes_itself_and_says_where_it_is() {
    let mut said = BTreeSet::new();
    for page in pages(published()) {
        let at = &page.path;
        let description = meta(&page, "meta[name=description]").unwrap_or_default();
        assert!(description.len() > 10 && description.chars().count() <= 210, "{at}: {description}");
        assert!(!description.contains(['*', '\n']), "{at}: {description}");
        said.insert(description.to_owned());
        for name in ["og:type", "og:locale", "og:site_name", "og:title", "og:description", "og:url"] {
            assert!(meta(&page, &format!("meta[property='{name}']")).is_some_and(|it| !it.is_empty()), "{at}: {name}");
        }
        assert_eq!(meta(&page, "meta[property='og:locale']"), Some("it_IT"), "{at}");
        assert_eq!(meta(&page, "meta[property='og:description']"), Some(description), "{at}");
        assert_eq!(meta(&page, "meta[name='twitter:card']"), Some("summary_large_image"), "{at}");
        let canonical = page.select("link[rel=canonical]")[0].attr("href");
        assert_eq!(canonical, Some(&*format!("{BASE}{}", at.strip_suffix("index.html").unwrap_or(at))), "{at}");
        assert_eq!(meta(&page, "meta[property='og:url']"), canonical, "{at}");
        assert_eq!(meta(&page, "meta[name=referrer]"), Some("no-referrer"), "{at}");
    }
    // Records are told apart by what they are, not by a sentence that is the same for all.
    assert!(said.len() * 10 > pages(published()).len() * 9, "{said:#?}");
}

#[test]
fn every_page_forbids_what_is_written_inside_it_and_has_none_of_it() {
    for tree in [shipped(), published()] {
        for page in pages(tree) {
            let at = &page.path;
            let policy = meta(&page, "meta[http-equiv='Content-Security-Policy']").unwrap_or_default();
            for part in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"] {
                assert!(policy.contains(part), "{at}: {policy}");
            }
            assert!(!policy.contains("unsafe"), "{at}: {policy}");
            assert!(page.select("style, [style], iframe, object, embed").is_empty(), "{at}");
            let inline = page.select("script:not([src])");
            assert!(inline.iter().all(|script| script.attr("type") == Some("application/ld+json")), "{at}");
            for element in page.select("*") {
                assert!(element.value().attrs().all(|(name, _)| !name.starts_with("on")), "{at}: {}", element.html());
            }
        }
    }
}

#[test]
fn links_to_other_sites_say_so_wherever_they_are_written() {
    let site = Site::small().append("content/pagine/storia.md", "\n[Fuori](HTTPS://esempio.org/) [dentro](/dati/)\n");
    let tree = site.built().published();
    let mut outside = 0;
    for page in pages(&tree) {
        for link in page.select("a[href]") {
            let address = link.attr("href").unwrap_or_default().to_ascii_lowercase();
            let leaves = address.starts_with("http:") || address.starts_with("https:");
            let says = link.attr("rel").is_some_and(|rel| rel == "noopener external");
            assert_eq!(leaves, says, "{}: {}", page.path, link.html());
            outside += usize::from(leaves && address.contains("esempio.org"));
        }
    }
    assert_eq!(outside, 1);
}

#[test]
fn the_site_map_has_every_page_once_and_no_day_that_nobody_wrote() {
    let tree = published();
    let map = String::from_utf8(tree["sitemap.xml"].clone()).expect("UTF-8");
    assert!(!map.contains("lastmod"), "{map}");
    let listed = between(&map, "<loc>", "</loc>");
    let there: BTreeSet<String> = tree
        .keys()
        .filter(|path| path.ends_with(".html") && *path != "404.html")
        .map(|path| format!("{BASE}{}", path.strip_suffix("index.html").unwrap_or(path)))
        .collect();
    assert_eq!(listed.len(), there.len());
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), there);
    let robots = String::from_utf8(tree["robots.txt"].clone()).expect("UTF-8");
    assert!(robots.contains(&format!("Sitemap: {BASE}sitemap.xml\n")), "{robots}");
}

fn between(text: &str, open: &str, close: &str) -> Vec<String> {
    let parts = text.split(open).skip(1);
    parts.map(|part| part.split_once(close).expect(close).0.to_owned()).collect()
}

#[test]
fn the_feed_tells_what_changed_on_the_days_of_the_records() {
    let tree = published();
    let feed = String::from_utf8(tree["feed.xml"].clone()).expect("UTF-8");
    // Well formed enough for the strictest of readers: what is opened is closed, in order.
    assert_well_formed(&feed);
    let (head, entries) = feed.split_once("<entry>").expect("entries");
    for part in
        ["<title>", "<id>tag:conciliazione.ats-esempio.it,2026:/</id>", "<updated>2026-03-31T00:00:00Z</updated>"]
    {
        assert!(head.contains(part), "{part}\n{head}");
    }
    assert!(head.contains("<author><name>ATS Esempio</name></author>"), "{head}");
    assert!(head.contains(&format!("rel=\"self\" type=\"application/atom+xml\" href=\"{BASE}feed.xml\"")), "{head}");
    let entries: Vec<&str> = entries.split("<entry>").collect();
    let mut ids = BTreeSet::new();
    let mut last = "9999".to_owned();
    for entry in &entries {
        let id = between(entry, "<id>", "</id>").remove(0);
        assert!(id.starts_with("tag:conciliazione.ats-esempio.it,2026:/"), "{id}");
        assert!(ids.insert(id.clone()), "{id} twice");
        let day = between(entry, "<updated>", "</updated>").remove(0);
        assert!(day <= last && day.as_str() <= "2026-03-31T00:00:00Z", "{day} after {last}: {id}");
        last = day;
        let link = between(entry, "href=\"", "\"").remove(0);
        let path = link.strip_prefix(BASE).expect("a page of the site");
        assert!(tree.contains_key(&format!("{path}index.html")), "{link}");
        assert!(entry.contains("<title>") && entry.contains("<summary>"), "{entry}");
    }
    let of = |name: &str| ids.iter().any(|id| id.ends_with(name));
    for name in ["/2025-2027/progetti/nido/pubblicazione", "/2025-2027/progetti/nido/pagamento-2026-03-10"] {
        assert!(of(name), "{name}: {ids:#?}");
    }
    assert!(ids.iter().any(|id| id.contains("/avvisi/")), "{ids:#?}");
}

/// A small reader of XML: it knows elements, texts and the entities that the templates write.
fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once('<') {
        for entity in before.split('&').skip(1) {
            let name = entity.split_once(';').expect("an entity ends").0;
            assert!(["amp", "lt", "gt", "quot", "#39", "#x27", "#x2F"].contains(&name), "&{name};");
        }
        let (tag, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{xml}");
        } else if !tag.starts_with('?') && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn news_keep_their_names_when_a_record_is_renamed() {
    let ids = |tree: &Tree| between(std::str::from_utf8(&tree["feed.xml"]).expect("UTF-8"), "<id>", "</id>");
    let grant = "pubblicato_il: 2026-03-02\n";
    let site = || Site::small().append(NIDO, grant);
    let before = ids(&site().built().published());
    assert!(before.iter().any(|id| id.ends_with("/2025-2027/progetti/nido/pubblicazione")), "{before:#?}");
    let site = site();
    let renamed = site.read(NIDO) + "indirizzi_precedenti: [/2025-2027/progetti/nido/]\n";
    let site = site.remove(NIDO).write("content/piani/2025-2027/progetti/asilo.yaml", renamed);
    let output = site.concilia(["build"]).output();
    assert!(output.code == Some(0), "{}", output.stderr);
    assert_eq!(ids(&site.published()), before);
}

#[test]
fn an_old_address_leads_on_and_is_not_to_be_found() {
    let site =
        Site::small().append(NIDO, "indirizzi_precedenti: [/2025-2027/progetti/asilo/, /vecchio/nido.html]\n").replace(
            "content/pagine/note-legali.md",
            "titolo: Note legali",
            "titolo: Note legali\nindirizzi_precedenti: [/note]",
        );
    let tree = site.built().published();
    let new = format!("{BASE}2025-2027/progetti/nido/");
    for (path, to) in [
        ("2025-2027/progetti/asilo/index.html", "../../../2025-2027/progetti/nido/"),
        ("vecchio/nido.html", "../2025-2027/progetti/nido/"),
    ] {
        let page = Page::of(&tree, path);
        assert_eq!(meta(&page, "meta[http-equiv=refresh]"), Some(&*format!("0; url={to}")));
        assert_eq!(meta(&page, "meta[name=robots]"), Some("noindex"));
        assert_eq!(page.select("link[rel=canonical]")[0].attr("href"), Some(&*new));
        let links: Vec<ElementRef> = page.select("main a");
        assert_eq!((links.len(), links[0].attr("href"), &*text(links[0])), (1, Some(to), "Un nido vicino al lavoro"));
        // What every product shows.
        assert_eq!(page.select(".concilia-attribuzione img").len(), 1);
        assert!(page.text(".concilia-attribuzione p").contains("Regione Lombardia"));
        assert!(page.select("meta[http-equiv='Content-Security-Policy']").len() == 1);
    }
    assert_eq!(meta(&Page::of(&tree, "note/index.html"), "meta[http-equiv=refresh]"), Some("0; url=../note-legali/"));
    for file in ["sitemap.xml", "cerca/indice.js"] {
        let text = String::from_utf8_lossy(&tree[file]);
        for old in ["progetti/asilo", "vecchio/nido", "esempio.it/note/"] {
            assert!(!text.contains(old), "{file} names {old}");
        }
    }
}

#[test]
fn a_mistake_is_reported_with_the_name_and_the_address_of_the_page() {
    let site = || Site::small();
    let link = |tree: &Tree, path: &str| {
        let page = Page::of(tree, path);
        let found = page.select(".segnala a");
        found.first().and_then(|link| link.attr("href")).map(str::to_owned)
    };
    let tree = site().built().published();
    for path in [
        "2025-2027/progetti/nido/index.html",
        "2025-2027/alleanze/monte/index.html",
        "2025-2027/avvisi/avviso-2025/index.html",
        "2025-2027/index.html",
        "partner/comune-alfa/index.html",
    ] {
        let link = link(&tree, path).expect(path);
        let address = format!("{BASE}{}", path.trim_end_matches("index.html"));
        assert!(link.starts_with("mailto:conciliazione@ats-esempio.it?subject=Errore:%20"), "{link}");
        assert!(link.contains(&format!("&body=Pagina:%20{address}%0D%0A")), "{link}");
        assert!(link.is_ascii() && !link.contains([' ', '"', '<', '+']), "{link}");
    }
    assert!(
        link(&tree, "2025-2027/progetti/nido/index.html")
            .is_some_and(|link| link.contains("Un%20nido%20vicino%20al%20lavoro"))
    );
    let sito = "content/sito.yaml";
    let other = site().append(sito, "segnalazioni: https://ats-esempio.it/segnala\n").built().published();
    assert_eq!(link(&other, "index.html").as_deref(), Some("https://ats-esempio.it/segnala"));
    let nobody = site().replace(sito, "    email: conciliazione@ats-esempio.it\n", "").built().published();
    assert_eq!(link(&nobody, "index.html"), None, "nobody to write to is told to nobody");
}

/// A link to a point of a page is there, is named after its record and leads where it stands.
#[test]
fn sections_and_rows_can_be_linked_to() {
    for tree in [shipped(), published()] {
        let (mut sections, mut rows) = (0, 0);
        for page in pages(tree) {
            for link in page.select("[aria-describedby='punto']") {
                sections += 1;
                let id = link.attr("href").and_then(|href| href.strip_prefix('#')).expect("a point of this page");
                assert!(!text(link).is_empty(), "{}: #{id}", page.path);
                let target = page.select(&format!("[id='{id}']"))[0];
                let holds = target == link.parent().and_then(ElementRef::wrap).expect("a heading")
                    || target.select(&parsed("[aria-describedby='punto']")).any(|inside| inside == link);
                assert!(holds, "{}: #{id}", page.path);
            }
            for link in page.select("a.qui") {
                rows += 1;
                let id = link.attr("href").and_then(|href| href.strip_prefix('#')).expect("a point of this page");
                let row = page.select(&format!("tr[id='{id}']"));
                assert_eq!(row.len(), 1, "{}: #{id}", page.path);
                let name = link.attr("aria-label").and_then(|name| name.strip_prefix("Collegamento a "));
                assert!(name.is_some_and(|name| !name.is_empty()), "{}: #{id}", page.path);
                assert!(row[0].select(&parsed("td:last-child a.qui")).any(|inside| inside == link), "#{id}");
            }
        }
        assert!(sections > 50 && rows > 10, "{sections} sections, {rows} rows");
    }
    let project = Page::of(published(), "2025-2027/progetti/index.html");
    assert_eq!(project.select("tr#progetto-nido a.qui[href='#progetto-nido']").len(), 1);
}

/// A page that a site does not write itself is there and claims nothing.
#[test]
fn every_site_has_its_pages_of_text_and_none_claims_what_nobody_declared() {
    let site = Site::small().remove("content/pagine/storia.md").remove("content/pagine/note-legali.md");
    let tree = site.built().published();
    for id in ["note-legali", "privacy", "accessibilita", "storia", "glossario", "mappa-del-sito"] {
        let page = Page::of(&tree, &format!("{id}/index.html"));
        assert!(page.body().len() > 100, "{id}: {}", page.body());
        let home = Page::of(&tree, "index.html");
        assert_eq!(home.select(&format!("footer a[href='{id}/']")).len(), 1, "{id}");
    }
    let silent = Page::of(&tree, "accessibilita/index.html");
    assert!(
        silent.body().contains("Per questo sito non è indicata una dichiarazione di accessibilità."),
        "{}",
        silent.body()
    );
    assert!(!silent.body().to_lowercase().contains("conforme"));
    let history = Page::of(&tree, "storia/index.html").table("I periodi di programmazione");
    assert_eq!(history[1][0], "2025-2027");
    assert_eq!(history[1][2], "3", "{history:?}");
    let address = "https://form.agid.gov.it/view/prova";
    let declared = Site::small()
        .append("content/sito.yaml", &format!("dichiarazione_accessibilita: {address}\n"))
        .write("content/pagine/accessibilita.md", "---\ntitolo: Accessibilità\n---\n\nParole nostre.\n")
        .built()
        .published();
    let page = Page::of(&declared, "accessibilita/index.html");
    assert!(page.body().contains("Parole nostre."), "what the site writes goes first: {}", page.body());
    assert_eq!(page.select(&format!("main a[href='{address}']")).len(), 1);
    assert!(!page.body().contains("non è indicata"));
}

/// What the Italian profile asks of a catalogue, each file of which is there.
#[test]
fn the_catalogue_of_the_data_names_every_dataset_and_each_of_its_files() {
    const BASE: &str = "https://conciliazione.ats-esempio.it/";
    let tree = published();
    let catalogue: serde_json::Value = serde_json::from_slice(&tree["dati/catalogo.jsonld"]).expect("JSON");
    let graph = catalogue["@graph"].as_array().expect("a graph");
    let of_type = |kind: &str| -> Vec<&serde_json::Value> {
        let is =
            |node: &&serde_json::Value| node["@type"].as_array().is_some_and(|types| types.iter().any(|t| t == kind));
        graph.iter().filter(is).collect()
    };
    let ids: Vec<&str> = graph.iter().filter_map(|node| node["@id"].as_str()).collect();
    let [catalog] = of_type("dcatapit:Catalog")[..] else { panic!("one catalogue") };
    for term in ["dct:title", "dct:description", "dct:publisher", "dct:modified", "dct:language", "foaf:homepage"] {
        assert!(!catalog[term].is_null(), "{term}");
    }
    let datasets = of_type("dcatapit:Dataset");
    let is_page = |path: &&String| path.starts_with("dati/") && path.matches('/').count() == 2;
    // The page that a dataset had before leads on.
    let pages = tree.keys().filter(is_page).filter(|path| !path.contains("concessioni"));
    assert_eq!(datasets.len(), pages.filter(|path| path.ends_with("index.html")).count());
    assert_eq!(catalog["dcat:dataset"].as_array().map(Vec::len), Some(datasets.len()));
    for dataset in datasets {
        for term in ["dct:identifier", "dct:title", "dct:description", "dct:modified", "dct:rightsHolder"] {
            assert!(!dataset[term].is_null(), "{term}");
        }
        for reference in
            ["dct:accrualPeriodicity", "dcat:theme", "dct:publisher", "dcat:landingPage", "dcat:contactPoint"]
        {
            assert!(ids.contains(&dataset[reference]["@id"].as_str().expect(reference)), "{reference}");
        }
        assert_eq!(dataset["dcat:distribution"].as_array().map(Vec::len), Some(3));
    }
    for form in of_type("dcatapit:Distribution") {
        let file = form["dcat:downloadURL"]["@id"].as_str().expect("an address");
        assert!(tree.contains_key(file.strip_prefix(BASE).expect("of this site")), "{file}");
        assert!(!form["dct:format"].is_null() && !form["dcat:accessURL"].is_null());
    }
    assert!(Page::of(tree, "dati/index.html").body().contains("DCAT-AP_IT"));
    assert!(!shipped().contains_key("dati/catalogo.jsonld"), "a site without an address has no names to give");
}
