//! Values as people write them, `70.000,00` and `29/4/2026`, and as records hold them.

use super::atti;
use crate::fogli;
use crate::input::elenchi::{Elenchi, Valore as Voce};
use crate::record::etichetta;
use crate::suggest;
use crate::theme::messaggi::{capital, in_words, quoted, sentence};
use crate::value::{Comune, Data, DataOra, Euro, Nodo, Punteggio, Quando, euro};
use crate::yaml::modifica::Valore;

/// What a field is, in the words of its schema: names of fields are no code here.
pub fn spiegato(detto: &str) -> String {
    capital(&in_words(detto, quoted))
}

/// What the rules say, for whoever writes into a form: amounts and days as people write them, and no YAML.
pub fn a_voce(testo: &str) -> String {
    let testo = senza_gruppo(testo).replace(" (anno-mese-giorno)", "");
    // Choices are values: one that is called as a field is called stays what it is.
    let (detto, scelte) = testo.split_at(testo.find("si può scegliere fra").unwrap_or(testo.len()));
    sentence(&(in_words(detto, nome_a_voce) + &in_words(scelte, quoted)))
}

/// Without the end that shows how a file writes a group: `…, come `finanziamento: { … }``.
fn senza_gruppo(testo: &str) -> &str {
    let Some((detto, esempio)) = testo.rsplit_once(", come `") else { return testo };
    let e_un_gruppo = |(_, valore): (&str, &str)| valore.starts_with('{') && valore.ends_with("}`");
    if esempio.split_once(": ").is_some_and(e_un_gruppo) { detto } else { testo }
}

fn nome_a_voce(parola: &str) -> String {
    // Amounts have two decimals: a score may have one.
    let importo = || Euro::parse(parola).ok().filter(|_| parola.rsplit_once('.').is_some_and(|(_, c)| c.len() == 2));
    let importo = || importo().map(euro);
    let punteggio = || Punteggio::parse(parola).ok().filter(|_| parola.contains('.')).map(Punteggio::italiano);
    let giorno = || DataOra::parse(parola).ok().map(DataOra::lunga);
    let mese = || Quando::parse(parola).ok().filter(|_| parola.contains('-')).map(Quando::lungo);
    if let Some(detto) = importo().or_else(punteggio).or_else(giorno).or_else(mese) {
        return detto;
    }
    let e_un_campo = |campo: &str| !campo.is_empty() && campo.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    match parola.split_once(": ").filter(|(campo, _)| e_un_campo(campo)) {
        Some((campo, valore)) if valore.starts_with(['…', '{', '[']) => nome_a_voce(campo),
        Some((campo, "true")) => format!("{}: sì", quoted(campo)),
        Some((campo, "false")) => format!("{}: no", quoted(campo)),
        Some((campo, valore)) => format!("{}: {}", quoted(campo), nome_a_voce(valore)),
        None => etichetta(parola).map_or_else(|| quoted(parola), str::to_owned),
    }
}

/// The list of the communes, which no record holds.
pub const COMUNI: &str = "comuni";

