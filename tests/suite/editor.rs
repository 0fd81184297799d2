//! The editor, asked as a browser asks: who may, what is saved, what stays as it was.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use scraper::{ElementRef, Html, Selector};

use crate::serve::{Preview, port};
use crate::support::{Site, tree};

const PROJECT: &str = "piani/2025-2027/progetti/nido.yaml";
const FORM: &str = "application/x-www-form-urlencoded";

/// A preview with its editor, and the cookie of whoever came by the printed address.
struct Editor {
    preview: Preview,
    host: String,
    folder: String,
    cookie: String,
}

/// The head and the body of an answer.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn field(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.map(str::trim)
    }

    /// Where it leads, below the folder of the editor.
    #[track_caller]
    fn leads_to(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.body);
        self.field("Location").expect("it leads somewhere")
    }

    #[track_caller]
    fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.body);
        self
    }

    #[track_caller]
    fn says(self, words: &str) -> Self {
        let told = text(Html::parse_document(&self.body).root_element());
        assert!(told.contains(words), "it does not say «{words}»:\n{told}");
        self
    }
}

fn text(element: ElementRef) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl Editor {
    fn of(site: &Site) -> Self {
        let preview = Preview::of(site, port());
        let (host, path) = preview.entry.split_once('/').expect("an address");
        let host = host.to_owned();
        let entered = send(&host, &format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        let folder = entered.leads_to().to_owned();
        let cookie = entered.field("Set-Cookie").expect("a cookie");
        assert!(cookie.ends_with(&format!("; Path={folder}; HttpOnly; SameSite=Strict")), "{cookie}");
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Editor { preview, host, folder, cookie }
    }

    fn get(&self, page: &str) -> Answer {
        let Editor { host, folder, cookie, .. } = self;
        send(host, &format!("GET {folder}{page} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n"))
    }

    fn page(&self, page: &str) -> Answer {
        self.get(page).is(200)
    }

    fn post(&self, page: &str, fields: &[(String, String)]) -> Answer {
        self.send_form(page, fields, &format!("Origin: http://{}\r\nContent-Type: {FORM}", self.host))
    }

    fn send_form(&self, page: &str, fields: &[(String, String)], head: &str) -> Answer {
        let Editor { host, folder, cookie, .. } = self;
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let body = pairs.join("&");
        let length = body.len();
        send(
            host,
            &format!(
                "POST {folder}{page} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}"
            ),
        )
    }

    /// Fills in the form of a page and sends it.
    fn fill(&self, page: &str, changes: &[(&str, &str)]) -> Answer {
        let (to, fields) = filled(&self.page(page).body, changes);
        self.post(&to, &fields)
    }

    /// Waits until a page has these words: what another program writes is seen a moment later.
    fn until(&self, page: &str, words: &str) {
        for _ in 0..200 {
            if self.page(page).body.contains(words) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{page} never has «{words}»");
    }

    /// The page to which an answer leads.
    fn follow(&self, answer: &Answer) -> Answer {
        self.page(answer.leads_to())
    }
}

/// The main form of a page with other values: where it is sent to, and what a browser would send.
fn filled(html: &str, changes: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let page = Html::parse_document(html);
    let parsed = |selector: &str| Selector::parse(selector).expect("a selector");
    let (own, other) = (parsed("form.scheda"), parsed("main form"));
    let form = page.select(&own).next().or_else(|| page.select(&other).next()).expect("a form");
    let mut fields = Vec::new();
    for control in form.select(&parsed("input[name]:not([disabled]), textarea[name], select[name]")) {
        let name = control.attr("name").unwrap_or_default().to_owned();
        if control.attr("type") == Some("checkbox") && control.attr("checked").is_none() {
            continue;
        }
        let value = match control.value().name() {
            "textarea" => control.text().collect::<String>(),
            "select" => {
                let chosen = control.select(&parsed("option[selected]")).next();
                chosen.and_then(|option| option.attr("value")).unwrap_or_default().to_owned()
            }
            _ => control.attr("value").unwrap_or_default().to_owned(),
        };
        fields.push((name, value.replace('\n', "\r\n")));
    }
    for (name, value) in changes {
        match fields.iter_mut().find(|(own, _)| own == name) {
            Some(field) => field.1 = (*value).to_owned(),
            None if *name == "azione" => fields.push(((*name).to_owned(), (*value).to_owned())),
            None => panic!("there is no field «{name}»:\n{fields:?}"),
        }
    }
    (form.attr("action").unwrap_or_default().to_owned(), fields)
}

fn send(host: &str, request: &str) -> Answer {
    let port: u16 = host.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("it answers");
    // A test that waits for ever tells nothing.
    stream.set_read_timeout(Some(Duration::from_secs(300))).expect("a time-out");
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

fn record(dove: &str) -> String {
    format!("scheda?file={PROJECT}&dove={dove}")
}

/// A change of a title, as any page could send it.
fn change(editor: &Editor) -> (String, Vec<(String, String)>) {
    filled(&editor.page(&record("")).body, &[("titolo", "Un altro titolo")])
}

#[test]
fn without_the_secret_nothing_is_served() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let Editor { host, folder, cookie, .. } = &editor;
    for request in [
        format!("GET / HTTP/1.1\r\nHost: {host}"),
        format!("GET {folder} HTTP/1.1\r\nHost: {host}"),
        format!("GET {folder}stile.css HTTP/1.1\r\nHost: {host}"),
        format!("GET {folder} HTTP/1.1\r\nHost: {host}\r\nCookie: concilia=000000"),
        format!("GET /entra/000000 HTTP/1.1\r\nHost: {host}"),
        format!("GET /entra/ HTTP/1.1\r\nHost: {host}"),
        format!(
            "GET {folder} HTTP/1.1\r\nHost: localhost:{}\r\nCookie: {cookie}",
            host.rsplit(':').next().unwrap_or_default()
        ),
        format!("GET {folder} HTTP/1.1\r\nHost: pagina-altrui.example\r\nCookie: {cookie}"),
        format!("GET {folder} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nSec-Fetch-Site: cross-site"),
    ] {
        let answer = send(host, &format!("{request}\r\n\r\n"));
        assert_eq!(answer.status, 403, "{request}");
        assert!(answer.body.len() < 120, "{}", answer.body);
    }
    assert!(!editor.preview.page("/").contains(&cookie["concilia=".len()..]), "the preview tells the secret");
}

#[test]
fn forms_of_other_pages_and_programs_are_refused() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let before = site.read(&format!("content/{PROJECT}"));
    let (to, fields) = change(&editor);
    let own = format!("Origin: http://{}", editor.host);
    let preview = format!("Origin: http://127.0.0.1:{}", editor.preview.port);
    for (head, status) in [
        (format!("Content-Type: {FORM}"), 403),
        (format!("Content-Type: {FORM}\r\nOrigin: null"), 403),
        (format!("Content-Type: {FORM}\r\nOrigin: https://pagina-altrui.example"), 403),
        // A script of a theme, on the page that shows its work.
        (format!("Content-Type: {FORM}\r\n{preview}\r\nSec-Fetch-Site: same-site"), 403),
        (format!("Content-Type: {FORM}\r\n{own}\r\nSec-Fetch-Site: same-site"), 403),
        (format!("Content-Type: text/plain\r\n{own}"), 415),
        (format!("Content-Type: application/json\r\n{own}"), 415),
        (own.clone(), 415),
    ] {
        assert_eq!(editor.send_form(&to, &fields, &head).status, status, "{head}");
    }
    assert_eq!(editor.get(&format!("scheda?file={PROJECT}&titolo=Altro&azione=salva")).status, 200);
    assert_eq!(editor.get("annulla?numero=1").status, 404);
    let Editor { host, folder, cookie, .. } = &editor;
    let head =
        format!("POST {folder}scheda HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{own}\r\nContent-Type: {FORM}");
    for (length, status) in [("Content-Length: 99999999", 413), ("Transfer-Encoding: chunked", 501), ("X: y", 411)] {
        assert_eq!(send(host, &format!("{head}\r\n{length}\r\n\r\nabc")).status, status, "{length}");
    }
    assert_eq!(site.read(&format!("content/{PROJECT}")), before);
    assert!(!site.path(".concilia").exists());
    // The same form from its own page.
    editor.post(&to, &fields).leads_to();
    assert!(site.read(&format!("content/{PROJECT}")).starts_with("titolo: Un altro titolo\n"));
}

#[test]
fn only_records_of_the_content_folder_are_opened_and_written() {
    let site = Site::small()
        .write("fuori.yaml", "nome: Fuori\ncategoria: impresa\n")
        .link("content/partner/dentro.yaml", "../../fuori.yaml")
        .write("content/partner/NIDO.txt", "");
    let editor = Editor::of(&site);
    for file in
        ["../fuori.yaml", "partner/../../fuori.yaml", "/etc/passwd", "partner/dentro.yaml", "media/logo.svg", ""]
    {
        let file = escaped(file);
        assert_eq!(editor.get(&format!("scheda?file={file}")).status, 404, "{file}");
        assert_eq!(editor.get(&format!("testo?file={file}")).status, 404, "{file}");
    }
    let outside = [("file", "../fuori.yaml"), ("tutto", "nome: Altro\n"), ("impronta", "")];
    let outside = outside.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(editor.post("testo", &outside).status, 404);
    let new = |id: &str| editor.fill("nuova?genere=ente", &[("nome", "Nuova"), ("categoria", "impresa"), ("id", id)]);
    for id in ["con", "aux", "impresa-eta"] {
        new(id).is(409);
    }
    // From whatever somebody writes comes a name, and never a way.
    assert!(new("../../fuori").leads_to().contains("partner%2Ffuori%2Eyaml"));
    assert_eq!(site.read("content/partner/fuori.yaml"), "nome: Nuova\ncategoria: impresa\n");
    assert_eq!(site.read("fuori.yaml"), "nome: Fuori\ncategoria: impresa\n");
    let _site = site.write("content/partner/Doppia.yaml", "nome: Doppia\ncategoria: impresa\n");
    new("doppia").is(409).says("C'è già");
}

#[test]
fn a_save_changes_one_value_and_keeps_comments_order_and_style() {
    let site = Site::small();
    let file = format!("content/{PROJECT}");
    let commented: String =
        site.read(&file).lines().enumerate().map(|(n, line)| format!("{line}  # nota {n}\r\n")).collect();
    let commented = format!("# In testa.\r\n\r\n{commented}# In fondo.\r\n");
    let site = site.write(&file, &commented);
    let editor = Editor::of(&site);
    let saved =
        editor.fill(&record(""), &[("finanziamento.costo_complessivo", "70.000,00"), ("durata.al", "31/1/2028")]);
    let after = site.read(&file);
    let expected = commented.replace("costo_complessivo: 50000.00", "costo_complessivo: 70000.00");
    assert_eq!(after, expected.replace("al: 2027-12-31", "al: 2028-01-31"));
    editor
        .follow(&saved)
        .says("Durata, Fine: da «31/12/2027» a «31/01/2028»")
        .says("Finanziamento, Costo complessivo: da «50.000,00» a «70.000,00»");
    // Sent as it is, a form changes nothing.
    let again = editor.fill(&record(""), &[]);
    assert!(again.leads_to().ends_with("salvato=niente"), "{}", again.leads_to());
    assert_eq!(site.read(&file), after);
}

#[test]
fn every_form_of_every_record_is_shown_and_sent_as_it_is_changes_nothing() {
    for site in [Site::example(), Site::shipped()] {
        shown_and_sent(&site);
    }
}

fn shown_and_sent(site: &Site) {
    let editor = Editor::of(site);
    let before = crate::support::tree(&site.path("content"));
    let list = editor.page("schede").body;
    let links = |html: &str| -> Vec<String> {
        let page = Html::parse_document(html);
        let selector = Selector::parse("main a[href^='scheda?']").expect("a selector");
        page.select(&selector).filter_map(|a| a.attr("href")).map(str::to_owned).collect()
    };
    // The tables too, also of a plan that has no projects yet.
    for page in ["", "pagamenti", "pagamenti?piano=2025-2027", "servizi", "servizi?piano=2025-2027", "allegati"] {
        assert!(editor.page(page).body.contains("</main>"), "{page}");
    }
    let mut pages = links(&list);
    assert!(pages.len() > 30, "{pages:?}");
    let mut sent = 0;
    while let Some(page) = pages.pop() {
        let shown = editor.page(&page).body;
        let (to, fields) = filled(&shown, &[]);
        assert!(editor.post(&to, &fields).leads_to().ends_with("salvato=niente"), "{page}");
        sent += 1;
        // Items of lists have pages of their own.
        let document = Html::parse_document(&shown);
        let opened = Selector::parse("button[value^='apri ']").expect("a selector");
        for item in document.select(&opened).filter_map(|button| button.attr("value")) {
            let item = &item["apri ".len()..];
            let dove =
                fields.iter().find(|(name, _)| name == "dove").map(|(_, dove)| dove.as_str()).unwrap_or_default();
            if item.len() > dove.len() {
                pages.push(format!("{}&dove={item}", page.split('&').next().unwrap_or_default()));
            }
        }
    }
    assert!(sent > 120, "{sent}");
    assert_eq!(crate::support::tree(&site.path("content")), before);
}

#[test]
fn what_is_half_done_is_saved_and_told_beside_its_field() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let saved = editor.fill(&record(""), &[("finanziamento.costo_complessivo", "circa 70")]);
    assert!(site.read(&format!("content/{PROJECT}")).contains("costo_complessivo: circa 70\n"));
    let page = editor.follow(&saved);
    let html = Html::parse_document(&page.body);
    let beside = Selector::parse("[id='r-finanziamento.costo_complessivo'] .errore").expect("a selector");
    let told = html.select(&beside).map(text).collect::<Vec<_>>().join(" ");
    assert!(told.contains("circa 70"), "{}", page.body);
    let home = editor.page("").says("Un errore impedisce di pubblicare.").body;
    assert!(home.contains("#c-finanziamento.costo_complessivo\""), "{home}");
    editor.fill(&record(""), &[("finanziamento.costo_complessivo", "")]).leads_to();
    assert!(!site.read(&format!("content/{PROJECT}")).contains("costo_complessivo"));
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_written_over_and_both_changes_can_be_kept() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let file = format!("content/{PROJECT}");
    let (to, fields) = change(&editor);
    let site = site.replace(&file, "scheda: 2\n", "scheda: 2  # vista in un altro programma\nacronimo: N.I.D.O.\n");
    let theirs = site.read(&file);
    editor.preview.until("/2025-2027/progetti/nido/", |page| page.contains("N.I.D.O."));
    let conflict =
        editor.post(&to, &fields).is(409).says("Il file è cambiato").says("acronimo: N.I.D.O.").says("Un altro titolo");
    assert_eq!(site.read(&file), theirs);
    let (to, fields) = filled(&conflict.body, &[]);
    editor.post(&to, &fields).leads_to();
    assert_eq!(site.read(&file), theirs.replace("titolo: Un nido vicino al lavoro\n", "titolo: Un altro titolo\n"));
}

