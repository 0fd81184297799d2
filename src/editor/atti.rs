//! Acts as people cite them: `Determina n. 388 del 28/02/2026`.

use super::form::address;
use super::forme::{quando, quando_breve};
use crate::fogli::id_di_atto;
use crate::input::elenchi::{Elenchi, Valore as Voce};
use crate::record::{senza_n, tipi_simili};
use crate::suggest::slug;
use crate::value::Quando;
use crate::yaml::modifica::Valore;

/// What makes an act known; its day is as records hold it.
struct Citato {
    tipo: String,
    numero: String,
    data: String,
}

/// What stands between the number of an act and its day.
const DEL: [&str; 4] = [" del ", " dell'", " dell’", " in data "];

fn citato(detto: &str) -> Option<Citato> {
    let minuscolo = detto.to_ascii_lowercase();
    let taglio = DEL.iter().filter_map(|parola| Some((minuscolo.rfind(parola)?, parola.len()))).max();
    let (davanti, data) = match taglio {
        Some((posto, quanti)) => (detto.get(..posto)?, detto.get(posto + quanti..)?),
        // `Determina 388/2026`
        None => detto.rsplit_once('/').filter(|(_, anno)| anno.trim().len() == 4)?,
    };
    let parole: Vec<&str> = davanti.split_whitespace().map(|parola| parola.trim_end_matches(',')).collect();
    let posto = parole.iter().position(|parola| parola.contains(|c: char| c.is_ascii_digit()))?;
    let e_numero = |parola: &&&str| matches!(slug(parola).as_str(), "" | "n" | "nr" | "num" | "numero");
    let tipo: Vec<&str> = parole[..posto].iter().filter(|parola| !e_numero(parola)).copied().collect();
    Some(Citato { tipo: tipo.join(" "), numero: senza_n(parole[posto]).to_owned(), data: quando(data.trim())? })
}

impl Citato {
    /// Whether another citation is of the same act: of this one type and part of the day may be missing.
    fn e(&self, altro: &Citato) -> bool {
        let tipo = self.tipo.is_empty() || tipi_simili(&self.tipo, &altro.tipo);
        tipo && slug(&self.numero) == slug(&altro.numero) && altro.data.starts_with(&self.data)
    }

    fn id(&self) -> String {
        let campi = [("tipo", &self.tipo), ("numero", &self.numero), ("data", &self.data)];
        let campi = campi.map(|(nome, detto)| (nome.to_owned(), Valore::from(detto.as_str())));
        id_di_atto(&Valore::Gruppo(campi.into()))
    }
}

/// The identifier of an act that is cited. Of one that is not there, the one that its own form will give it.
pub fn id(detto: &str, voci: &[Voce]) -> String {
    let Some(suo) = citato(detto) else { return slug(detto) };
    let mut trovati = voci.iter().filter(|voce| citato(&voce.nome).is_some_and(|noto| suo.e(&noto)));
    if let (Some(uno), None) = (trovati.next(), trovati.next()) {
        return uno.valore.clone();
    }
    // Never that of another act.
    Some(suo.id()).filter(|id| !voci.iter().any(|voce| voce.valore == *id)).unwrap_or_else(|| slug(detto))
}

/// Whether what is named is one of the acts.
pub fn e_noto(detto: &str, elenchi: &Elenchi) -> bool {
    let id = super::forme::id_nominato("atti", detto, elenchi);
    elenchi.di("atti").iter().any(|voce| voce.valore == id)
}

/// The form of an act that is cited and not there.
pub fn nuovo(detto: &str, piano: &str) -> String {
    let suo = citato(detto);
    let giorno = |suo: &Citato| Quando::parse(&suo.data).map(quando_breve).unwrap_or_default();
    let (tipo, numero, data) = suo.map(|suo| (suo.tipo.clone(), suo.numero.clone(), giorno(&suo))).unwrap_or_default();
    address("nuova", &[("genere", "atto"), ("piano", piano), ("tipo", &tipo), ("numero", &numero), ("data", &data)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_known_by_type_number_and_day_however_they_are_written() {
        let voce = |valore: &str, nome: &str| Voce { valore: valore.to_owned(), nome: nome.to_owned(), norma: None };
        let noti = [
            voce("det-388-2026", "Determina n. 388 del 28 febbraio 2026"),
            voce("del-388-2026", "Delibera n. 388 del 28 febbraio 2026"),
            voce("det-5", "Determina n. 5 dell'11 maggio 2026"),
            voce("det-5-altra", "Determina n. 5 del 2 giugno 2026"),
        ];
        for (detto, atteso) in [
            ("Determina n. 388 del 28/02/2026", "det-388-2026"),
            ("determinazione dirigenziale 388 del 28.2.2026", "det-388-2026"),
            ("Det. n.388, in data 2026-02-28", "det-388-2026"),
            ("Deliberazione n° 388 del 28 feb 2026", "del-388-2026"),
            ("delibera 388/2026", "del-388-2026"),
            ("5 dell’11 maggio 2026", "det-5"),
            ("Determina n. 5 dell'ATS Esempio del 2/6/2026", "det-5-altra"),
            // Of another day, of two acts, of none.
            ("Determina n. 388 del 27/02/2026", "determina-n-388-del-27-02-2026"),
            ("Determina 5/2026", "det-5-2026"),
            ("Determina n. 500 del 2 aprile 2026", "det-500-2026"),
            ("la determina di ieri", "la-determina-di-ieri"),
        ] {
            assert_eq!(id(detto, &noti), atteso, "{detto}");
        }
    }
}
