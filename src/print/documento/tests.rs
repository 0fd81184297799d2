//! The markup of the document, and what becomes of it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::albero::{Errore, leggi};
use super::blocchi::{Blocco, GraficoStampato};
use super::mappa::Riferimenti;
use super::titoli::{Numeri, ancore};
use crate::view::Cella;
use crate::view::grafico::{Barra, Colonna, Disegno, di_numeri, di_parole, disegna};

fn mappa(html: &str) -> Result<Vec<Blocco>, Errore> {
    let albero = leggi(html)?;
    let ancore: BTreeSet<String> = ancore(&albero);
    let riferimenti = Riferimenti {
        radice: "../../",
        indirizzo: Some("https://esempio.it/"),
        ancore: &ancore,
        schede: &BTreeMap::from([("p/progetti/win/".to_owned(), "win".to_owned())]),
        grafici: &BTreeMap::new(),
        in_testo: Cell::new(false),
    };
    riferimenti.blocchi(&albero, &mut Numeri::default())
}

fn json(html: &str) -> String {
    let blocchi = mappa(html).unwrap_or_else(|errore| panic!("{html}: {errore:?}"));
    serde_json::to_string(&blocchi).expect("JSON")
}

#[test]
fn each_element_becomes_its_block() {
    for (html, wanted) in [
        (
            "<p>Uno\n <em>due</em> <strong> tre</strong>. </p>",
            r#"[{"tipo":"capoverso","righe":["Uno ",{"enfasi":["due"]}," ",{"forte":["tre"]},"."]}]"#,
        ),
        (
            "<h2 id=\"a\">A</h2><h3 id=\"b\">B &amp; C</h3><h4>D</h4>",
            r#"[{"tipo":"titolo","livello":1,"numero":"1","testo":"A","ancora":"a"},{"tipo":"titolo","livello":2,"numero":"1.1","testo":"B & C","ancora":"b"},{"tipo":"titolo","livello":3,"numero":"","testo":"D","ancora":""}]"#,
        ),
        (
            "<p class=\"fonte\"><span class=\"fonte-nome\">Fonte</span> Atto</p>",
            r#"[{"tipo":"nota","righe":[{"forte":["Fonte:"]}," Atto"]}]"#,
        ),
        (
            "<dl class=\"coppie\"><div><dt>A</dt><dd><ul><li>b</li> <li>c</li></ul></dd></div></dl>",
            r#"[{"tipo":"voci","voci":[["A",["b; c"]]]}]"#,
        ),
        (
            "<dl class=\"cifre\"><div class=\"cifra\"><dt>A</dt><dd>€ 1<span class=\"sotto\">di 2</span></dd></div></dl>",
            r#"[{"tipo":"cifre","voci":[["A","€ 1 (di 2)"]]}]"#,
        ),
        (
            "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>",
            r#"[{"tipo":"elenco","ordinato":true,"colonne":false,"voci":[[{"tipo":"capoverso","righe":["a"]}],[{"tipo":"capoverso","righe":["b"]},{"tipo":"elenco","ordinato":false,"colonne":false,"voci":[[{"tipo":"capoverso","righe":["c"]}]]}]]}]"#,
        ),
        (
            "<ol class=\"date\"><li><p class=\"quando\"><time>oggi</time></p><p>A</p></li></ol>",
            r#"[{"tipo":"capoverso","righe":[{"forte":["oggi"]}," – ","A"]}]"#,
        ),
        (
            "<ol class=\"azioni-progetto\"><li id=\"x\"><h5><a href=\"#x\">A</a></h5><p>b</p></li></ol>",
            r#"[{"tipo":"titolo","livello":4,"numero":"","testo":"1. A","ancora":""},{"tipo":"capoverso","righe":["b"]}]"#,
        ),
        ("<pre><code>a\n  b\n</code></pre><hr>", r#"[{"tipo":"codice","linee":["a","  b"]},{"tipo":"linea"}]"#),
        (
            "<p>a<br>b <del>c</del> <span class=\"nd\">Non indicato</span><a class=\"qui\" href=\"#x\"></a></p>",
            r#"[{"tipo":"capoverso","righe":["a",{"a_capo":true},"b ",{"barrato":["c"]}," ",{"assente":"Non indicato"}]}]"#,
        ),
        (
            "<section data-stampa=\"salto insieme\"><p>a</p></section><p data-stampa=\"solo-pagina\">b</p>",
            r#"[{"tipo":"salto"},{"tipo":"insieme","blocchi":[{"tipo":"capoverso","righe":["a"]}]}]"#,
        ),
        (
            "<p class=\"etichette\"><span class=\"etichetta\">A</span><span class=\"etichetta\">B</span></p>",
            r#"[{"tipo":"occhiello","testo":"A · B"}]"#,
        ),
    ] {
        assert_eq!(json(html), wanted, "{html}");
    }
}

#[test]
fn a_table_has_heads_wide_cells_and_widths() {
    let table = "<table data-stampa=\"pesi 2\"><caption>T</caption><thead><tr><th scope=\"col\">A</th>\
                 <th scope=\"col\" class=\"num\">B</th></tr></thead><tbody><tr><th scope=\"row\">a<span class=\"sotto\">s</span>\
                 </th><td class=\"num\">1</td></tr></tbody><tfoot><tr><th colspan=\"2\">Totale</th></tr></tfoot></table>";
    assert_eq!(
        json(table),
        r#"[{"tipo":"tabella","didascalia":"T","colonne":[{"nome":"A","numero":false,"peso":2,"parola":2},{"nome":"B","numero":true,"peso":0,"parola":1}],"righe":[[["a",{"sotto":["s"]}],["1"]]],"totale":[{"larga":2,"righe":["Totale"]}],"omesse":0}]"#
    );
}

#[test]
fn links_lead_to_the_web_and_inside_the_document() {
    let link = |href: &str| format!("<h2 id=\"win\">W</h2><p><a href=\"{href}\">x</a></p>");
    for (href, wanted) in [
        ("https://a.it/b", r#"[{"link":["x"],"web":"https://a.it/b","ancora":null}]"#),
        ("#win", r#"[{"link":["x"],"web":null,"ancora":"win"}]"#),
        ("../../p/progetti/win/", r#"[{"link":["x"],"web":null,"ancora":"win"}]"#),
        ("#altrove", r#"["x"]"#),
        ("../../partner/x/", r#"["x"]"#),
        ("javascript:x", r#"["x"]"#),
    ] {
        let said = json(&link(href));
        assert!(said.ends_with(&format!("{{\"tipo\":\"capoverso\",\"righe\":{wanted}}}]")), "{href}: {said}");
    }
    let in_a_text = json("<div class=\"testo\"><p><a href=\"../../partner/x/\">x</a></p></div>");
    assert!(in_a_text.contains("\"web\":\"https://esempio.it/partner/x/\""), "{in_a_text}");
}

#[test]
fn what_is_not_in_the_list_is_refused_where_it_stands() {
    for (html, blamed, why) in [
        ("<p>a</p><video></video>", "<video>", "non è fra gli elementi"),
        ("<p class=\"nota rossa\">a</p>", "<p class=\"nota rossa\">", "non ha la classe `rossa`"),
        ("<p>a <u>b</u></p>", "<u>", "non è fra gli elementi"),
        ("<script>x</script>", "<script>", "non può stare nel documento"),
        ("<p>a", "<p>", "non si chiude"),
        ("<p data-stampa=\"grande\">a</p>", "<p data-stampa=\"grande\">", "non conosce `grande`"),
        (
            "<table data-stampa=\"pesi 1\"><thead><tr><th>A</th><th>B</th></tr></thead></table>",
            "<table data-stampa=\"pesi 1\">",
            "1 numeri",
        ),
        (
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
            "<tr>",
            "2 celle",
        ),
        ("<figure class=\"grafico\" aria-labelledby=\"grafico-x\"></figure>", "<figure", "non è fra quelli"),
        ("<figure class=\"foto\"></figure>", "<figure", "non ha la classe"),
        ("<dl class=\"coppie\"><dd>a</dd></dl>", "<dd>", "`<dt>`"),
        ("<td>a</td>", "<td>", "fuori posto"),
        ("<p>&ignoto;</p>", "&ignoto;", "non è fra quelli noti"),
    ] {
        let errore = mappa(html).expect_err(html);
        assert!(html[errore.posto.clone()].starts_with(blamed), "{html}: {errore:?}");
        assert!(errore.perche.contains(why), "{html}: {errore:?}");
    }
}

#[test]
fn the_style_that_a_chart_brings_takes_nothing_of_what_follows_into_itself() {
    assert_eq!(leggi("<p><link rel=\"stylesheet\" href=\"x.css\">a</p><p>b</p>").expect("a tree").len(), 2);
}

/// Who does not see the parts of a bar hears each of them.
#[test]
fn a_chart_is_told_with_all_its_parts() {
    let detto = |serie: &[(usize, &str)], colonne: Vec<Colonna>, barre: Vec<Barra>| {
        let (titolo, descrizione, didascalia) = ("T".to_owned(), String::new(), String::new());
        let disegno = Disegno { id: "x", titolo, descrizione, serie, scarica: None, didascalia, colonne, totale: None };
        let grafico = disegna(disegno, barre).expect("a chart");
        serde_json::to_value(GraficoStampato::new(&grafico, false)).expect("JSON")["barre"][0]["detta"].clone()
    };
    let barra = |pesi: &[u64], valore: &str| {
        let riga = std::iter::once(Cella::from("A")).chain(pesi.iter().map(|&peso| Cella::from(peso)));
        Barra::semplice("A".into(), pesi, valore.into(), riga.collect())
    };
    let colonne = vec![di_parole("Nome"), di_numeri("Uno"), di_numeri("Due"), di_numeri("Tre")];
    let serie = [(1, "Uno"), (2, "Due"), (3, "Tre")];
    assert_eq!(detto(&serie, colonne, vec![barra(&[5, 3, 2], "10"), barra(&[1, 1, 1], "3")]), "A: Uno 5, Due 3, Tre 2");
    let colonne = vec![di_parole("Nome"), di_numeri("Uno")];
    assert_eq!(detto(&serie[..1], colonne, vec![barra(&[5], "5 (50 %)"), barra(&[4], "4")]), "A: 5 (50 %)");
}

#[test]
fn deep_marks_end_and_words_stay() {
    let deep = ["<ul><li>".repeat(40), "<p>parola</p>".to_owned(), "</li></ul>".repeat(40)].concat();
    let said = json(&deep);
    assert!(said.matches("elenco").count() < 20 && said.contains("parola"), "{said}");
}
