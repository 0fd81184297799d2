//! One value and one cell: how it stands there, and what somebody wrote means.
//!
//! The two are each other's inverse: what was shown is read back as the same value.

use rust_decimal::Decimal;

use crate::record::cita;
use crate::suggest::{self, slug};
use crate::value::codici::{e_un_cup, ripulito};
use crate::value::schema::{Difetto, giudice};
use crate::value::{Data, DataOra, Euro, Nodo, Punteggio, Quando, intero_inteso};
use crate::view::Cella;
use crate::yaml::modifica::Valore;

use super::colonne::e_un_atto;
use super::lettura::Dato;
use super::nomi::Nomi;
use super::valori::{sotto, testo};

/// What takes a value away: an empty cell says nothing of it.
pub const TOGLI: &str = "(togli)";

/// What a cell says.
#[derive(Debug, PartialEq)]
pub enum Letto {
    /// Nothing, or that nobody knows.
    Niente,
    Togli,
    Valore(Valore),
}

/// What people write where there is nothing to write.
const NON_DETTO: [&str; 10] = [
    "n-d",
    "nd",
    "n-a",
    "n-p",
    "non-disponibile",
    "non-noto",
    "non-nota",
    "non-indicato",
    "non-pervenuto",
    "da-definire",
];

/// What a cell says of a field, or why it cannot be read.
pub fn legge(dato: &Dato, nodo: Nodo, nomi: &Nomi) -> Result<Letto, String> {
    if let Dato::Testo(scritto) = dato {
        let (scritto, _) = pulito(scritto);
        if scritto == TOGLI {
            return Ok(Letto::Togli);
        }
        if scritto.chars().all(|c| c.is_whitespace() || "-–—.?/".contains(c)) || NON_DETTO.contains(&&*slug(&scritto))
        {
            return Ok(Letto::Niente);
        }
    }
    if let Dato::Guasto(perche) = dato {
        return Err(perche.clone());
    }
    let valore = match nodo.voci() {
        Some(di_voce) => match dato {
            Dato::Testo(scritto) => {
                let voci = divise(scritto).map(|voce| {
                    let letta = uno(&Dato::Testo(voce.to_owned()), di_voce, nomi);
                    // A name has no comma: several of them have.
                    let piu = di_voce.elenco().is_some() && voce.contains(',');
                    letta.map_err(|no| if piu { format!("{no}; se sono più d'uno, dividili con `;`") } else { no })
                });
                Valore::Elenco(voci.collect::<Result<_, _>>()?)
            }
            altro => Valore::Elenco(vec![uno(altro, di_voce, nomi)?]),
        },
        None => uno(dato, nodo, nomi)?,
    };
    Ok(Letto::Valore(valore))
}

/// Entries of a list stand on lines of their own, or behind semicolons.
fn divise(scritto: &str) -> impl Iterator<Item = &str> {
    let segno = if scritto.trim().contains('\n') { '\n' } else { ';' };
    scritto.split(segno).map(str::trim).filter(|voce| !voce.is_empty())
}

/// A text without the spaces that nobody means, and whether it had any.
pub fn pulito(scritto: &str) -> (String, bool) {
    let spazio = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
    let riga = |riga: &str| riga.split(spazio).filter(|parola| !parola.is_empty()).collect::<Vec<_>>().join(" ");
    let righe: Vec<String> = scritto.split('\n').map(riga).collect();
    let pulito = righe.join("\n").trim().to_owned();
    let solo_a_capo = scritto.trim_matches('\n').replace('\r', "");
    let aveva = pulito != solo_a_capo;
    (pulito, aveva)
}

/// What a cell holds, as a text.
pub fn in_lettere(dato: &Dato) -> String {
    match dato {
        Dato::Testo(scritto) => pulito(scritto).0,
        Dato::Numero(numero) => numero.to_string(),
        Dato::Vero(vero) => vero.to_string(),
        Dato::Giorno(detto) | Dato::Guasto(detto) => detto.clone(),
    }
}