#[test]
fn changes_are_undone_after_a_restart_too() {
    let site = Site::small();
    let file = format!("content/{PROJECT}");
    let before = site.read(&file);
    {
        let editor = Editor::of(&site);
        editor.fill(&record(""), &[("titolo", "Primo")]).leads_to();
        editor.fill(&record(""), &[("titolo", "Secondo")]).leads_to();
        let (to, fields) = filled(&editor.page("elimina?file=partner/impresa-eta.yaml").body, &[]);
        editor.post(&to, &fields).leads_to();
    }
    assert!(!site.path("content/partner/impresa-eta.yaml").exists());
    let editor = Editor::of(&site);
    let undo = |number: &str| editor.post("annulla", &[("numero".to_owned(), number.to_owned())]);
    undo("1").is(409).says("quello che questa modifica aveva scritto è cambiato di nuovo");
    undo("3").leads_to();
    assert!(site.path("content/partner/impresa-eta.yaml").exists());
    undo("2").leads_to();
    assert!(site.read(&file).starts_with("titolo: Primo\n"));
    undo("1").leads_to();
    assert_eq!(site.read(&file), before);
    undo("1").is(409).says("è già annullata");
    let list = editor.page("modifiche").says("Annullato: Titolo: da «Primo» a «Secondo»");
    // What took the last ones back can be taken back itself; the title has changed once more since the other did. The body
    // that came back is named by others.
    assert_eq!(list.body.matches(">Rifai<").count(), 2, "{}", list.body);
    undo("4").is(409).says("altre schede la nominano");
    assert!(!list.body.contains(">Annulla<"), "{}", list.body);
    undo("6").leads_to();
    assert!(site.read(&file).starts_with("titolo: Primo\n"));
    let list = editor.page("modifiche").says("Rifatto: Titolo: da").body;
    // What was done again is undone like what was done once.
    let last = list.split("</article>").next().unwrap_or_default();
    assert!(last.contains(">Annulla<") && !last.contains(">Rifai<"), "{last}");
    undo("7").leads_to();
    assert_eq!(site.read(&file), before);
    assert_eq!(site.read(".concilia/.gitignore"), "*\n");
    site.check().exits(0);
}

/// What came after a change stays when it is taken back, comments and all.
#[test]
fn an_older_change_is_undone_while_what_it_wrote_is_as_it_left_it() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let file = format!("content/{PROJECT}");
    let before = site.read(&file);
    let undo = |number: &str| editor.post("annulla", &[("numero".to_owned(), number.to_owned())]);
    editor.fill(&record(""), &[("titolo", "Un altro titolo")]).leads_to();
    for amount in ["1.000", "2.000"] {
        let amount = [("pagamenti.+.importo", amount), ("pagamenti.+.data", "1/4/2026")];
        editor.fill(&record("pagamenti.%2B"), &amount).leads_to();
    }
    editor.fill(&record(""), &[("durata.al", "31/1/2028")]).leads_to();
    let site = site.replace(&file, "scheda: 2\n", "scheda: 2  # di un altro programma\n");
    editor.until("modifiche", "31/01/2028");
    undo("2").leads_to();
    undo("1").leads_to();
    let after =
        before.replace("scheda: 2\n", "scheda: 2  # di un altro programma\n").replace("2027-12-31", "2028-01-31");
    assert_eq!(site.read(&file), format!("{after}pagamenti:\n  - data: 2026-04-01\n    importo: 2000.00\n"));
    // Its value was changed again by hand.
    let site = site.replace(&file, "2028-01-31", "2028-02-29");
    editor.until(&record(""), "29/02/2028");
    undo("4").is(409).says("è cambiato di nuovo");
    let list = editor.page("modifiche").says("Non si può annullare: quello che").body;
    assert_eq!((list.matches(">Annulla<").count(), list.matches(">Rifai<").count()), (1, 2), "{list}");
    assert!(site.read(&file).contains("2028-02-29"));
}