/// The name of the list from which a value is chosen.
pub fn lista(nodo: Nodo<'static>) -> Option<&'static str> {
    if nodo.testo("x-tipo") == "Comune" {
        return Some(COMUNI);
    }
    nodo.elenco().filter(|_| !e_vero_o_falso(nodo))
}

pub fn e_vero_o_falso(nodo: Nodo) -> bool {
    nodo.e("boolean") && nodo.testo("x-tipo").is_empty()
}

/// The names of a list, for whoever chooses by typing.
pub fn nomi(elenco: &str, elenchi: &Elenchi) -> Vec<String> {
    if elenco == COMUNI {
        return Comune::tutti().map(|comune| comune.nome().to_owned()).collect();
    }
    let voci = elenchi.di(elenco);
    voci.iter().map(|voce| nome(voce, voci)).collect()
}

/// A name; where two have the same, or one has none, the identifier tells them apart.
fn nome(voce: &Voce, voci: &[Voce]) -> String {
    let sosia = || voci.iter().filter(|altra| altra.nome.eq_ignore_ascii_case(&voce.nome)).count() > 1;
    match voce.nome.is_empty() {
        true => voce.valore.clone(),
        false if sosia() => format!("{} [{}]", voce.nome, voce.valore),
        false => voce.nome.clone(),
    }
}

/// The scalar as it is written.
pub fn scritto(valore: &Valore) -> &str {
    fogli::testo(valore).unwrap_or_default()
}

/// A scalar as people read it. What is not of its type is shown as it stands.
pub fn mostra(nodo: Nodo<'static>, valore: &Valore, elenchi: &Elenchi) -> String {
    let testo = scritto(valore);
    if e_vero_o_falso(nodo) || nodo.testo("x-tipo") == "Dichiarazione" {
        return match testo {
            "true" => "sì".to_owned(),
            "false" => "no".to_owned(),
            altro => altro.to_owned(),
        };
    }
    if let Some(elenco) = lista(nodo) {
        let voci = elenchi.di(elenco);
        return voci.iter().find(|voce| voce.valore == testo).map_or_else(|| testo.to_owned(), |voce| nome(voce, voci));
    }
    let letto = match nodo.testo("x-tipo") {
        "Euro" => Euro::parse(testo).ok().map(Euro::italiano),
        "Punteggio" => Punteggio::parse(testo).ok().map(Punteggio::italiano),
        "Data" => Data::parse(testo).ok().map(Data::breve),
        "DataOra" => DataOra::parse(testo).ok().map(momento_breve),
        "Quando" => Quando::parse(testo).ok().map(quando_breve),
        _ => None,
    };
    letto.unwrap_or_else(|| testo.to_owned())
}

fn momento_breve(momento: DataOra) -> String {
    let giorno = momento.giorno().breve();
    momento.ora().map_or(giorno.clone(), |ora| format!("{giorno} {ora}"))
}

pub fn quando_breve(quando: Quando) -> String {
    match quando {
        Quando::Giorno(giorno) => giorno.breve(),
        Quando::Mese(primo) => format!("{:02}/{}", primo.month(), primo.year()),
        Quando::Anno(anno) => anno.to_string(),
    }
}

/// What somebody wrote, as a record holds it. What is not of its type is kept: saving is always possible.
pub fn leggi(nodo: Nodo<'static>, detto: &str, elenchi: &Elenchi) -> Valore {
    let testo = detto.trim();
    let vero_o_falso = || match testo.to_lowercase().as_str() {
        "sì" | "si" | "true" => Some(Valore::from(true)),
        "no" | "false" => Some(Valore::from(false)),
        _ => None,
    };
    if e_vero_o_falso(nodo) {
        return vero_o_falso().unwrap_or_else(|| testo.into());
    }
    if let Some(elenco) = lista(nodo) {
        let e_id = nodo.testo("x-tipo") == "Id" || nodo.e("object");
        return if e_id { id_nominato(elenco, testo, elenchi) } else { nominato(elenco, testo, elenchi) }.into();
    }
    let letto = match nodo.testo("x-tipo") {
        "Dichiarazione" => vero_o_falso(),
        "Euro" => importo(testo).map(Valore::from),
        "Punteggio" => Some(testo.replace(',', ".").into()),
        "Data" => giorno(testo).map(|giorno| giorno.to_string().into()),
        "DataOra" => momento(testo).map(Valore::from),
        "Quando" => quando(testo).map(Valore::from),
        "Id" => Some(suggest::slug(testo)).filter(|id| !id.is_empty()).map(Valore::from),
        _ => None,
    };
    letto.unwrap_or_else(|| testo.into())
}

/// What was named, as records call it; what nobody is called is kept.
fn nominato(elenco: &str, testo: &str, elenchi: &Elenchi) -> String {
    if elenco == COMUNI {
        let detto = Comune::tutti().find(|comune| comune.nome().to_lowercase() == testo.to_lowercase());
        return detto.map_or_else(|| testo.to_owned(), |comune| comune.nome().to_owned());
    }
    noto(elenco, testo, elenchi).unwrap_or(testo).to_owned()
}

/// The identifier of what was named. A name that nobody has makes the one of a record that may be written next.
pub fn id_nominato(elenco: &str, testo: &str, elenchi: &Elenchi) -> String {
    match noto(elenco, testo, elenchi) {
        Some(id) => id.to_owned(),
        None if elenco == "atti" => atti::id(testo, elenchi.di(elenco)),
        None => suggest::slug(testo),
    }
}

fn noto<'e>(elenco: &str, testo: &str, elenchi: &'e Elenchi) -> Option<&'e str> {
    let voci = elenchi.di(elenco);
    let minuscolo = testo.to_lowercase();
    let detta = voci.iter().find(|voce| voce.valore == testo || nome(voce, voci).to_lowercase() == minuscolo);
    detta.map(|voce| voce.valore.as_str())
}

/// An amount, as people write it or as records hold it.
pub fn importo(testo: &str) -> Option<Euro> {
    Euro::parse(testo).ok().or_else(|| Euro::inteso(testo))
}