fn uno(dato: &Dato, nodo: Nodo, nomi: &Nomi) -> Result<Valore, String> {
    let scritto = in_lettere(dato);
    if e_un_atto(nodo) {
        return nomi.atto(&scritto).map(Valore::from).or_else(|perche| per_esteso(&scritto).ok_or(perche));
    }
    if nodo.e("boolean") && !nodo.e("string") {
        return si_o_no(&scritto);
    }
    if nodo.scelte().next().is_some() {
        return scelta(&scritto, nodo);
    }
    if let Some(elenco) = nodo.elenco() {
        return nomi.trova(elenco, &scritto).map(Valore::from);
    }
    if nodo.e("integer") && !nodo.e("string") {
        return intero(dato, &scritto);
    }
    let in_forma = match (nodo.testo("x-tipo"), dato) {
        ("Euro", Dato::Numero(numero)) => return al_centesimo(*numero).map(Valore::from),
        ("Euro", _) => return importo(&scritto).map(Valore::from),
        ("Data" | "Quando", Dato::Giorno(giorno)) => giorno.get(..10).unwrap_or_default().to_owned(),
        ("Data" | "Quando", Dato::Numero(numero)) if di_un_giorno(*numero) => {
            return Err(format!(
                "`{scritto}` è un numero: dai alla cella il formato della data, o scrivi il giorno, per esempio `29/4/2026`"
            ));
        }
        ("Quando", _) if Quando::parse(&scritto).is_ok() => scritto,
        ("Data" | "Quando", _) => un_giorno(scritto)?,
        ("DataOra", _) => DataOra::intesa(&scritto).map_or(scritto, momento),
        ("Punteggio", _) => scritto.replace(',', "."),
        // People leave blanks between the characters of a CUP.
        _ if e_un_cup(&ripulito(&scritto)) => ripulito(&scritto),
        (_, Dato::Giorno(_)) => {
            return Err("il programma ha fatto un giorno di ciò che era scritto: dai alla cella il formato testo, e \
                        scrivilo di nuovo"
                .to_owned());
        }
        ("Telefoni", Dato::Numero(_)) if !comincia_senza_zeri(&scritto) => {
            return Err(format!(
                "`{scritto}` è un numero, e un telefono può cominciare con uno zero che così si perde: dai alla cella il \
                 formato testo, e scrivilo di nuovo"
            ));
        }
        (_, Dato::Numero(_)) if ha_perso_zeri(&scritto, nodo) => {
            return Err(format!(
                "`{scritto}` è un numero, e un codice può cominciare con zeri che così si perdono: dai alla cella il \
                 formato testo, e scrivilo di nuovo"
            ));
        }
        _ => scritto,
    };
    let difetti = giudice(nodo.testo("x-tipo")).map(|giudice| giudice(&in_forma)).unwrap_or_default();
    match difetti.into_iter().next() {
        Some(Difetto::Detto(perche)) => Err(perche),
        Some(Difetto::Rifiutato(rifiuto, _)) => Err(rifiuto.to_string()),
        None => Ok(Valore::from(in_forma).typed(nodo)),
    }
}

/// Whether a telephone is one that never begins with a zero: a mobile, or one that costs nothing.
fn comincia_senza_zeri(cifre: &str) -> bool {
    (cifre.starts_with('3') && cifre.len() == 10) || (cifre.starts_with("800") && cifre.len() == 9)
}

/// Whether a number is shorter than the code that a field holds: those of bodies have eleven digits.
fn ha_perso_zeri(scritto: &str, nodo: Nodo) -> bool {
    let esempio = nodo.esempio().unwrap_or_default().trim_matches('"');
    esempio.starts_with('0') && esempio.chars().all(|c| c.is_ascii_digit()) && scritto.len() < esempio.len()
}