/// Concilia was closed and opened again while somebody wrote: the page is of a run that is over.
#[test]
fn what_was_written_before_a_restart_is_shown_again_and_saved_with_the_new_address() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let (to, fields) = change(&editor);
    let before = site.read(&format!("content/{PROJECT}"));
    let late = |page: &str, fields: &[(String, String)], origin: &str| {
        let Editor { host, .. } = &editor;
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let head = format!("Host: {host}\r\nCookie: concilia=00\r\n{origin}\r\nContent-Type: {FORM}");
        send(host, &format!("POST {page} HTTP/1.1\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
    };
    let own = format!("Origin: http://{}", editor.host);
    for other in ["X: y", "Origin: null", "Origin: https://pagina-altrui.example"] {
        assert!(late(&format!("/0123456789ab/{to}"), &fields, other).is(403).body.len() < 120, "{other}");
    }
    let shown = late(&format!("/0123456789ab/{to}"), &fields, &own)
        .is(403)
        .says("Non ancora salvato: concilia è ripartito")
        .says("Titolo Un altro titolo")
        .says("Finanziamento, Costo complessivo 50.000,00");
    // Nothing of the site is told to whoever has no secret.
    assert!(!shown.body.contains(&editor.folder) && !shown.body.contains("Piano Territoriale"), "{}", shown.body);
    let address = |address: &str| {
        let (to, fields) = filled(&shown.body, &[("~indirizzo", address)]);
        late(&to, &fields, &own)
    };
    address("http://127.0.0.1:4401/entra/0000").is(403).says("Non è l'indirizzo").says("Un altro titolo");
    assert_eq!(site.read(&format!("content/{PROJECT}")), before);
    let entered = address(&format!("  http://{}\n", editor.preview.entry)).is(307);
    assert!(entered.field("Set-Cookie").is_some_and(|cookie| cookie.starts_with(&editor.cookie)));
    // The browser sends the same form there.
    assert_eq!(entered.field("Location"), Some(format!("{}{to}", editor.folder).as_str()));
    editor.post(&to, &fields).leads_to();
    assert!(site.read(&format!("content/{PROJECT}")).starts_with("titolo: Un altro titolo\n"));
}

#[test]
fn what_was_written_into_a_file_that_has_another_name_now_is_saved_there() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let (to, fields) = change(&editor);
    let amount = format!("{PROJECT}|pagamenti.+.importo");
    let (grid, row) = filled(&editor.page("pagamenti").body, &[("pagamenti.+.data", "1/4/2026"), (&amount, "10.000")]);
    let renamed = "content/piani/2025-2027/progetti/asilo.yaml";
    fs::rename(site.path(&format!("content/{PROJECT}")), site.path(renamed)).expect("another name");
    editor.preview.until("/2025-2027/progetti/asilo/", |page| page.contains("Un nido vicino al lavoro"));
    let lost = editor.post(&to, &fields).is(404).says("non c'è più").says("Titolo Un altro titolo");
    // The one with the text that the form was made from.
    let (again, fields) = filled(&lost.body, &[("~ora", &renamed["content/".len()..])]);
    assert!(
        lost.body
            .contains(&format!("<select id=\"ora\" name=\"~ora\"><option value=\"{}\"", &renamed["content/".len()..]))
    );
    editor.post(&again, &fields).leads_to();
    assert!(site.read(renamed).starts_with("titolo: Un altro titolo\n"));
    let lost = editor.post(&grid, &row).is(404).says("nido.yaml: Pagamenti, Importo 10.000");
    let (again, row) = filled(&lost.body, &[("~ora", &renamed["content/".len()..])]);
    // It was changed since: that is told first.
    let both = editor.post(&again, &row).is(409).says("Il file è cambiato");
    let (again, row) = filled(&both.body, &[]);
    editor.post(&again, &row).leads_to();
    assert!(site.read(renamed).contains("importo: 10000.00"), "{}", site.read(renamed));
    // A part that is not there any more.
    let (to, fields) = filled(
        &editor.page("scheda?file=piani/2025-2027/progetti/asilo.yaml&dove=partenariato.2").body,
        &[("partenariato.2.quota", "1.234,00")],
    );
    editor.fill("scheda?file=piani/2025-2027/progetti/asilo.yaml", &[("azione", "togli partenariato.2")]).leads_to();
    editor.post(&to, &fields).says("1.234,00");
}

#[test]
fn the_rules_of_the_norm_stand_beside_the_fields_that_they_bind() {
    let site =
        Site::small().replace("content/piani/2025-2027/piano.yaml", "norma: norma-piccola", "norma: dgr-5464-2025");
    let editor = Editor::of(&site);
    let beside = |page: &str, field: &str| {
        let html = Html::parse_document(&editor.page(page).body);
        let told = Selector::parse(&format!("[id='d-{field}'] .vincolo")).expect("a selector");
        html.select(&told).map(text).collect::<Vec<_>>().join(" ")
    };
    let months = "P25-06 Progetti e attività durano due anni. DGR n. XII/5464 del 9 dicembre 2025, § 4.1";
    assert_eq!(beside(&record(""), "durata.al"), months);
    assert_eq!(beside(&record("azioni.0"), "azioni.0.durata_mesi"), months);
    assert!(beside(&record(""), "finanziamento.contributo_riconosciuto").contains("P25-22"));
    assert!(beside(&record(""), "partenariato").contains("P25-01"));
    assert!(beside("avviso?file=piani/2025-2027/avvisi/avviso-2025.yaml", "dotazione").contains("P25-22"));
    editor.page(&format!("progetto?file={PROJECT}")).says("P25-01").says("P25-05");
    assert_eq!(beside("scheda?file=partner/impresa-eta.yaml", "nome"), "");
}

#[test]
fn choices_of_a_list_are_ticked() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let file = format!("content/{PROJECT}");
    let page = record("azioni.0");
    let (to, mut fields) = filled(&editor.page(&page).body, &[]);
    let name = "azioni.0.imprese_servite.settori";
    let tick = |fields: &mut Vec<(String, String)>, word: &str| fields.push((name.to_owned(), word.to_owned()));
    tick(&mut fields, "artigianato");
    tick(&mut fields, "commercio");
    editor.post(&to, &fields).leads_to();
    let ticked = site.read(&file);
    assert!(ticked.contains("settori: [artigianato, commercio]") || ticked.contains("- artigianato\n"), "{ticked}");
    let shown = editor.page(&page).body;
    assert!(shown.contains("value=\"artigianato\" checked") && shown.contains("value=\"altro\">"), "{shown}");
    // As it is it changes nothing, in whatever order the words stand.
    assert!(editor.fill(&page, &[]).leads_to().ends_with("salvato=niente"));
    let (to, fields) = filled(&shown, &[]);
    let none: Vec<_> = fields.into_iter().filter(|(own, value)| own != name || value.is_empty()).collect();
    editor.post(&to, &none).leads_to();
    assert!(!site.read(&file).contains("settori"), "{}", site.read(&file));
}

#[test]
fn a_record_with_errors_is_called_as_it_is_called_and_folders_are_said_in_words() {
    let site = Site::small();
    let editor = Editor::of(&site);
    editor.fill(&record(""), &[("durata.al", "presto"), ("finanziamento.costo_complessivo", "5 mila")]).leads_to();
    let list = editor.page("schede").says("Un nido vicino al lavoro").says("Piano 2025-2027: progetti").says("Enti");
    assert!(!list.body.contains("<code>p"), "{}", list.body);
    let home = editor.page("").says("Un nido vicino al lavoro").says("per esempio 15 gennaio 2019.");
    assert!(
        home.body.contains("€\u{a0}56.000,00") && home.body.contains("<code>piani/2025-2027/progetti/nido.yaml"),
        "{}",
        home.body
    );
    assert!(!home.body.contains("2019-01-15") && !home.body.contains("56000.00"), "{}", home.body);
    // A body with a file of its own is called as its file is; one of a list has its name there.
    assert!(!editor.page("scheda?file=partner/impresa-eta.yaml").body.contains("c-id\""));
    assert!(editor.page("scheda?file=partner/terzo-settore.yaml&dove=0").body.contains("c-0.id\""));
}

#[test]
fn after_an_item_another_is_written_and_a_new_item_opens_its_own_lists() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let page = record("azioni.%2B");
    let again = editor.fill(&page, &[("azioni.+.titolo", "Una prova"), ("azione", "altra")]);
    let shown = editor.follow(&again).says("Azioni: un'altra voce").says("è nell'elenco di");
    assert!(!shown.body.contains("value=\"Una prova\""), "{}", shown.body);
    let indicatori = record("indicatori.%2B");
    let opened =
        editor.fill(&indicatori, &[("indicatori.+.nome", "Ore"), ("azione", "aggiungi indicatori.+.rilevazioni")]);
    assert!(opened.leads_to().contains("dove=indicatori%2E1%2Erilevazioni%2E%2B"), "{}", opened.leads_to());
    editor.follow(&opened).says("Rilevazioni");
}

#[test]
fn whoever_deletes_a_record_is_told_who_names_it() {
    let site = Site::small();
    let editor = Editor::of(&site);
    editor
        .page("elimina?file=piani/2025-2027/alleanze/monte.yaml")
        .says("Altre schede la nominano.")
        .says("Un nido vicino al lavoro : Alleanza");
    editor.page("elimina?file=pagine/storia.md").says("Nessun'altra scheda la nomina.");
}