pub fn giorno(testo: &str) -> Option<Data> {
    Data::parse(testo).ok().or_else(|| Data::intesa(testo))
}

fn momento(testo: &str) -> Option<String> {
    let inteso = DataOra::parse(testo).ok().or_else(|| DataOra::intesa(testo)).map(fogli::momento);
    inteso.or_else(|| Some(giorno(testo)?.to_string()))
}

/// `5/2017`, `2017`, or a day.
pub fn quando(testo: &str) -> Option<String> {
    if Quando::parse(testo).is_ok() {
        return Some(testo.to_owned());
    }
    if let Some(giorno) = giorno(testo) {
        return Some(giorno.to_string());
    }
    let (mese, anno) = testo.split_once(['/', '-'])?;
    let mese: u8 = mese.trim().parse().ok()?;
    let scritto = format!("{}-{mese:02}", anno.trim());
    Quando::parse(&scritto).ok().map(|_| scritto)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::nodo;
    use crate::yaml::modifica::Scheda;

    /// What a field of a project holds after somebody wrote this into it, and how it is shown then.
    fn round(campo: &str, detto: &str) -> (String, String) {
        let elenchi = Elenchi::default();
        let nodo = campo.split('.').fold(nodo("progetto"), |nodo, nome| nodo.gruppo().campo(nome).expect(campo));
        let mut scheda = Scheda::leggi("", nodo).expect("an empty record");
        let passo = [crate::report::Step::from("x")];
        scheda.scrivi(&passo, leggi(nodo, detto, &elenchi)).expect("a value");
        let valore = scheda.valore(&passo).expect("it is there").clone();
        (scritto(&valore).to_owned(), mostra(nodo, &valore, &elenchi))
    }

    #[test]
    fn amounts_days_and_answers_are_read_as_people_write_them() {
        let costo = "finanziamento.costo_complessivo";
        for (campo, detto, scritto, mostrato) in [
            (costo, "70.000,00", "70000.00", "70.000,00"),
            (costo, "70000", "70000.00", "70.000,00"),
            (costo, "€ 70.000", "70000.00", "70.000,00"),
            (costo, "70000.5", "70000.50", "70.000,50"),
            (costo, "circa 70", "circa 70", "circa 70"),
            ("pubblicato_il", "29/4/2026", "2026-04-29", "29/04/2026"),
            ("pubblicato_il", "29 aprile 2026", "2026-04-29", "29/04/2026"),
            ("pubblicato_il", "presto", "presto", "presto"),
            ("domanda.presentata", "4/5/2022 12:00", "2022-05-04 12:00", "04/05/2022 12:00"),
            ("eventi.atto.data", "5/2017", "2017-05", "05/2017"),
            ("graduatoria.punteggio", "23,5", "23.5", "23,5"),
            ("vantaggio_per_imprese", "sì", "true", "sì"),
            ("alleanza", "Valle del Lago", "valle-del-lago", "valle-del-lago"),
        ] {
            assert_eq!(round(campo, detto), (scritto.to_owned(), mostrato.to_owned()), "{campo}: {detto}");
        }
    }

    #[test]
    fn messages_have_amounts_and_days_as_people_write_them() {
        for (detto, a_voce_detto) in [
            ("`x` non è un importo: scrivilo come `56000.00`", "«x» non è un importo: scrivilo come €\u{a0}56.000,00."),
            (
                "`60/100` non è un punteggio: scrivilo in cifre, per esempio `23.5`",
                "«60/100» non è un punteggio: scrivilo in cifre, per esempio 23,5.",
            ),
            ("scrivila come `2019-01-15` (anno-mese-giorno)", "Scrivila come 15 gennaio 2019."),
            (
                "quel giorno decide l'ora: scrivila come `2026-01-30 12:00`",
                "Quel giorno decide l'ora: scrivila come 30 gennaio 2026, ore 12:00.",
            ),
            ("aggiungi `al: …`, compreso nella durata", "Aggiungi la data di fine, compreso nella durata."),
            ("scrivi `durata: { dal: …, al: … }`", "Scrivi la durata."),
            ("scrivi gli importi, come `finanziamento: { cofinanziamento: … }`", "Scrivi gli importi."),
            ("scrivi `nessun_residuo: true`", "Scrivi «nessun residuo»: sì."),
            ("il Piano `2025-2027` finisce nel `2027`", "Il Piano «2025-2027» finisce nel «2027»."),
        ] {
            assert_eq!(a_voce(detto), a_voce_detto);
        }
    }
}