/// An act that is cited with all that makes it known: `Determina n. 8 del 2 marzo 2026`.
fn per_esteso(scritto: &str) -> Option<Valore> {
    let (tipo, resto) = scritto.split_once(" n. ")?;
    let (numero, data) = resto.split_once(" del ").or_else(|| resto.split_once(" dell'"))?;
    let campi = [("tipo", tipo.to_owned()), ("numero", numero.to_owned()), ("data", Data::intesa(data)?.to_string())];
    Some(Valore::Gruppo(campi.into_iter().map(|(nome, valore)| (nome.to_owned(), Valore::from(valore))).collect()))
}

/// An amount as people write it, also closed against what others would add: `12.000,=`, `500,-`. What is proposed in its
/// place has the form of sheets.
fn importo(scritto: &str) -> Result<Euro, String> {
    let aperto = scritto.trim_end_matches(|c: char| c.is_whitespace() || "€=-–—".contains(c));
    let chiuso = aperto.strip_suffix(',').filter(|_| aperto.len() < scritto.len());
    if let Some(euro) = Euro::inteso(chiuso.unwrap_or(scritto)) {
        return Ok(euro);
    }
    Euro::parse(scritto).map_err(|perche| {
        let proposto = perche.rsplit_once(" `").and_then(|(prima, forma)| Some((prima, forma.strip_suffix('`')?)));
        let proposto = proposto.and_then(|(prima, forma)| Some((prima, Euro::parse(forma).ok()?)));
        proposto.map(|(prima, euro)| format!("{prima} `{}`", euro.italiano())).unwrap_or(perche)
    })
}

const SETTIMANA: [&str; 7] = ["lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica"];

/// A day as people write it, in the form of records: two figures are a year of this century, as plans are.
fn un_giorno(scritto: String) -> Result<String, String> {
    let di_settimana = |parola: &str| {
        let parola = slug(parola);
        parola.len() >= 3 && SETTIMANA.iter().any(|giorno| giorno.starts_with(&parola))
    };
    let nudo = scritto.split_once(' ').filter(|(parola, _)| di_settimana(parola)).map_or(&*scritto, |(_, resto)| resto);
    if let Some(data) = Data::intesa(nudo) {
        return Ok(data.to_string());
    }
    let parti: Vec<&str> = nudo.split(['/', '-', '.']).map(str::trim).collect();
    let cifre = |parte: &&str| !parte.is_empty() && parte.bytes().all(|b| b.is_ascii_digit());
    let no = || format!("`{scritto}` non è una data: scrivila con giorno, mese e anno, per esempio `29/4/2026`");
    let [giorno, mese, anno] = parti[..] else { return Err(no()) };
    let data = match anno.len() {
        _ if !parti.iter().all(cifre) => return Err(no()),
        2 if giorno.len() <= 2 => Data::intesa(&format!("{giorno}/{mese}/20{anno}")),
        4 => None,
        _ if giorno.len() == 4 => None,
        _ => return Err(no()),
    };
    data.map(|data| data.to_string()).ok_or_else(|| format!("il giorno `{scritto}` non esiste nel calendario"))
}

/// A moment, in the form of records.
pub fn momento(momento: DataOra) -> String {
    let ora = momento.ora().map(|ora| format!(" {ora}")).unwrap_or_default();
    format!("{}{ora}", momento.giorno())
}

/// The numbers that spreadsheets give to the days of our lives.
fn di_un_giorno(numero: Decimal) -> bool {
    (Decimal::from(20_000)..Decimal::from(80_000)).contains(&numero)
}

/// What is an amount but for the noise that a spreadsheet leaves behind the last digit.
fn al_centesimo(numero: Decimal) -> Result<Euro, String> {
    const RUMORE: Decimal = Decimal::from_parts(1, 0, 0, false, 7);
    let tondo = numero.round_dp(2);
    if (numero - tondo).abs() > RUMORE {
        return Err(format!(
            "`{}` ha più di due decimali: scrivi l'importo al centesimo",
            numero.to_string().replace('.', ",")
        ));
    }
    Euro::parse(&tondo.to_string())
}