#[test]
fn items_are_added_moved_and_taken_away() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let file = format!("content/{PROJECT}");
    let before = site.read(&file);
    let to_new = editor.fill(&record(""), &[("azione", "aggiungi indicatori")]);
    let page = to_new.leads_to().replace("&salvato=niente", "");
    let saved = editor.fill(&page, &[("indicatori.+.nome", "Famiglie"), ("indicatori.+.previsto", "12")]);
    let list = "indicatori:\n  - { nome: Bambini, previsto: 20 }\n";
    let with = before.replace(list, &format!("{list}  - {{ nome: Famiglie, previsto: 12 }}\n"));
    assert_eq!(site.read(&file), with);
    editor.follow(&saved).says("Famiglie · 12");
    editor.fill(&record(""), &[("azione", "su indicatori.1")]).leads_to();
    let swapped = with
        .replace(list, "indicatori:\n")
        .replace("previsto: 12 }\n", "previsto: 12 }\n  - { nome: Bambini, previsto: 20 }\n");
    assert_eq!(site.read(&file), swapped);
    editor.fill(&record(""), &[("azione", "togli indicatori.0")]).leads_to();
    assert_eq!(site.read(&file), before);
}

#[test]
fn names_are_chosen_by_typing_and_a_new_one_leads_to_its_record() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let file = format!("content/{PROJECT}");
    editor.fill(&record("partenariato.2"), &[("partenariato.2.ente", "cooperativa sociale epsilon")]).leads_to();
    assert!(site.read(&file).contains("{ ente: coop-epsilon, ruolo: partner, quota: 20000.00 }"));
    let saved = editor.fill(&record("partenariato.2"), &[("partenariato.2.ente", "Nuova Coop")]);
    assert!(site.read(&file).contains("{ ente: nuova-coop, "));
    let page = editor.follow(&saved);
    assert!(page.body.contains("nuova?genere=ente&amp;id=nuova%2Dcoop"), "{}", page.body);
    editor
        .fill("nuova?genere=ente&id=nuova-coop", &[("nome", "Nuova Coop"), ("categoria", "Cooperativa sociale")])
        .leads_to();
    assert_eq!(site.read("content/partner/nuova-coop.yaml"), "nome: Nuova Coop\ncategoria: cooperativa-sociale\n");
}

#[test]
fn the_table_of_a_project_adds_changes_and_takes_away_rows() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let page = format!("progetto?file={PROJECT}");
    let changes = [
        ("finanziamento.costo_complessivo", "60.000"),
        ("partenariato.0.quota", "25.000,00"),
        ("partenariato.1.ente", ""),
        ("partenariato.1.ruolo", ""),
        ("partenariato.1.quota", ""),
        ("n0.partenariato.+.ente", "Fondazione Zeta"),
        ("n0.partenariato.+.ruolo", "partner"),
        ("n0.partenariato.+.quota", "10.000,00"),
    ];
    let saved = editor.fill(&page, &changes);
    let after = site.read(&format!("content/{PROJECT}"));
    let rows = "  - { ente: comune-alfa, ruolo: capofila, quota: 25000.00 }\n  - { ente: coop-delta, ruolo: partner, quota: 20000.00 }\n  \
                - { ente: fondazione-zeta, ruolo: partner, quota: 10000.00 }\n";
    assert!(after.contains(rows) && after.contains("costo_complessivo: 60000.00\n"), "{after}");
    editor.follow(&saved).says("mancano € 5.000,00").says("Partenariato: tolta la riga 2");
    // The same sums while somebody writes, and nothing is written.
    let (_, fields) = filled(&editor.page(&page).body, &[("partenariato.0.quota", "30.000")]);
    let trial = editor.post("prova", &fields).is(200);
    assert!(trial.body.contains("\"esito\":\"torna\""), "{}", trial.body);
    assert_eq!(site.read(&format!("content/{PROJECT}")), after);
}

#[test]
fn a_payment_that_is_wrong_is_told_and_its_project_stays_among_the_others() {
    let wrong = "pagamenti:\n  - { data: 31/11/2026, importo: diecimila }\n";
    let site = Site::small().append(&format!("content/{PROJECT}"), wrong);
    let editor = Editor::of(&site);
    let page = editor.page("pagamenti").says("31/11/2026").says("Da sistemare");
    assert!(page.body.contains("#c-pagamenti\">Un nido vicino al lavoro</a>"), "{}", page.body);
}

#[test]
fn an_act_that_is_added_by_a_form_is_named_by_itself() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let fields = [("tipo", "Determina"), ("numero", "389"), ("data", "16/2/2026")];
    editor.fill("nuova?genere=atto&piano=2025-2027", &fields).leads_to();
    assert!(site.read("content/piani/2025-2027/atti.yaml").contains("id: det-389-2026"));
}

#[test]
fn one_act_pays_several_projects() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let other = "piani/2025-2027/progetti/sollievo.yaml";
    let (nido, sollievo) = (format!("{PROJECT}|pagamenti.+.importo"), format!("{other}|pagamenti.+.importo"));
    let changes = [
        ("pagamenti.+.data", "1/4/2026"),
        ("pagamenti.+.tipo", "anticipo"),
        (nido.as_str(), "20.000"),
        (sollievo.as_str(), "1.000,50"),
    ];
    let saved = editor.follow(&editor.fill("pagamenti", &changes));
    assert_eq!(saved.body.matches("Annulla questa modifica").count(), 1, "{}", saved.body);
    let paid = "pagamenti:\n  - data: 2026-04-01\n    importo: 20000.00\n    tipo: anticipo\n";
    let after = site.read(&format!("content/{PROJECT}"));
    assert!(after.contains(paid), "{after}");
    assert!(site.read(&format!("content/{other}")).contains("importo: 1000.50"));
    assert!(!site.read("content/piani/2025-2027/progetti/doposcuola.yaml").contains("pagamenti"));
    // Whichever of its files is named, the save is taken back and done again as a whole.
    editor.page("modifiche").says(": 2 file insieme");
    let undo = |number: &str| editor.post("annulla", &[("numero".to_owned(), number.to_owned())]);
    undo("2").leads_to();
    for file in [PROJECT, other] {
        assert!(!site.read(&format!("content/{file}")).contains("pagamenti"), "{file}");
    }
    undo("1").is(409).says("è già annullata");
    undo("3").leads_to();
    assert_eq!(site.read(&format!("content/{PROJECT}")), after);
    // Nothing of it is taken back where a part has changed again.
    let site = site.replace(&format!("content/{other}"), "importo: 1000.50", "importo: 1000.51");
    editor.until(&format!("scheda?file={other}&dove=pagamenti.0"), "1.000,51");
    undo("5").is(409).says("è cambiato di nuovo");
    assert_eq!(site.read(&format!("content/{PROJECT}")), after);
}

#[test]
fn a_call_tells_how_much_money_is_left() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let page = "avviso?file=piani/2025-2027/avvisi/avviso-2025.yaml";
    let field = format!("{PROJECT}|finanziamento.contributo_riconosciuto");
    let before = editor.page(page).body;
    editor.fill(page, &[("dotazione", "200.000"), (&field, "30.000")]).leads_to();
    let after = editor.page(page).says("Restano");
    assert_ne!(after.body, before);
    assert!(site.read(&format!("content/{PROJECT}")).contains("contributo_riconosciuto: 30000.00\n"));
    assert!(site.read("content/piani/2025-2027/avvisi/avviso-2025.yaml").contains("dotazione: 200000.00\n"));
}

#[test]
fn a_grant_that_the_events_tell_is_counted_and_not_written_again() {
    let nido = &format!("content/{PROJECT}");
    let events = "eventi:\n  - { data: 2026-03-02, cosa: concessione, importo: 40000.00, atto: { tipo: Determina, numero: \"7\", data: 2026-03-02 } }\n  - { data: 2026-03-16, cosa: avvio }\n";
    let site = Site::small()
        .replace(nido, "stato: in_corso\n", "")
        .replace(nido, "  contributo_riconosciuto: 40000.00\n", "")
        .replace(nido, "atti:\n  concessione: { tipo: Determina, numero: \"7\", data: 2026-03-02 }\n", events);
    let editor = Editor::of(&site);
    let page = editor.page("avviso?file=piani/2025-2027/avvisi/avviso-2025.yaml");
    let name = format!("{PROJECT}|finanziamento.contributo_riconosciuto");
    let shown = format!("name=\"{name}\" value=\"40.000,00\" autocomplete=\"off\" disabled");
    assert!(page.body.contains(&shown) && !page.body.contains("nessuno scritto"), "{}", page.body);
    let table = editor.page(&format!("progetto?file={PROJECT}"));
    table.says("Lo dicono gli eventi del progetto.");
    // What is shown and not sent is left as it is.
    editor.fill("avviso?file=piani/2025-2027/avvisi/avviso-2025.yaml", &[("dotazione", "200.000")]).leads_to();
    assert!(!site.read(nido).contains("contributo_riconosciuto"));
}

#[test]
fn a_payment_that_cannot_be_read_is_written_nowhere() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let before = site.read(&format!("content/{PROJECT}"));
    let amount = format!("{PROJECT}|pagamenti.+.importo");
    let back = editor.fill("pagamenti?piano=2025-2027", &[("pagamenti.+.data", "10/06/26"), (&amount, "venti")]);
    let back = back.is(409).says("Non è un giorno").says("Non è un importo");
    assert!(back.body.contains("value=\"venti\"") && back.body.contains("value=\"10/06/26\""), "{}", back.body);
    assert_eq!(site.read(&format!("content/{PROJECT}")), before);
}

