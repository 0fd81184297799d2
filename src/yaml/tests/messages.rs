//! Whole outputs for each code: what the users read.

use super::schema::Scheda;
use super::show;
use crate::yaml::{parse, parse_one_or_many};

fn one(text: &str) -> String {
    show(text, parse::<Scheda>("win.yaml", text, 0..text.len()))
}

fn many(text: &str) -> String {
    let read = parse_one_or_many::<Scheda>("win.yaml", text);
    show(text, read.map(|(schede, _)| schede))
}

#[test]
fn c01_a_colon_in_a_text() {
    let text = "titolo: Modello: vincente
scheda: 1
";
    let expected = "
errore[C-01]: i due punti dentro un testo senza virgolette
 --> win.yaml:1:16
  |
1 | titolo: Modello: vincente
  |                ^
  |
  = aiuto: metti tutto il testo fra virgolette: `\"…\"`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_missing_space_after_the_colon() {
    let text = "titolo: x
scheda:1
alleanza: y
";
    let expected = "
errore[C-01]: manca lo spazio dopo i due punti
 --> win.yaml:2:7
  |
2 | scheda:1
  |       ^
  |
  = aiuto: scrivi `campo: valore`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_missing_space_on_the_first_line() {
    let text = "titolo:x
scheda: 1
";
    let expected = "
errore[C-01]: manca lo spazio dopo i due punti
 --> win.yaml:1:7
  |
1 | titolo:x
  |       ^
  |
  = aiuto: scrivi `campo: valore`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_an_unclosed_quote() {
    let text = "titolo: \"Città e imprese
scheda: 1
alleanza: \"x\"
";
    let expected = "
errore[C-01]: una virgoletta aperta e non chiusa
 --> win.yaml:1:9
  |
1 | titolo: \"Città e imprese
  |         ^
  |
  = aiuto: chiudila in fondo al testo

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_an_apostrophe_within_apostrophes() {
    let text = "titolo: 'l'albero'
scheda: 1
";
    let expected = "
errore[C-01]: c'è del testo dopo l'apice che chiude
 --> win.yaml:1:12
  |
1 | titolo: 'l'albero'
  |            ^^^^^^^
  |
  = aiuto: dentro gli apici un apostrofo si scrive doppio (`''`); più semplice: usa le virgolette `\"…\"`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_quotes_within_quotes() {
    let text = "titolo: \"il \"bel\" nome\"
scheda: 1
";
    let expected = "
errore[C-01]: c'è del testo dopo la virgoletta che chiude
 --> win.yaml:1:14
  |
1 | titolo: \"il \"bel\" nome\"
  |              ^^^^
  |
  = aiuto: dentro le virgolette scrivi `\\\"` per una virgoletta, oppure usa «…»

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_an_indented_line() {
    let text = "titolo: x
 scheda: 1
";
    let expected = "
errore[C-01]: il rientro di questa riga non torna
 --> win.yaml:2:2
  |
2 |  scheda: 1
  |  ^^^^^^^^^ non è allineata con le righe del suo gruppo
  |
  = aiuto: allinea i campi dello stesso gruppo, con due spazi per ogni livello; un testo su più righe va dopo `|`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_line_indented_too_little() {
    let text = "finanziamento:
    costo_complessivo: 1
  contributo_richiesto: 1
";
    let expected = "
errore[C-01]: il rientro di questa riga non torna
 --> win.yaml:3:3
  |
3 |   contributo_richiesto: 1
  |   ^^^^^^^^^^^^^^^^^^^^^^^ non è allineata con le righe del suo gruppo
  |
  = aiuto: allinea i campi dello stesso gruppo, con due spazi per ogni livello; un testo su più righe va dopo `|`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_tab() {
    let text = "finanziamento:
\tcosto_complessivo: 1
";
    let expected = "
errore[C-01]: una tabulazione al posto degli spazi
 --> win.yaml:2:1
  |
2 | →costo_complessivo: 1
  | ^ qui c'è un carattere di tabulazione
  |
  = aiuto: per i rientri usa solo spazi, due per ogni livello

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_tab_after_spaces() {
    let text = "finanziamento:
  costo_complessivo: 1
\tcontributo_richiesto: 1
";
    let expected = "
errore[C-01]: una tabulazione al posto degli spazi
 --> win.yaml:3:1
  |
3 | →contributo_richiesto: 1
  | ^ qui c'è un carattere di tabulazione
  |
  = aiuto: per i rientri usa solo spazi, due per ogni livello

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_an_unclosed_bracket() {
    let text = "obiettivi: [a, b
scheda: 1
";
    let expected = "
errore[C-01]: una parentesi aperta e non chiusa, o una virgola che manca
 --> win.yaml:1:12
  |
1 | obiettivi: [a, b
  |            ^
  |
 ::: win.yaml:2:7
  |
2 | scheda: 1
  |       - fin qui non si chiude
  |
  = aiuto: chiudila, e separa gli elementi con una virgola

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_bracket_too_many() {
    let text = "titolo: a
obiettivi: ]
";
    let expected = "
errore[C-01]: una parentesi chiusa che non è stata aperta
 --> win.yaml:2:12
  |
2 | obiettivi: ]
  |            ^
  |
  = aiuto: togli la parentesi, o metti il testo fra virgolette

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_an_unknown_alias() {
    let text = "titolo: *grassetto* e altro
";
    let expected = "
errore[C-01]: `*grassetto*` è un rimando a qualcosa che non c'è
 --> win.yaml:1:9
  |
1 | titolo: *grassetto* e altro
  |         ^^^^^^^^^^^
  |
  = aiuto: se `*` o `&` fa parte del testo, metti tutto il testo fra virgolette: `\"…\"`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_an_at_sign() {
    let text = "titolo: @comune
";
    let expected = "
errore[C-01]: un testo non può cominciare con `@`
 --> win.yaml:1:9
  |
1 | titolo: @comune
  |         ^
  |
  = aiuto: metti tutto il testo fra virgolette: `\"…\"`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_two_documents() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
---
titolo: x
";
    let expected = "
errore[C-01]: il file contiene più di un documento
 --> win.yaml:4:1
  |
4 | ---
  | ^^^
  |
  = aiuto: togli la riga `---`: ogni file contiene una scheda, o un elenco di schede

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_an_empty_file() {
    let text = "# solo un commento

";
    let expected = "
errore[C-01]: il file non ha che commenti
--> win.yaml
 = aiuto: scrivi la scheda, o togli il file

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_nul_byte() {
    let text = "titolo: a\0b
";
    let expected = "
errore[C-01]: un carattere invisibile non ammesso (U+0000)
 --> win.yaml:1:10
  |
1 | titolo: a␀b
  |          ^
  |
  = aiuto: cancellalo: di solito arriva copiando da un altro programma

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_list_item_among_fields() {
    let text = "titolo: a
- b
";
    let expected = "
errore[C-01]: campi e trattini di un elenco mescolati allo stesso livello
 --> win.yaml:2:1
  |
2 | - b
  | ^^^
  |
  = aiuto: un elenco sta tutto sotto il suo campo, rientrato di due spazi

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_dash_on_the_line_of_the_key() {
    let text = "obiettivi: - b
";
    let expected = "
errore[C-01]: un elenco con i trattini comincia su una riga nuova
 --> win.yaml:1:12
  |
1 | obiettivi: - b
  |            ^
  |
  = aiuto: vai a capo prima del trattino; se è un testo, mettilo fra virgolette

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_backslash_in_quotes() {
    let text = "titolo: \"C:\\dati\"
";
    let expected = "
errore[C-01]: una barra `\\` fra virgolette ha un significato speciale
 --> win.yaml:1:9
  |
1 | titolo: \"C:\\dati\"
  |         ^^^^^^^^^
  |
  = aiuto: scrivi `\\\\` per una barra, o usa gli apici `'…'`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_line_without_a_key() {
    let text = "titolo: a
ancora
";
    let expected = "
errore[C-01]: manca `:` dopo il nome del campo
 --> win.yaml:2:1
  |
2 | ancora
  | ^^^^^^
  |
  = aiuto: ogni riga è `campo: valore`; il seguito di un testo va rientrato più del suo campo

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_comment_within_a_text() {
    let text = "titolo: a # b
  continua
";
    let expected = "
errore[C-01]: un commento in mezzo a un testo
 --> win.yaml:1:11
  |
1 | titolo: a # b
  |           ^^^
  |
  = aiuto: sposta il commento; se `#` fa parte del testo, metti tutto il testo fra virgolette

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_comma_too_many() {
    let text = "obiettivi: [a,, b]
";
    let expected = "
errore[C-01]: una virgola senza un elemento prima
 --> win.yaml:1:15
  |
1 | obiettivi: [a,, b]
  |               ^
  |
  = aiuto: togli la virgola, o scrivi l'elemento che manca

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c01_a_percent_sign() {
    let text = "titolo: %
%altro
";
    let expected = "
errore[C-01]: un testo non può cominciare con `%`
 --> win.yaml:1:9
  |
1 | titolo: %
  |         ^
  |
  = aiuto: metti tutto il testo fra virgolette: `\"…\"`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c02_an_unknown_key() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
allenza: x
pippo: 3
";
    let expected = "
errore[C-02]: il campo `allenza` non esiste
 --> win.yaml:4:1
  |
4 | allenza: x
  | ^^^^^^^
  |
  = aiuto: forse intendevi `alleanza`?

errore[C-02]: il campo `pippo` non esiste
 --> win.yaml:5:1
  |
5 | pippo: 3
  | ^^^^^
  |
  = aiuto: i campi ammessi sono `titolo`, `scheda`, `alleanza`, `stato`, `durata`, `finanziamento`, `azioni`, `obiettivi`, `pubblicata`, `sigla`, `saldo` e `note`

2 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c02_a_misspelt_key_is_not_also_missing() {
    let text = "titlo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-02]: il campo `titlo` non esiste
 --> win.yaml:1:1
  |
1 | titlo: W.IN.
  | ^^^^^
  |
  = aiuto: forse intendevi `titolo`?

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c02_a_merge_key() {
    let text = "titolo: x
scheda: 1
<<: { a: 1 }
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-02]: il campo `<<` non esiste
 --> win.yaml:3:1
  |
3 | <<: { a: 1 }
  | ^^
  |
  = aiuto: le unioni `<<` non sono ammesse: scrivi i campi per esteso

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c03_missing_keys() {
    let text = "titolo: x
finanziamento:
  costo_complessivo: 1
";
    let expected = "
errore[C-03]: manca il campo `scheda`
 --> win.yaml:1:1
  |
1 | titolo: x
  | ^^^^^^
  |
  = aiuto: aggiungi `scheda: …`

errore[C-03]: manca il campo `contributo_richiesto` in `finanziamento`
 --> win.yaml:2:1
  |
2 | finanziamento:
  | ^^^^^^^^^^^^^
  |
  = aiuto: aggiungi `contributo_richiesto: …`

2 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c03_missing_in_an_empty_group() {
    let text = "titolo: x
scheda: 1
finanziamento:
";
    let expected = "
errore[C-03]: manca il campo `contributo_richiesto` in `finanziamento`
 --> win.yaml:3:1
  |
3 | finanziamento:
  | ^^^^^^^^^^^^^
  |
  = aiuto: aggiungi `contributo_richiesto: …`

errore[C-03]: manca il campo `costo_complessivo` in `finanziamento`
 --> win.yaml:3:1
  |
3 | finanziamento:
  | ^^^^^^^^^^^^^
  |
  = aiuto: aggiungi `costo_complessivo: …`

2 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c03_missing_in_a_list_element() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
azioni:
  - titolo: a
    macrocategoria: b
  - macrocategoria: c
";
    let expected = "
errore[C-03]: manca il campo `titolo` nell'elemento 2 di `azioni`
 --> win.yaml:7:5
  |
7 |   - macrocategoria: c
  |     ^^^^^^^^^^^^^^
  |
  = aiuto: aggiungi `titolo: …`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_wrong_kinds() {
    let text = "titolo: [a]
scheda: uno
finanziamento: tutto
pubblicata: sì
obiettivi: uno
sigla: AB
saldo: [1]
";
    let expected = "
errore[C-04]: `titolo` deve essere un testo
 --> win.yaml:1:9
  |
1 | titolo: [a]
  |         ^^^ qui c'è un elenco
  |
  = aiuto: se il testo comincia con `[` o con `- `, mettilo fra virgolette

errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.yaml:2:9
  |
2 | scheda: uno
  |         ^^^ qui c'è il testo `uno`

errore[C-04]: `finanziamento` deve essere un gruppo di campi
 --> win.yaml:3:16
  |
3 | finanziamento: tutto
  |                ^^^^^ qui c'è il testo `tutto`
  |
  = aiuto: `finanziamento` è un gruppo: i suoi campi sono `costo_complessivo`, `contributo_richiesto` e `contributo_riconosciuto`

errore[C-04]: `pubblicata` deve essere `true` o `false`
 --> win.yaml:4:13
  |
4 | pubblicata: sì
  |             ^^ qui c'è il testo `sì`
  |
  = aiuto: scrivi `true`

errore[C-04]: `obiettivi` deve essere un elenco
 --> win.yaml:5:12
  |
5 | obiettivi: uno
  |            ^^^ qui c'è il testo `uno`
  |
  = aiuto: scrivi ogni elemento su una riga che comincia con `- `, o tutti fra parentesi quadre

errore[C-04]: `sigla`: `AB` non è una casella: scrivi la colonna da A a H e la riga da 1 a 12, come `B3`
 --> win.yaml:6:8
  |
6 | sigla: AB
  |        ^^

errore[C-04]: `saldo` deve essere un punteggio come `23.5`
 --> win.yaml:7:8
  |
7 | saldo: [1]
  |        ^^^ qui c'è un elenco

7 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_numbers_out_of_bounds() {
    let text = "titolo: x
scheda: 99999999999
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: `scheda` deve essere un numero intero non negativo fino a 4294967295
 --> win.yaml:2:9
  |
2 | scheda: 99999999999
  |         ^^^^^^^^^^^ qui c'è il numero `99999999999`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_a_negative_number() {
    let text = "titolo: x
scheda: -1
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.yaml:2:9
  |
2 | scheda: -1
  |         ^^ qui c'è il numero `-1`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_a_quoted_number() {
    let text = "titolo: x
scheda: \"1\"
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.yaml:2:9
  |
2 | scheda: \"1\"
  |         ^^^ qui c'è il testo `1`
  |
  = aiuto: togli le virgolette

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_words_of_the_exact_values() {
    let text = "titolo: x
scheda: 1
finanziamento:
  costo_complessivo: 1.234,00
  contributo_richiesto: 3.456
durata: { dal: ieri, al: 2019-01-15 }
azioni:
  - { titolo: a, macrocategoria: Imprese }
";
    let expected = "
errore[C-04]: `costo_complessivo`: `1.234,00` non è un importo: scrivilo come `1234.00`
 --> win.yaml:4:22
  |
4 |   costo_complessivo: 1.234,00
  |                      ^^^^^^^^

errore[C-04]: `contributo_richiesto`: `3.456` ha più di due decimali: se sono migliaia scrivi `3456.00`
 --> win.yaml:5:25
  |
5 |   contributo_richiesto: 3.456
  |                         ^^^^^

errore[C-04]: `dal`: `ieri` non è una data: scrivila con anno, mese e giorno, per esempio `2019-01-15`
 --> win.yaml:6:16
  |
6 | durata: { dal: ieri, al: 2019-01-15 }
  |                ^^^^

errore[C-04]: `macrocategoria`: `Imprese` non è un identificativo: usa lettere minuscole senza accenti, cifre e trattini singoli, come `comune-albino`
 --> win.yaml:8:34
  |
8 |   - { titolo: a, macrocategoria: Imprese }
  |                                  ^^^^^^^

4 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_a_glued_colon_in_a_group() {
    let text = "titolo: x
scheda: 1
finanziamento:
  costo_complessivo:1
";
    let expected = "
errore[C-04]: `finanziamento` deve essere un gruppo di campi
 --> win.yaml:4:3
  |
4 |   costo_complessivo:1
  |   ^^^^^^^^^^^^^^^^^^^ qui c'è il testo `costo_complessivo:1`
  |
  = aiuto: dopo `costo_complessivo:` ci vuole uno spazio

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_a_null() {
    let text = "titolo: x
scheda: ~
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.yaml:2:9
  |
2 | scheda: ~
  |         ^ `~` vuol dire nessun valore
  |
  = aiuto: scrivi il valore, o togli la riga

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_a_tag() {
    let text = "titolo: !grande x
scheda: !!str 1
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: le etichette YAML come `!grande` non sono ammesse
 --> win.yaml:1:9
  |
1 | titolo: !grande x
  |         ^^^^^^^
  |
  = aiuto: togli l'etichetta; se il punto esclamativo fa parte del testo, metti il testo fra virgolette

errore[C-04]: le etichette YAML come `!!str` non sono ammesse
 --> win.yaml:2:9
  |
2 | scheda: !!str 1
  |         ^^^^^
  |
  = aiuto: togli l'etichetta; se il punto esclamativo fa parte del testo, metti il testo fra virgolette

2 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_a_key_that_is_no_text() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
[a]: 1
note: { a: 1, b: due, [c]: 3 }
";
    let expected = "
errore[C-04]: ciò che sta prima dei due punti deve essere il nome di un campo
 --> win.yaml:4:1
  |
4 | [a]: 1
  | ^^^ qui c'è un elenco

errore[C-04]: `b` deve essere un numero intero non negativo
 --> win.yaml:5:18
  |
5 | note: { a: 1, b: due, [c]: 3 }
  |                  ^^^ qui c'è il testo `due`

errore[C-04]: ciò che sta prima dei due punti deve essere un testo
 --> win.yaml:5:23
  |
5 | note: { a: 1, b: due, [c]: 3 }
  |                       ^^^ qui c'è un elenco
  |
  = aiuto: se il testo comincia con `[` o con `- `, mettilo fra virgolette

3 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c05_a_repeated_key() {
    let text = "titolo: x
scheda: 1
titolo: y
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
scheda: due
";
    let expected = "
errore[C-05]: il campo `titolo` è ripetuto
 --> win.yaml:3:1
  |
3 | titolo: y
  | ^^^^^^
  |
 ::: win.yaml:1:1
  |
1 | titolo: x
  | ------ qui la prima volta
  |
  = aiuto: tieni una sola delle due righe

errore[C-05]: il campo `scheda` è ripetuto
 --> win.yaml:5:1
  |
5 | scheda: due
  | ^^^^^^
  |
 ::: win.yaml:2:1
  |
2 | scheda: 1
  | ------ qui la prima volta
  |
  = aiuto: tieni una sola delle due righe

2 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c05_a_repeated_key_of_a_map() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
note: { a: 1, b: 2, a: 3 }
";
    let expected = "
errore[C-05]: il campo `a` è ripetuto in `note`
 --> win.yaml:4:21
  |
4 | note: { a: 1, b: 2, a: 3 }
  |                     ^
  |
 ::: win.yaml:4:9
  |
4 | note: { a: 1, b: 2, a: 3 }
  |         - qui la prima volta
  |
  = aiuto: tieni una sola delle due righe

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c06_an_unknown_value() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
stato: conclusso
";
    let expected = "
errore[C-06]: `stato`: il valore `conclusso` non è ammesso
 --> win.yaml:4:8
  |
4 | stato: conclusso
  |        ^^^^^^^^^
  |
  = aiuto: forse intendevi `concluso`? i valori ammessi sono `presentato`, `in_corso` e `concluso`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c04_a_list_for_one_value() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
stato: [boh]
";
    let expected = "
errore[C-04]: `stato` deve essere uno dei valori ammessi
 --> win.yaml:4:8
  |
4 | stato: [boh]
  |        ^^^^^ qui c'è un elenco
  |
  = aiuto: i valori ammessi sono `presentato`, `in_corso` e `concluso`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c07_aliases_that_multiply() {
    let text = "a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
";
    let expected = "
errore[C-07]: i rimandi `*nome` moltiplicano il contenuto oltre misura
 --> win.yaml:2:8
  |
2 | b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
  |        ^^
  |
  = aiuto: scrivi i valori per esteso

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c07_an_alias_of_itself() {
    let text = "titolo: &a [*a]
";
    let expected = "
errore[C-07]: i rimandi `*nome` moltiplicano il contenuto oltre misura
 --> win.yaml:1:13
  |
1 | titolo: &a [*a]
  |             ^^
  |
  = aiuto: scrivi i valori per esteso

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn all_kinds_in_one_file() {
    let text = "titolo: x
finanziamento:
  costo: 3
  contributo_richiesto: molto
azioni:
  - titolo: a
    macrocategoria: b
    descrizione: c
  - titolo: {}
    macrocategoria: Terza
stato: finito
scheda: tre
stato: concluso
obiettivi:
  - a
  - [b]
  - {c: d}
";
    let expected = "
errore[C-02]: il campo `costo` non esiste in `finanziamento`
 --> win.yaml:3:3
  |
3 |   costo: 3
  |   ^^^^^
  |
  = aiuto: forse intendevi `costo_complessivo`?

errore[C-04]: `contributo_richiesto`: `molto` non è un importo: scrivilo in cifre, per esempio `56000.00`
 --> win.yaml:4:25
  |
4 |   contributo_richiesto: molto
  |                         ^^^^^

errore[C-02]: il campo `descrizione` non esiste nell'elemento 1 di `azioni`
 --> win.yaml:8:5
  |
8 |     descrizione: c
  |     ^^^^^^^^^^^
  |
  = aiuto: i campi ammessi sono `titolo` e `macrocategoria`

errore[C-04]: `titolo` deve essere un testo
 --> win.yaml:9:13
  |
9 |   - titolo: {}
  |             ^^ qui c'è un gruppo di campi
  |
  = aiuto: se il testo contiene `: `, mettilo tutto fra virgolette

errore[C-04]: `macrocategoria`: `Terza` non è un identificativo: usa lettere minuscole senza accenti, cifre e trattini singoli, come `comune-albino`
  --> win.yaml:10:21
   |
10 |     macrocategoria: Terza
   |                     ^^^^^

errore[C-06]: `stato`: il valore `finito` non è ammesso
  --> win.yaml:11:8
   |
11 | stato: finito
   |        ^^^^^^
   |
   = aiuto: i valori ammessi sono `presentato`, `in_corso` e `concluso`

errore[C-04]: `scheda` deve essere un numero intero non negativo
  --> win.yaml:12:9
   |
12 | scheda: tre
   |         ^^^ qui c'è il testo `tre`

errore[C-05]: il campo `stato` è ripetuto
  --> win.yaml:13:1
   |
13 | stato: concluso
   | ^^^^^
   |
  ::: win.yaml:11:1
   |
11 | stato: finito
   | ----- qui la prima volta
   |
   = aiuto: tieni una sola delle due righe

errore[C-04]: l'elemento 2 di `obiettivi` deve essere un testo
  --> win.yaml:16:5
   |
16 |   - [b]
   |     ^^^ qui c'è un elenco
   |
   = aiuto: se il testo comincia con `[` o con `- `, mettilo fra virgolette

errore[C-04]: l'elemento 3 di `obiettivi` deve essere un testo
  --> win.yaml:17:5
   |
17 |   - {c: d}
   |     ^^^^^^ qui c'è un gruppo di campi
   |
   = aiuto: se il testo contiene `: `, mettilo tutto fra virgolette

10 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn accents_before_the_caret() {
    let text = "titolo: W.IN.
scheda: 1
finanziamento: { costo_complessivo: 65000.00, contributo_richiesto: 40000.00 }
note: { però: è }
";
    let expected = "
errore[C-04]: `però` deve essere un numero intero non negativo
 --> win.yaml:4:15
  |
4 | note: { però: è }
  |               ^ qui c'è il testo `è`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn crlf() {
    let text = "titolo: però\r
scheda: uno\r
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }\r
boh: 1\r
";
    let expected = "
errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.yaml:2:9
  |
2 | scheda: uno
  |         ^^^ qui c'è il testo `uno`

errore[C-02]: il campo `boh` non esiste
 --> win.yaml:4:1
  |
4 | boh: 1
  | ^^^
  |
  = aiuto: i campi ammessi sono `titolo`, `scheda`, `alleanza`, `stato`, `durata`, `finanziamento`, `azioni`, `obiettivi`, `pubblicata`, `sigla`, `saldo` e `note`

2 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn a_list_of_records() {
    let text = "- titolo: a
  scheda: 1
  finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
- titolo: b
  scheda: due
  finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
- titolo: c
  finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.yaml:5:11
  |
5 |   scheda: due
  |           ^^^ qui c'è il testo `due`

errore[C-03]: manca il campo `scheda`
 --> win.yaml:7:3
  |
7 | - titolo: c
  |   ^^^^^^
  |
  = aiuto: aggiungi `scheda: …`

2 errori
";
    assert_eq!(many(text), expected.trim_start());
}

#[test]
fn a_list_with_something_else() {
    let text = "# elenco
- 3
-
- titolo: c
  scheda: 3
  finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: l'elemento 1 dell'elenco deve essere un gruppo di campi
 --> win.yaml:2:3
  |
2 | - 3
  |   ^ qui c'è il numero `3`

errore[C-03]: manca il campo `finanziamento`
 --> win.yaml:3:2
  |
3 | -
  |  ^
  |
  = aiuto: aggiungi `finanziamento: …`

errore[C-03]: manca il campo `scheda`
 --> win.yaml:3:2
  |
3 | -
  |  ^
  |
  = aiuto: aggiungi `scheda: …`

errore[C-03]: manca il campo `titolo`
 --> win.yaml:3:2
  |
3 | -
  |  ^
  |
  = aiuto: aggiungi `titolo: …`

4 errori
";
    assert_eq!(many(text), expected.trim_start());
}

#[test]
fn a_record_where_a_list_may_stand() {
    let text = "titolo: a
scheda: x
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
";
    let expected = "
errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.yaml:2:9
  |
2 | scheda: x
  |         ^ qui c'è il testo `x`

1 errore
";
    assert_eq!(many(text), expected.trim_start());
}

#[test]
fn a_text_where_a_record_should_be() {
    let text = "ciao a tutti
";
    let expected = "
errore[C-04]: il contenuto del file deve essere un gruppo di campi
 --> win.yaml:1:1
  |
1 | ciao a tutti
  | ^^^^^^^^^^^^ qui c'è il testo `ciao a tutti`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}

/// The line and column of the first finding, its message and its remedy.
fn told(text: &str) -> (String, String, String) {
    let shown = one(text);
    let line = |start: &str| {
        let found = shown.lines().find_map(|line| line.trim_start().strip_prefix(start)).unwrap_or_default();
        found.to_owned()
    };
    (line("--> win.yaml:"), shown.lines().next().unwrap_or_default().to_owned(), line("= aiuto: "))
}

#[test]
fn c01_a_first_field_without_a_colon_is_told_on_its_own_line() {
    let cases = [
        ("titolo Nido\nscheda: 1\n", "1:1"),
        ("titolo\nscheda: 1\n", "1:1"),
        // A title of many words is still the field that the record has.
        ("titolo Un nido vicino al lavoro, aperto fino a sera.\nscheda: 1\n", "1:1"),
        ("# commento\n\ntitolo Nido\n\nscheda: 1\n", "3:1"),
        ("finanziamento:\n  costo_complessivo 1\n  contributo_richiesto: 2\n", "2:3"),
        ("azioni:\n  - titolo A\n    macrocategoria: b\n", "2:5"),
        ("azioni:\n  - titolo: A\n    macrocategoria: b\n  - titolo B\n    macrocategoria: b\n", "4:5"),
    ];
    for (text, place) in cases {
        let (at, message, help) = told(text);
        assert_eq!(
            (at.as_str(), message.as_str()),
            (place, "errore[C-01]: manca `:` dopo il nome del campo"),
            "{text}"
        );
        assert!(help.starts_with("ogni riga è `campo: valore`"), "{text}: {help}");
    }
}

#[test]
fn c01_a_text_over_lines_without_its_mark_is_told_where_the_mark_is_missing() {
    let text = "titolo: Nido
note:
  Il progetto vuole: aiutare.
  Altro testo.
scheda: 1
";
    let expected = "
errore[C-01]: il testo di `note` è su più righe, e niente lo dice
 --> win.yaml:2:1
  |
2 | note:
  | ^^^^ qui manca `|`
  |
 ::: win.yaml:4:3
  |
4 |   Altro testo.
  |   ------------ il testo continua qui
  |
  = aiuto: scrivi `note: |`, vai a capo, e rientra tutto il testo di due spazi

1 errore
";
    assert_eq!(one(text), expected.trim_start());
    let others = [
        "scheda: 1\nnote: Il progetto vuole aiutare\n  chi lavora: tutti.\n",
        "scheda: 1\nnote:\nIl progetto vuole aiutare.\nsigla: x\n",
        "scheda: 1\nnote: Il progetto vuole aiutare\ne altro ancora.\nsigla: x\n",
        "scheda: 1\nnote:\n  Primo capoverso.\n\n  Secondo: eccolo.\n",
        "scheda: 1\nnote:\n  **Molto** altro.\n",
    ];
    for text in others {
        let (at, _, help) = told(text);
        assert_eq!(at, "2:1", "{text}");
        assert!(help.starts_with("scrivi `note: |`"), "{text}: {help}");
    }
    let (at, message, _) = told("note: |\n  Primo.\nSecondo fuori.\nscheda: 1\n");
    assert_eq!((at.as_str(), message.as_str()), ("3:1", "errore[C-01]: questa riga è fuori dal testo di `note`"));
    let (at, message, help) = told("note:\n  * uno\n  * due\n");
    assert_eq!(
        (at.as_str(), message.as_str()),
        ("2:3", "errore[C-01]: un elenco si scrive con il trattino, non con `*`")
    );
    assert!(help.contains("`note: |`"), "{help}");
}

#[test]
fn c04_a_text_over_lines_that_looks_like_fields_or_a_list() {
    for text in ["titolo:\n  Testo:\n  - uno\n", "titolo:\n  - uno\n  - due\n"] {
        let rest = "scheda: 1\nfinanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }\n";
        let (at, message, help) = told(&format!("{text}{rest}"));
        assert_eq!((at.as_str(), message.as_str()), ("1:1", "errore[C-04]: `titolo` deve essere un testo"));
        assert!(help.contains("scrivi `titolo: |`"), "{help}");
    }
}

#[test]
fn c01_a_space_of_another_kind() {
    let text = "titolo: x
finanziamento:
  costo_complessivo: 1
\u{a0}\u{a0}contributo_richiesto: 1
";
    let expected = "
errore[C-01]: uno spazio che non è quello della tastiera (U+00A0)
 --> win.yaml:4:1
  |
4 | \u{a0}\u{a0}contributo_richiesto: 1
  | ^^ si vede come uno spazio, ma qui ne serve uno normale
  |
  = aiuto: cancellalo e riscrivilo con la barra spaziatrice: di solito arriva copiando da un altro programma

1 errore
";
    assert_eq!(one(text), expected.trim_start());
    let others = [
        ("\u{a0}titolo: x\n", "1:1"),
        ("titolo: x\nscheda:\u{a0}1\n", "2:8"),
        ("titolo:\u{a0}x\nscheda: 1\n", "1:8"),
        ("titolo: x\n \u{202f}scheda: 1\n", "2:2"),
        ("obiettivi:\n  -\u{a0}uno\n  - due\n", "2:4"),
        ("obiettivi:\n\u{a0}\u{a0}- uno\n", "2:1"),
        ("azioni:\n  - titolo:\u{a0}A\n    macrocategoria: b\n", "2:12"),
    ];
    for (text, place) in others {
        let (at, message, _) = told(text);
        assert_eq!(at, place, "{text}");
        assert!(message.contains("uno spazio che non è"), "{text}: {message}");
    }
    // In a text it is a letter like the others: something else is wrong here.
    let inside =
        "titolo: \"a\n  \u{a0}b: c\"\nobiettivi:\n  - |\n    uno\n    \u{a0}- due\n  - tre:\u{2002}x\nscheda: due\n";
    assert!(!told(inside).1.contains("uno spazio"), "{}", one(inside));
}

#[test]
fn c04_a_decimal_comma_between_braces() {
    let text = "titolo: x
scheda: 1
finanziamento: { costo_complessivo: 12.000,50, contributo_richiesto: 7,5 }
";
    let expected = "
errore[C-04]: `costo_complessivo`: i decimali si scrivono con il punto, non con la virgola
 --> win.yaml:3:37
  |
3 | finanziamento: { costo_complessivo: 12.000,50, contributo_richiesto: 7,5 }
  |                                     ^^^^^^^^^
  |
  = aiuto: scrivi `12000.50`

errore[C-04]: `contributo_richiesto`: i decimali si scrivono con il punto, non con la virgola
 --> win.yaml:3:70
  |
3 | finanziamento: { costo_complessivo: 12.000,50, contributo_richiesto: 7,5 }
  |                                                                      ^^^
  |
  = aiuto: scrivi `7.5`

2 errori
";
    assert_eq!(one(text), expected.trim_start());
}

#[test]
fn c02_a_comma_in_a_text_between_braces() {
    let text = "titolo: x
scheda: 1
finanziamento: { costo_complessivo: 1, contributo_richiesto: 1 }
azioni: [{ titolo: Nido, primo anno, macrocategoria: y }]
";
    let expected = "
errore[C-02]: il campo `primo anno` non esiste nell'elemento 1 di `azioni`
 --> win.yaml:4:26
  |
4 | azioni: [{ titolo: Nido, primo anno, macrocategoria: y }]
  |                          ^^^^^^^^^^
  |
  = aiuto: se la virgola fa parte del testo, metti tutto il testo fra virgolette: `\"…\"`

1 errore
";
    assert_eq!(one(text), expected.trim_start());
}