fn intero(dato: &Dato, scritto: &str) -> Result<Valore, String> {
    let cifre = match dato {
        Dato::Testo(_) => scritto.replace(['.', ' '], ""),
        _ => scritto.to_owned(),
    };
    let numero = cifre.parse::<u32>().ok();
    numero.map(Valore::from).ok_or_else(|| match intero_inteso(scritto) {
        Some(inteso) => format!("`{scritto}` non è un numero intero: scrivilo come `{inteso}`"),
        None => format!("`{scritto}` non è un numero intero: scrivilo in cifre, per esempio `25`"),
    })
}

fn si_o_no(scritto: &str) -> Result<Valore, String> {
    match slug(scritto).as_str() {
        "si" | "s" | "vero" | "true" | "x" | "1" => Ok(Valore::from(true)),
        "no" | "n" | "falso" | "false" | "0" => Ok(Valore::from(false)),
        _ => Err(format!("«{scritto}» non va bene: qui si scrive `sì` o `no`")),
    }
}

fn scelta(scritto: &str, nodo: Nodo) -> Result<Valore, String> {
    let detto = slug(scritto);
    let trovata = nodo.nomi().find(|(valore, nome)| slug(valore) == detto || slug(nome) == detto);
    if let Some((valore, _)) = trovata {
        return Ok(Valore::from(valore));
    }
    let nomi = || nodo.nomi().map(|(_, nome)| nome);
    Err(match suggest::closest(scritto, nomi()) {
        Some(vicino) => format!("«{scritto}» non va bene: forse intendevi `{vicino}`?"),
        None => format!("«{scritto}» non va bene: si può scegliere fra {}", suggest::list(nomi())),
    })
}

/// How a value stands in a cell.
pub fn mostra(valore: &Valore, nodo: Nodo) -> Cella<'static> {
    if let Valore::Elenco(voci) = valore {
        let di_voce = nodo.voci().unwrap_or(nodo);
        let voci = voci.iter().filter_map(|voce| {
            let voce = mostra(voce, di_voce);
            // Over several lines it would be several entries.
            let testo = voce.italiano()?.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(testo)
        });
        let voci: Vec<String> = voci.collect();
        let segno = if voci.iter().any(|voce| voce.contains(';')) { "\n" } else { "; " };
        return Cella::from(voci.join(segno));
    }
    if let Valore::Gruppo(_) = valore {
        let campo = |nome: &'static str| sotto(valore, &[nome]).and_then(testo);
        let data = campo("data").and_then(|data| Quando::parse(data).ok());
        return Cella::from(campo("tipo").filter(|_| e_un_atto(nodo)).map(|tipo| cita(tipo, campo("numero"), data)));
    }
    let Some(scritto) = testo(valore) else { return Cella::Assente };
    if nodo.e("boolean") && !nodo.e("string") {
        return Cella::from(if scritto == "true" { "sì" } else { "no" });
    }
    if let Some((_, nome)) = nodo.nomi().find(|(altro, _)| *altro == scritto) {
        return Cella::from(nome.to_owned());
    }
    let figura = match nodo.testo("x-tipo") {
        "Euro" => Euro::parse(scritto).ok().map(Cella::from),
        "Data" | "Quando" => Data::parse(scritto).ok().map(Cella::from),
        "Punteggio" => Punteggio::parse(scritto).ok().map(Cella::from),
        "" if nodo.e("integer") => scritto.parse::<u32>().ok().map(Cella::from),
        _ => None,
    };
    figura.unwrap_or_else(|| Cella::from(scritto.trim_end().to_owned()))
}