#[test]
fn an_act_is_known_however_its_day_is_written_and_one_that_is_not_there_pays_nothing() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let before = site.read(&format!("content/{PROJECT}"));
    let amount = format!("{PROJECT}|pagamenti.+.importo");
    let pay = |act: &str| {
        let changes = [("pagamenti.+.data", "3/4/2026"), ("pagamenti.+.atto", act), (&amount, "10.000")];
        editor.fill("pagamenti?piano=2025-2027", &changes)
    };
    let back = pay("Determina n. 500 del 2 aprile 2026").is(409).says("Non è fra gli atti del Piano: aggiungilo prima");
    assert_eq!(site.read(&format!("content/{PROJECT}")), before);
    // Its own form is filled in with what was cited.
    let page = Html::parse_document(&back.body);
    let link = Selector::parse("a[href^='nuova?genere=atto']").expect("a selector");
    let link = page.select(&link).next().and_then(|a| a.attr("href")).expect("a link");
    editor.fill(link, &[]).leads_to();
    let acts = site.read("content/piani/2025-2027/atti.yaml");
    assert!(acts.contains("id: det-500-2026") && acts.contains("data: 2026-04-02"), "{acts}");
    pay("determinazione n.500 del 02/04/2026").leads_to();
    assert!(site.read(&format!("content/{PROJECT}")).ends_with("    atto: det-500-2026\n"));
    pay("det-500-2026").is(409).says("Un pagamento uguale c'è già");
    // On the page of a record anything is kept: an act that comes later is named as it will be.
    editor.fill(&record("pagamenti.0"), &[("pagamenti.0.atto", "Determina n. 9 del 5/5/2026")]).leads_to();
    assert!(site.read(&format!("content/{PROJECT}")).ends_with("    atto: det-9-2026\n"));
}

#[test]
fn the_number_of_an_act_is_written_without_its_word_and_an_impossible_day_gives_no_year() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let add = |tipo: &str, numero: &str, data: &str| {
        editor.fill("nuova?genere=atto&piano=2025-2027", &[("tipo", tipo), ("numero", numero), ("data", data)])
    };
    add("Determina", "n. 500", "2/4/2026").leads_to();
    add("determinazione", "500", "2/4/2026").is(409).says("c'è già");
    add("Determina", "N° 388", "31/2/2026").leads_to();
    let acts = site.read("content/piani/2025-2027/atti.yaml");
    assert!(acts.contains("id: det-388,") && acts.contains("numero: \"500\""), "{acts}");
    assert!(acts.contains("numero: \"388\"") && !acts.contains("388-31"), "{acts}");
}

#[test]
fn the_same_value_in_other_words_is_no_change() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let before = tree(&site.path("content"));
    let same = [
        ("finanziamento.costo_complessivo", "50.000,00 €"),
        ("durata.al", "31 dicembre 2027"),
        ("alleanza", "alleanza del monte"),
    ];
    editor.follow(&editor.fill(&record(""), &same)).says("Niente da salvare");
    let same = [("partner.1", "cooperativa sociale delta")];
    let alliance = "scheda?file=piani/2025-2027/alleanze/monte.yaml";
    editor.follow(&editor.fill(alliance, &same)).says("Niente da salvare");
    assert_eq!(tree(&site.path("content")), before);
    // What stands there and cannot be read is another value.
    let site = site.replace(&format!("content/{PROJECT}"), "complessivo: 50000.00", "complessivo: 50.000,00");
    editor.until(&record(""), "Errore");
    editor.fill(&record(""), &[("finanziamento.costo_complessivo", "50000")]).leads_to();
    assert!(site.read(&format!("content/{PROJECT}")).contains("costo_complessivo: 50000.00\n"));
}

#[test]
fn a_save_names_what_was_added_and_what_was_taken_away() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let alliance = "scheda?file=piani/2025-2027/alleanze/monte.yaml";
    let changes = [("partner.0", ""), ("partner.+", "Cooperativa sociale Epsilon")];
    editor
        .follow(&editor.fill(alliance, &changes))
        .says("Partner: aggiunto «Cooperativa sociale Epsilon»; tolto «Ambito di Gamma»");
    let saved = editor.fill(&record("indicatori.%2B"), &[("indicatori.+.nome", "Ore"), ("indicatori.+.previsto", "9")]);
    editor.follow(&saved).says("Indicatori: aggiunta «Ore · 9»");
}

/// A table that was pasted has as many new rows as it had lines.
#[test]
fn a_partnership_takes_as_many_new_rows_as_a_form_sends() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let (to, mut fields) = filled(&editor.page(&format!("progetto?file={PROJECT}")).body, &[]);
    fields.retain(|(name, _)| !name.starts_with('n'));
    for n in 0..6 {
        fields.push((format!("n{n}.partenariato.+.ente"), format!("Ente {n}")));
        fields.push((format!("n{n}.partenariato.+.quota"), format!("{n}.000")));
    }
    editor.follow(&editor.post(&to, &fields)).says("Partenariato: aggiunta «Ente 5»");
    let after = site.read(&format!("content/{PROJECT}"));
    assert!((0..6).all(|n| after.contains(&format!("ente: ente-{n}, quota: "))), "{after}");
}

#[test]
fn communes_in_brackets_are_refused_in_words_that_a_form_can_follow() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let alliance = "scheda?file=piani/2025-2027/alleanze/monte.yaml";
    let both = editor.follow(&editor.fill(alliance, &[("territorio.comuni", "Lecco e Oggiono")]));
    both.says("Scrivi una voce per ognuno: Lecco e Oggiono.");
    let brackets = editor.follow(&editor.fill(alliance, &[("territorio.comuni", "[Lecco, Oggiono]")]));
    brackets.says("Errore. In una voce ci sono più comuni").says("Scrivi una voce per ognuno: Lecco e Oggiono.");
    editor.page("").says("Un errore impedisce di pubblicare.");
}

#[test]
fn scores_and_times_are_asked_for_and_read_as_people_write_them() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let project = [("graduatoria.punteggio", "60/100"), ("domanda.presentata", "marzo 2026")];
    let saved = editor.follow(&editor.fill(&record(""), &project));
    let saved = saved.says("«60/100» non è un punteggio: scrivilo in cifre, per esempio 23,5.");
    saved.says("«marzo 2026» non è un giorno: scrivilo tutto, per esempio 4 maggio 2022, o con l'ora");
    let call = "piani/2025-2027/avvisi/avviso-2025.yaml";
    editor.fill(&format!("scheda?file={call}"), &[("finestra.al", "15/01/2026 ore 12")]).leads_to();
    assert!(site.read(&format!("content/{call}")).contains("2026-01-15 12:00"));
}

#[test]
fn a_body_that_is_there_is_not_added_again() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let before = tree(&site.path("content"));
    editor.fill("nuova?genere=ente", &[("nome", "Comune Alfa")]).says("c'è già");
    assert_eq!(tree(&site.path("content")), before);
}

#[test]
fn what_the_editor_writes_is_shown_once() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let mut events = editor.preview.events();
    assert_eq!(events.next().as_deref(), Some("data: 1"));
    editor.fill(&record(""), &[("titolo", "Salvato dal modulo")]).leads_to();
    // By the time the answer is there the page is new.
    assert!(editor.preview.page("/2025-2027/progetti/nido/").contains("Salvato dal modulo"));
    assert_eq!(events.next().as_deref(), Some("data: 2"));
    let _site = site.append("content/sito.yaml", "# una riga in più\n");
    assert_eq!(events.next().as_deref(), Some("data: 3"));
}

#[test]
fn the_texts_of_pages_and_of_files_that_no_form_shows_are_edited_too() {
    let site = Site::small();
    let before = site.read("content/pagine/storia.md");
    let site = site.write(
        "content/partner/impresa-eta.yaml",
        "nome: &n Officine Eta\ncategoria: impresa\ncomune: Alfa\nsede: *n\n",
    );
    let editor = Editor::of(&site);
    editor.fill("scheda?file=pagine/storia.md", &[("testo_della_pagina", "Un testo\r\nnuovo.")]).leads_to();
    let head = before.split_inclusive("---\n").take(2).collect::<String>();
    assert_eq!(site.read("content/pagine/storia.md"), format!("{head}\nUn testo\nnuovo.\n"));
    let to_text = editor.get("scheda?file=partner/impresa-eta.yaml");
    let page = to_text.leads_to().to_owned();
    editor.page(&page).says("usa rimandi o etichette di YAML");
    editor.fill(&page, &[("tutto", "nome: Officine Eta\r\ncategoria: impresa\r\ncomune: Alfa\r\n")]).leads_to();
    assert_eq!(site.read("content/partner/impresa-eta.yaml"), "nome: Officine Eta\ncategoria: impresa\ncomune: Alfa\n");
    editor.page("scheda?file=partner/impresa-eta.yaml").says("Officine Eta");
}

#[test]
fn pages_of_the_preview_lead_to_their_record_and_published_ones_do_not() {
    let site = Site::small().built();
    let editor = Editor::of(&site);
    for (page, file) in [
        ("/2025-2027/progetti/nido/", PROJECT),
        ("/2025-2027/alleanze/monte/", "piani/2025-2027/alleanze/monte.yaml"),
        ("/2025-2027/", "piani/2025-2027/piano.yaml"),
        ("/partner/comune-beta/", "partner/enti-pubblici.yaml"),
        ("/", "sito.yaml"),
    ] {
        let served = editor.preview.page(page);
        let html = Html::parse_document(&served);
        let link = Selector::parse("a.concilia-modifica").expect("a selector");
        let link = html.select(&link).next().and_then(|a| a.attr("href")).expect("a link").to_owned();
        let asked = link.split_once(&editor.folder).expect("of the editor").1;
        let led = editor.get(asked);
        assert!(
            led.leads_to().starts_with(&format!(
                "scheda?file={}",
                file.replace('/', "%2F").replace('.', "%2E").replace('-', "%2D")
            )),
            "{page}"
        );
    }
    assert!(site.published().values().all(|bytes| !String::from_utf8_lossy(bytes).contains("concilia-modifica")));
}