/// Whether a cell says what is there already.
pub fn uguali(letto: &Valore, presente: &Valore, nodo: Nodo) -> bool {
    fn parole(valore: &Valore) -> Option<impl Iterator<Item = &str>> {
        testo(valore).map(str::split_whitespace)
    }
    match (letto, presente) {
        (Valore::Elenco(uno), Valore::Elenco(altro)) => {
            let di_voce = nodo.voci().unwrap_or(nodo);
            uno.len() == altro.len() && uno.iter().zip(altro).all(|(uno, altro)| uguali(uno, altro, di_voce))
        }
        _ => match (parole(letto), parole(presente)) {
            // The form of a text is its writer's.
            (Some(uno), Some(altro)) => letto == presente || uno.eq(altro),
            _ => letto == presente,
        },
    }
}

/// Whether a cell is as it was shown, whatever else it could mean.
pub fn e_come_mostrata(dato: &Dato, presente: &Valore, nodo: Nodo) -> bool {
    let Dato::Testo(scritto) = dato else { return false };
    mostra(presente, nodo).italiano().is_some_and(|mostrata| mostrata.split_whitespace().eq(scritto.split_whitespace()))
}

/// A value in the words of the preview.
pub fn in_parole(valore: &Valore, nodo: Nodo) -> String {
    const LUNGO: usize = 60;
    let parole = mostra(valore, nodo).italiano().map(|testo| testo.split_whitespace().collect::<Vec<_>>().join(" "));
    crate::value::accorciato(&parole.unwrap_or_default(), LUNGO).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    fn field(via: &[&'static str]) -> Nodo<'static> {
        via.iter()
            .try_fold(schema::nodo("progetto"), |nodo, nome| nodo.voci().unwrap_or(nodo).campo(nome))
            .expect("a field")
    }

    fn read(dato: Dato, via: &[&'static str]) -> Result<String, String> {
        legge(&dato, field(via), &Nomi::default()).map(|letto| match letto {
            Letto::Valore(valore) => testo(&valore).map_or_else(|| format!("{valore:?}"), str::to_owned),
            altro => format!("{altro:?}"),
        })
    }

    fn text(scritto: &str, via: &[&'static str]) -> Result<String, String> {
        read(Dato::Testo(scritto.to_owned()), via)
    }

    #[test]
    fn amounts_are_read_as_people_write_them_and_never_rounded() {
        let costo = &["finanziamento", "costo_complessivo"];
        for scritto in ["€ 70.000,00", " 70.000 ", "70000", "70000.00", "70.000,0 euro", "€\u{a0}70.000,00"] {
            assert_eq!(text(scritto, costo).as_deref(), Ok("70000.00"), "{scritto}");
        }
        let number = |scritto: &str| read(Dato::Numero(scritto.parse().expect("a number")), costo);
        assert_eq!(number("70000").as_deref(), Ok("70000.00"));
        assert_eq!(number("70000.100000000006").as_deref(), Ok("70000.10"));
        assert!(number("70000.125").expect_err("thousandths").contains("70000,125"));
        assert!(number("-5").expect_err("less than nothing").contains("negativo"));
        // A cell that shows 50 % holds a half: that is no amount.
        assert!(read(Dato::percento("0.5".parse().expect("a number")), costo).expect_err("a part").contains("50%"));
        assert!(text("settantamila", costo).expect_err("words").ends_with("per esempio `56.000,00`"));
        assert!(text("70,000.00", costo).expect_err("of other lands").ends_with("scrivilo come `70.000,00`"));
        for scritto in ["70.000,-", "EUR 70.000,=", "€ 70.000,--", "70.000,- €"] {
            assert_eq!(text(scritto, costo).as_deref(), Ok("70000.00"), "{scritto}");
        }
        assert!(text("-5", costo).is_err() && text("5-", costo).is_err());
    }

    #[test]
    fn a_code_that_lost_its_zeros_is_not_taken_for_another() {
        let codice = schema::nodo("ente").campo("codice_fiscale").expect("a field");
        let read = |dato| legge(&dato, codice, &Nomi::default()).map(|_| ());
        assert!(read(Dato::Numero(18.into())).expect_err("a number").contains("zeri"));
        assert!(read(Dato::Testo("00000000018".into())).is_ok());
        let telefono = schema::nodo("ente").sotto(&crate::path!["contatti", "telefono"]).expect("a field");
        let call = |cifre: i64| legge(&Dato::Numero(cifre.into()), telefono, &Nomi::default()).map(|_| ());
        assert!(call(35_123_456).expect_err("a number").contains("zero"));
        assert!(call(3_401_234_567).is_ok() && call(800_123_456).is_ok());
    }

    #[test]
    fn days_answers_and_choices_are_read_as_people_write_them() {
        for scritto in ["29/4/2026", "29 aprile 2026", "2026-04-29", "29.04.2026"] {
            assert_eq!(text(scritto, &["durata", "dal"]).as_deref(), Ok("2026-04-29"), "{scritto}");
        }
        assert_eq!(read(Dato::Giorno("2026-04-29".into()), &["durata", "dal"]).as_deref(), Ok("2026-04-29"));
        assert!(text("31/4/2026", &["durata", "dal"]).expect_err("no day").contains("non esiste"));
        for scritto in ["29/4/26", "29.04.26", "mercoledì 29 aprile 2026", "Mer 29/4/2026"] {
            assert_eq!(text(scritto, &["durata", "dal"]).as_deref(), Ok("2026-04-29"), "{scritto}");
        }
        assert!(text("31/4/26", &["durata", "dal"]).expect_err("no day").contains("`31/4/26` non esiste"));
        assert!(text("29/4", &["durata", "dal"]).expect_err("no year").contains("non è una data"));
        assert!(text("presto", &["durata", "dal"]).expect_err("no day").contains("non è una data"));
        assert!(read(Dato::Numero(46141.into()), &["durata", "dal"]).expect_err("a number").contains("formato"));
        assert_eq!(text("4 maggio 2022, ore 9.30", &["domanda", "presentata"]).as_deref(), Ok("2022-05-04 09:30"));
        assert_eq!(text("In corso", &["stato"]).as_deref(), Ok("in_corso"));
        assert_eq!(text("NON AMMESSO", &["stato"]).as_deref(), Ok("non_ammesso"));
        assert!(text("in corsa", &["stato"]).expect_err("none").contains("`in corso`"));
        assert_eq!(text("Sì", &["vantaggio_per_imprese"]).as_deref(), Ok("true"));
        assert_eq!(read(Dato::Vero(false), &["vantaggio_per_imprese"]).as_deref(), Ok("false"));
        assert!(text("forse", &["vantaggio_per_imprese"]).is_err());
        assert_eq!(text("1.200", &["scheda"]).as_deref(), Ok("1200"));
        assert!(text("due", &["scheda"]).is_err());
        assert!(read(Dato::Giorno("2026-05-01".into()), &["tema"]).expect_err("a day").contains("formato testo"));
    }

    #[test]
    fn nothing_is_said_in_many_ways() {
        for scritto in ["", "  ", "n.d.", "N.D.", "-", "—", "n/a", "non disponibile", "?"] {
            assert_eq!(text(scritto, &["tema"]).as_deref(), Ok("Niente"), "{scritto}");
        }
        assert_eq!(text("(togli)", &["tema"]).as_deref(), Ok("Togli"));
        assert_eq!(text(" Welfare \u{a0} aziendale ", &["tema"]).as_deref(), Ok("Welfare aziendale"));
        assert_eq!(text("B61J 2200 0140 006", &["atti", "cup"]).as_deref(), Ok("B61J22000140006"));
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for voci in [vec!["uno", "due"], vec!["uno; o due", "tre"], vec!["solo"]] {
            let valore = Valore::Elenco(voci.into_iter().map(Valore::from).collect());
            let shown = mostra(&valore, field(&["obiettivi"])).italiano().expect("a text").into_owned();
            let letto = legge(&Dato::Testo(shown), field(&["obiettivi"]), &Nomi::default());
            assert_eq!(letto, Ok(Letto::Valore(valore)));
        }
    }
}