#[test]
fn publishing_tells_what_changed_since_the_last_time() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let publish = || editor.post("pubblica", &[]).is(200);
    let first =
        publish().says("È la prima volta che pubblichi da qui").says(&site.path("public").display().to_string());
    assert!(first.body.contains("<a href=\"https://conciliazione.ats-esempio.it/\">"), "{}", first.body);
    editor.fill(&record("indicatori.0"), &[("indicatori.0.previsto", "25")]).leads_to();
    publish().says("progetto «Un nido vicino al lavoro»").says("da 20 a 25");
    let built = site.published();
    site.concilia(["build"]).output().exits(0);
    assert_eq!(site.published(), built, "the command publishes the same");
    editor.fill(&record(""), &[("alleanza", "")]).leads_to();
    editor.post("pubblica", &[]).is(409).says("nelle schede ci sono ancora errori");
    assert_eq!(site.published(), built);
}

/// What can be undone has a bound, and up to there it is shown.
#[test]
fn the_last_two_hundred_changes_are_kept() {
    let site = Site::small();
    let editor = Editor::of(&site);
    for n in 0..205 {
        editor.fill("scheda?file=pagine/storia.md", &[("titolo", &format!("Storia {n}"))]).leads_to();
    }
    let kept = fs::read_dir(site.path(".concilia/modifiche")).expect("a folder").count();
    assert_eq!(kept, 200);
    let link = Selector::parse("main a[href^='modifiche?']").expect("a selector");
    let (mut page, mut shown) = (editor.page("modifiche").says("Storia 204"), 0);
    assert!(!page.body.contains("<code>pagine/storia.md"), "{}", page.body);
    loop {
        shown += page.body.matches("class=\"modifica\"").count();
        let html = Html::parse_document(&page.body);
        let Some(older) = html.select(&link).next().and_then(|a| a.attr("href")) else { break };
        page = editor.page(older);
    }
    assert_eq!(shown, 200);
    page.says("Storia 5");
}

/// What a browser sends with a file.
fn upload(editor: &Editor, name: &str, bytes: &str, words: &str) -> Answer {
    let Editor { host, folder, cookie, .. } = editor;
    let body = format!(
        "--limite\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: x/y\r\n\r\n{bytes}\r\n\
         --limite\r\nContent-Disposition: form-data; name=\"testo\"\r\n\r\n{words}\r\n--limite--\r\n"
    );
    let length = body.len();
    send(
        host,
        &format!(
            "POST {folder}carica HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\n\
             Content-Type: multipart/form-data; boundary=limite\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    )
}

#[test]
fn files_are_put_among_the_media_with_words_and_never_over_others() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";
    let loaded = upload(&editor, "C:\\Immagini\\Il Nido.SVG", drawing, "Il nido visto da fuori");
    assert_eq!(site.read("content/media/il-nido.svg"), drawing);
    editor.page("modifiche").says("Caricato l'allegato «media/il-nido.svg»");
    editor.post("annulla", &[("numero".to_owned(), "1".to_owned())]).leads_to();
    assert!(!site.path("content/media/il-nido.svg").exists());
    let list = editor.page("modifiche").says("Annullato: Caricato l'allegato").body;
    assert!(!list.contains(">Annulla<") && !list.contains(">Rifai<"), "{list}");
    upload(&editor, "Il Nido.SVG", drawing, "Il nido visto da fuori").leads_to();
    editor.follow(&loaded).says("![Il nido visto da fuori](/media/il-nido.svg)");
    assert!(editor.preview.page("/media/il-nido.svg").starts_with("<svg"));
    let logo = site.read("content/media/logo.svg");
    for (name, bytes, words, why) in [
        ("logo.svg", drawing, "Il logo", "c'è già"),
        ("LOGO.SVG", drawing, "Il logo", "c'è già"),
        ("../sito.yaml", "titolo: x", "Il sito", "non è di un tipo che si pubblica"),
        ("pagina.html", "<p>x", "Una pagina", "è una pagina o uno script"),
        ("altro.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>", "Un disegno", "script"),
        ("altro.svg", drawing, "", "Scrivi che cosa è"),
        ("", drawing, "Un disegno", "Scegli un file"),
        ("con.svg", drawing, "Un disegno", "non può essere il nome di un file"),
    ] {
        upload(&editor, name, bytes, words).is(409).says(why);
    }
    assert_eq!(site.read("content/media/logo.svg"), logo);
    assert_eq!(fs::read_dir(site.path("content/media")).expect("a folder").count(), 2);
}

#[test]
fn one_of_a_list_is_deleted_after_its_references_were_told() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let page = "elimina?file=partner/terzo-settore.yaml&dove=0";
    let shown = editor.page(page).says("Eliminare coop-delta").says("Un nido vicino al lavoro : Partenariato, 3, Ente");
    let (to, fields) = filled(&shown.body, &[]);
    editor.post(&to, &fields).leads_to();
    // What was added and is named meanwhile does not go away unsaid either.
    editor.fill("nuova?genere=ente", &[("nome", "Coop Nuova"), ("categoria", "cooperativa-sociale")]).leads_to();
    editor.fill(&record("partenariato.0"), &[("partenariato.0.ente", "coop-nuova")]).leads_to();
    let undone = editor.post("annulla", &[("numero".to_owned(), "2".to_owned())]);
    undone.is(409).says("altre schede la nominano");
    assert!(site.path("content/partner/coop-nuova.yaml").exists());
    let left = site.read("content/partner/terzo-settore.yaml");
    assert!(!left.contains("coop-delta") && left.contains("- id: coop-epsilon\n"), "{left}");
}

#[test]
fn a_text_is_shown_as_its_page_will_show_it() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let text = [("testo".to_owned(), "Un *nido*.\n\n<script>alert(1)</script>".to_owned())];
    let shown = editor.post("leggi", &text).is(200).body;
    assert!(shown.contains("<em>nido</em>") && !shown.contains("<script"), "{shown}");
    let picture = [("testo".to_owned(), "![Il logo](/media/logo.svg)".to_owned())];
    let shown = editor.post("leggi", &picture).is(200).body;
    let address = shown.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    editor.get(address).is(200).says("Logo di ATS Esempio");
    editor.get("media/non-c-e.svg").is(404);
}

/// The links of a part of the first page.
fn links(html: &str, part: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(html);
    let selector = Selector::parse(&format!("section[aria-labelledby='{part}'] a[href]")).expect("a selector");
    page.select(&selector).map(|a| (a.attr("href").unwrap_or_default().to_owned(), text(a))).collect()
}

/// Whether the page to which a link leads has its place.
fn has_place(editor: &Editor, link: &str) -> bool {
    let (page, place) = link.split_once('#').unwrap_or((link, "contenuto"));
    let page = editor.page(page);
    let selector = Selector::parse(&format!("[id='{place}']")).expect("a selector");
    Html::parse_document(&page.body).select(&selector).next().is_some()
}

#[test]
fn every_finding_and_every_deadline_leads_to_its_field() {
    let site = Site::small()
        .replace("content/piani/2025-2027/piano.yaml", "norma: norma-piccola", "norma: dgr-5464-2025")
        .replace(&format!("content/{PROJECT}"), "partner, quota: 10000.00", "partner, quota: molti")
        .append("content/pagine/storia.md", "\nScrivi a mario.rossi@gmail.com.\n");
    let editor = Editor::of(&site);
    let home = editor.page("").body;
    let found = links(&home, "manca");
    let leads = |words: &str| {
        let (link, _) =
            found.iter().find(|(_, told)| told.contains(words)).unwrap_or_else(|| panic!("{words}: {home}"));
        link.split_once("?file=").expect("of a record").1
    };
    assert_eq!(
        leads("«molti»"),
        "piani%2F2025%2D2027%2Fprogetti%2Fnido%2Eyaml&dove=partenariato%2E1#c-partenariato.1.quota"
    );
    assert_eq!(leads("indirizzo e-mail"), "pagine%2Fstoria%2Emd#testo");
    // What is missing leads to the field that will say it.
    assert!(leads("«contributo per studi o tavoli»").ends_with("#c-dichiarazioni.contributo-per-studi-o-tavoli"));
    assert!(leads("vantaggio per le imprese").ends_with("#c-vantaggio_per_imprese"));
    assert!(leads("la mappatura dei bisogni").ends_with("piano%2Eyaml#c-mappatura.bisogni"));
    assert!(leads("Amministrazione trasparente").ends_with("sito%2Eyaml#c-amministrazione_trasparente"));
    for (link, told) in &found {
        assert!(has_place(&editor, link), "{told}: {link}");
    }
    let without: Vec<_> = found.iter().filter(|(link, _)| !link.contains('#')).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_deadline_leads_to_the_field_that_will_tell_it() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let due = links(&editor.page("").body, "scade");
    assert!(due.iter().any(|(link, told)| told.starts_with("Termine di") && link.ends_with("#c-durata.al")), "{due:?}");
    let reported =
        |(link, told): &(String, String)| told.contains("rendiconto finale") && link.ends_with("#c-rendicontazione");
    assert!(due.iter().any(reported), "{due:?}");
    for (link, told) in &due {
        assert!(link.contains('#') && has_place(&editor, link), "{told}: {link}");
    }
}

#[test]
fn a_save_with_nothing_to_save_says_so_and_a_number_that_is_too_long_stays_in_its_field() {
    let site = Site::small();
    let editor = Editor::of(&site);
    editor.follow(&editor.fill(&record(""), &[])).says("Niente da salvare:");
    editor.follow(&editor.fill("testo?file=sito.yaml", &[])).says("Niente da salvare:");
    editor.follow(&editor.fill(&format!("progetto?file={PROJECT}"), &[])).says("Niente da salvare:");
    let opened = editor.fill(&record(""), &[("azione", "apri azioni.0")]);
    assert!(!editor.follow(&opened).body.contains("Niente da salvare"));
    let long = "1234567890123456789012345678901234567890";
    for field in ["finanziamento.costo_complessivo", "scheda"] {
        let saved = editor.follow(&editor.fill(&record(""), &[(field, long)]));
        let page = Html::parse_document(&saved.body);
        let value = Selector::parse(&format!("[id='c-{field}']")).expect("a selector");
        assert_eq!(page.select(&value).next().and_then(|input| input.attr("value")), Some(long), "{field}");
        let beside = Selector::parse(&format!("[id='r-{field}'] .errore")).expect("a selector");
        assert!(page.select(&beside).next().is_some(), "{field}: {}", saved.body);
    }
}

#[test]
fn the_site_and_a_plan_that_is_not_empty_are_not_deleted() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let offered = |file: &str| editor.page(&format!("scheda?file={file}")).body.contains(">Elimina<");
    for file in ["sito.yaml", "piani/2025-2027/piano.yaml"] {
        assert!(!offered(file), "{file}");
        editor.get(&format!("elimina?file={file}")).is(409).says("non si eliminano");
        let fields = [("file", file), ("impronta", "x")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        editor.post("elimina", &fields);
        assert!(site.path(&format!("content/{file}")).exists());
    }
    assert!(offered("partner/impresa-eta.yaml"));
    editor.fill("nuova?genere=piano", &[("titolo", "Per sbaglio"), ("id", "2028-2030")]).leads_to();
    assert!(offered("piani/2028-2030/piano.yaml"));
}

#[test]
fn every_page_leads_to_the_part_of_the_guide_that_is_about_it() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let asked = |page: &str| {
        let page = editor.page(page);
        let html = Html::parse_document(&page.body);
        let link = html.select(&Selector::parse("footer a").expect("a selector")).next().expect("a link");
        editor.get(link.attr("href").unwrap_or_default()).leads_to().to_owned()
    };
    let home = asked("");
    assert!(home.ends_with("/editor/"), "{home}");
    let record = asked(&record(""));
    let host = home.trim_end_matches("editor/").trim_start_matches("http://").trim_end_matches('/');
    assert_eq!(record, format!("http://{host}/scheda-progetto/"));
    let guide = send(host, &format!("GET /scheda-progetto/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    guide.is(200).says("I progetti");
    // What the guide has no page about.
    assert!(editor.get("guida?pagina=../nulla").leads_to().ends_with(&format!("{host}/")));
}

#[test]
fn whoever_names_a_record_follows_when_its_name_changes() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let page = "scheda?file=partner/terzo-settore.yaml&dove=0";
    let saved = editor.follow(&editor.fill(page, &[("0.id", "Cooperativa Delta")]));
    saved
        .says("Identificativo: da «coop-delta» a «cooperativa-delta»")
        .says("Chi nominava «coop-delta» ora nomina «cooperativa-delta»");
    let project = site.read(&format!("content/{PROJECT}"));
    assert!(project.contains("{ ente: cooperativa-delta, ruolo: partner"), "{project}");
    assert!(project.contains("erogatore: cooperativa-delta\n"), "{project}");
    assert!(
        site.read("content/piani/2025-2027/alleanze/monte.yaml").contains("partner: [ambito-gamma, cooperativa-delta]")
    );
    let bodies = site.read("content/partner/terzo-settore.yaml");
    assert!(bodies.contains("  indirizzi_precedenti:\n    - /partner/coop-delta/\n"), "{bodies}");
    site.check().exits(0);
    // A name that another has is written, and nobody follows.
    editor.fill(page, &[("0.id", "coop-epsilon")]).leads_to();
    assert!(site.read(&format!("content/{PROJECT}")).contains("{ ente: cooperativa-delta, ruolo: partner"));
    editor.fill(page, &[("0.id", "coop-delta")]).leads_to();
}

#[test]
fn a_record_with_a_file_of_its_own_gets_another_name_and_its_address_leads_on() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let file = "piani/2025-2027/alleanze/monte.yaml";
    let page = format!("rinomina?file={file}");
    editor.page(&format!("scheda?file={file}")).says("Cambia il nome breve");
    editor.page(&page).says("Un nido vicino al lavoro : Alleanza");
    let (to, fields) = filled(&editor.page(&page).body, &[("id", "Alto Monte")]);
    let fields: Vec<_> = fields.into_iter().chain([("indirizzo".to_owned(), "sì".to_owned())]).collect();
    let done = editor.post(&to, &fields);
    assert!(done.leads_to().contains("alto%2Dmonte%2Eyaml"), "{}", done.leads_to());
    editor.follow(&done).says("La scheda «monte» si chiama ora «alto-monte»");
    assert!(!site.path(&format!("content/{file}")).exists());
    let alliance = site.read("content/piani/2025-2027/alleanze/alto-monte.yaml");
    assert!(alliance.contains("indirizzi_precedenti:\n  - /2025-2027/alleanze/monte/\n"), "{alliance}");
    assert!(site.read(&format!("content/{PROJECT}")).contains("alleanza: alto-monte\n"));
    site.check().exits(0);
    editor.post("annulla", &[("numero".to_owned(), "1".to_owned())]).leads_to();
    assert!(site.path(&format!("content/{file}")).exists());
    assert!(!site.path("content/piani/2025-2027/alleanze/alto-monte.yaml").exists());
    assert!(site.read(&format!("content/{PROJECT}")).contains("alleanza: monte\n"));
    site.check().exits(0);
    editor.fill("rinomina?file=partner/impresa-eta.yaml", &[("id", "terzo-settore")]).is(409).says("c'è già");
    editor.get("rinomina?file=sito.yaml").is(409).says("non ha un nome breve");
}

#[test]
fn a_payment_without_a_day_or_written_twice_comes_back_as_it_was_typed() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let before = site.read(&format!("content/{PROJECT}"));
    let amount = format!("{PROJECT}|pagamenti.+.importo");
    let back = editor.fill("pagamenti", &[("pagamenti.+.tipo", "anticipo"), (&amount, "10.000")]).is(409);
    let back = back.says("Scrivi il giorno del pagamento.");
    assert_eq!(site.read(&format!("content/{PROJECT}")), before);
    // What was typed is there, and with a day it is saved.
    let (to, fields) = filled(&back.body, &[("pagamenti.+.data", "1/4/2026")]);
    editor.post(&to, &fields).leads_to();
    let paid = site.read(&format!("content/{PROJECT}"));
    assert!(paid.ends_with("pagamenti:\n  - data: 2026-04-01\n    importo: 10000.00\n    tipo: anticipo\n"), "{paid}");
    editor.post(&to, &fields).is(409).says("Un pagamento uguale c'è già");
    assert_eq!(site.read(&format!("content/{PROJECT}")), paid);
    let back = editor.fill("pagamenti", &[("pagamenti.+.data", "2/4/2026")]).is(409);
    back.says("Scrivi l'importo accanto ai progetti che ricevono.");
    editor.follow(&editor.fill("pagamenti", &[])).says("Niente da salvare");
}

#[test]
fn a_long_form_begins_with_its_parts_in_their_order() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let page = editor.page(&record("")).body;
    let html = Html::parse_document(&page);
    let entries = Selector::parse("nav .indice a").expect("a selector");
    let places: Vec<&str> = html.select(&entries).filter_map(|a| a.attr("href")).collect();
    let at =
        |place: &str| places.iter().position(|other| *other == place).unwrap_or_else(|| panic!("{place}: {places:?}"));
    assert!(at("#c-durata") < at("#c-finanziamento") && at("#c-finanziamento") < at("#c-azioni"), "{places:?}");
    assert!(places.iter().all(|place| page.contains(&format!("id=\"{}\"", &place[1..]))), "{places:?}");
    assert!(!editor.page("scheda?file=pagine/storia.md").body.contains("class=\"indice\""));
}

#[test]
fn what_cannot_be_shown_is_told_in_the_frame_of_the_editor() {
    let utf16: Vec<u8> = "\u{feff}nome: Officine Eta\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let site = Site::small().write("content/partner/di-windows.yaml", utf16);
    let editor = Editor::of(&site);
    let framed = |answer: Answer| {
        assert!(
            answer.body.contains("aria-label=\"Principale\"") && answer.body.contains("href=\"schede\""),
            "{}",
            answer.body
        );
        answer
    };
    framed(editor.get("scheda?file=partner/mai-vista.yaml").is(404))
        .says("partner/mai-vista.yaml")
        .says("un altro nome");
    framed(editor.get("scheda?file=partner/di-windows.yaml").is(409)).says("UTF-8").says("Blocco note");
    framed(editor.get("mai-vista").is(404));
    // A browser reads the answer once it has sent all of the file.
    let large = "x".repeat(30 << 20);
    framed(upload(&editor, "foto.png", &large, "Una foto").is(413)).says("fino a 24 MB").says("Torna agli allegati");
}

#[test]
fn questions_of_a_norm_have_their_article_and_their_answers() {
    let site =
        Site::small().replace("content/piani/2025-2027/piano.yaml", "norma: norma-piccola", "norma: dgr-5464-2025");
    let editor = Editor::of(&site);
    let page = editor.page(&record("")).body;
    let html = Html::parse_document(&page);
    let field = "dichiarazioni.contributo-per-studi-o-tavoli";
    let one = |selector: String| html.select(&Selector::parse(&selector).expect("a selector")).next();
    let beside = text(one(format!("[id='d-{field}'] .vincolo")).expect("a rule"));
    assert!(beside.contains("P25-") && beside.contains("DGR n. XII/5464"), "{beside}");
    assert!(beside.contains("Risposta ammessa: no."), "{beside}");
    let choice = one(format!("select[id='c-{field}']")).expect("a choice");
    assert!(text(choice).contains("Sì No"), "{}", text(choice));
    editor.fill(&record(""), &[(field, "no")]).leads_to();
    assert!(site.read(&format!("content/{PROJECT}")).contains("contributo-per-studi-o-tavoli: false"));
}

#[test]
fn what_word_leaves_in_a_text_becomes_a_list_and_plain_blanks() {
    let site = Site::small();
    let editor = Editor::of(&site);
    let pasted = "Chi può chiedere:\r\n•\tle madri\r\n·\u{a0}i padri\r\n– chi as\u{ad}siste";
    let list = "Chi può chiedere:\n- le madri\n- i padri\n- chi assiste";
    let text = [("testo".to_owned(), pasted.to_owned())];
    let shown = editor.post("leggi", &text).is(200).says("i segni d'elenco diventano un elenco");
    assert!(shown.body.contains("<li>le madri</li>"), "{}", shown.body);
    let plain = [("testo".to_owned(), list.to_owned())];
    assert!(!editor.post("leggi", &plain).is(200).body.contains("incollato"));
    editor.fill("scheda?file=pagine/storia.md", &[("testo_della_pagina", pasted)]).leads_to();
    assert!(site.read("content/pagine/storia.md").ends_with(&format!("\n{list}\n")));
    editor.fill(&record("servizi.0"), &[("servizi.0.come_accedere", pasted)]).leads_to();
    let written = site.read(&format!("content/{PROJECT}"));
    assert!(written.contains("      - le madri\n      - i padri\n      - chi assiste\n"), "{written}");
}

#[test]
fn a_plan_is_delivered_and_the_package_is_whole() {
    let nido = format!("content/{PROJECT}");
    let site = Site::example().replace(&nido, "  contributo-per-studi-o-tavoli: false\n", "").replace(
        "content/partner/imprese.yaml",
        "  registro_imprese: CR-000031\n",
        "",
    );
    let editor = Editor::of(&site);
    let field = |piano: &str| [("piano".to_owned(), piano.to_owned())];
    editor.post("consegna", &field("1999-2000")).is(404);
    editor.get("pacchetto").is(404);
    // What the norm of this plan asks, and not what that of another does.
    let ready = editor.post("consegna", &field("2025-2027")).is(200).says("Il pacchetto è pronto");
    let ready = ready.says("C'è un avviso, che non impedisce l'invio");
    let asked = links(&ready.body, "norme");
    assert!(matches!(&asked[..], [(_, told)] if told.contains("contributo per studi o tavoli")), "{asked:?}");
    assert!(ready.body.contains("#c-passaggi.invio"), "{}", ready.body);
    let package = "piano-2025-2027-ats-esempio.zip";
    let saved = editor.page("pacchetto");
    assert_eq!(saved.field("Content-Disposition"), Some(format!("attachment; filename=\"{package}\"").as_str()));
    site.concilia(["verifica", package]).output().exits(0);
    // The same again: nothing is written over.
    let before = fs::read(site.path(package)).expect("a package");
    editor.post("consegna", &field("2025-2027")).is(200);
    assert_eq!(fs::read(site.path(package)).expect("a package"), before);
}

/// A plan of nothing but what forms were told, from the site that `concilia inizia` leaves: delivered, and whole.
#[test]
fn a_whole_plan_is_written_with_forms_alone() {
    let site = Site::empty();
    let begin = ["inizia", ".", "--ats", "325", "--periodo", "2025-2027", "--segnalazioni", "ufficio@ats-esempio.it"];
    site.concilia(begin).output().exits(0);
    let editor = Editor::of(&site);
    let add = |genere: &str, fields: &[(&str, &str)]| {
        editor.fill(&format!("nuova?genere={genere}"), fields).leads_to().to_owned()
    };
    let fill =
        |file: &str, fields: &[(&str, &str)]| editor.fill(&format!("scheda?file={file}"), fields).leads_to().to_owned();
    fill("sito.yaml", &[("indirizzo", "https://conciliazione.ats-esempio.it/")]);
    for (nome, categoria) in [
        ("Comune di Alfa", "Comune"),
        ("Comune di Beta", "Comune"),
        ("Cooperativa Zeta", "Cooperativa sociale"),
        ("Cooperativa Delta", "Cooperativa sociale"),
        ("Officine Eta", "Impresa"),
    ] {
        add("ente", &[("nome", nome), ("categoria", categoria)]);
    }
    let plan = "piani/2025-2027";
    for (nome, capofila, partner) in
        [("Valle", "Comune di Alfa", "Cooperativa Delta"), ("Piana", "Comune di Beta", "Officine Eta")]
    {
        add("alleanza", &[("nome", nome), ("capofila", capofila)]);
        let file = format!("{plan}/alleanze/{}.yaml", nome.to_lowercase());
        fill(&file, &[("partner.+", partner)]);
        fill(&file, &[("partner.+", "Cooperativa Zeta")]);
    }
    fill("partner/comune-di-alfa.yaml", &[("codice_fiscale", "00000000018")]);
    add("atto", &[("tipo", "Determina"), ("numero", "7"), ("data", "2/3/2026"), ("id", "det-7-2026")]);
    add("avviso", &[("titolo", "Avviso 2026"), ("tipo", "avviso_di_coprogettazione")]);
    fill(
        &format!("{plan}/avvisi/avviso-2026.yaml"),
        &[("dotazione", "90.000"), ("finestra.dal", "7/1/2026 9:00"), ("finestra.al", "30/1/2026 12:00")],
    );
    for (n, (titolo, alleanza, capofila, partner)) in [
        ("Nido aperto", "Valle", "Comune di Alfa", "Cooperativa Delta"),
        ("Spesa a casa", "Valle", "Comune di Alfa", "Cooperativa Delta"),
        ("Sportello", "Piana", "Comune di Beta", "Officine Eta"),
    ]
    .into_iter()
    .enumerate()
    {
        let stato = if n == 0 { "in_corso" } else { "presentato" };
        add("progetto", &[("titolo", titolo), ("alleanza", alleanza), ("avviso", "Avviso 2026"), ("stato", stato)]);
        let file = format!("{plan}/progetti/{}.yaml", titolo.to_lowercase().replace(' ', "-"));
        let amounts = [
            ("finanziamento.costo_complessivo", "50.000,00"),
            ("finanziamento.cofinanziamento", "20.000,00"),
            ("finanziamento.contributo_richiesto", "30.000,00"),
            ("n0.partenariato.+.ente", capofila),
            ("n0.partenariato.+.ruolo", "capofila"),
            ("n0.partenariato.+.quota", "30.000"),
            ("n1.partenariato.+.ente", partner),
            ("n1.partenariato.+.ruolo", "partner"),
            ("n1.partenariato.+.quota", "10.000"),
            ("n2.partenariato.+.ente", "Cooperativa Zeta"),
            ("n2.partenariato.+.ruolo", "partner"),
            ("n2.partenariato.+.quota", "10.000"),
        ];
        editor.follow(&editor.fill(&format!("progetto?file={file}"), &amounts)).says("torna");
    }
    let nido = format!("{plan}/progetti/nido-aperto.yaml");
    fill(
        &nido,
        &[
            ("finanziamento.contributo_riconosciuto", "30.000"),
            ("durata.dal", "16/3/2026"),
            ("durata.al", "15/3/2028"),
            ("atti.concessione", "Determina n. 7 del 2 marzo 2026"),
            ("pubblicato_il", "3/3/2026"),
            ("responsabile.nome", "Maria Esempio"),
            ("responsabile.ufficio", "Ufficio Conciliazione"),
        ],
    );
    for (titolo, voce) in [("Aprire il nido", "responsabilita-di-cura"), ("Una navetta", "mobilita-casa-lavoro")] {
        let page = format!("scheda?file={nido}&dove=azioni.%2B");
        editor.fill(&page, &[("azioni.+.titolo", titolo), ("azioni.+.macrocategoria", voce)]).leads_to();
    }
    let amount = format!("{nido}|pagamenti.+.importo");
    editor
        .fill("pagamenti", &[("pagamenti.+.data", "1/4/2026"), ("pagamenti.+.atto", "det-7-2026"), (&amount, "10.000")])
        .leads_to();
    assert!(site.read(&format!("content/{nido}")).ends_with(
        "atti:\n  concessione: det-7-2026\nresponsabile:\n  nome: Maria Esempio\n  ufficio: Ufficio Conciliazione\npubblicato_il: 2026-03-03\npagamenti:\n  - data: 2026-04-01\n    importo: 10000.00\n    \
         atto: det-7-2026\n"
    ), "{}", site.read(&format!("content/{nido}")));
    site.check().exits(0);
    editor.post("consegna", &[("piano".to_owned(), "2025-2027".to_owned())]).is(200).says("Il pacchetto è pronto");
    let package = fs::read_dir(site.root())
        .expect("a folder")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok());
    let package = package.into_iter().find(|name| name.ends_with(".zip")).expect("a package");
    site.concilia(["verifica", &package]).output().exits(0);
}
