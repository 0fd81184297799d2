//! How people call what a cell names: by its identifier, by its name, by number and day.

use std::collections::{BTreeMap, BTreeSet};

use crate::input::elenchi::Elenchi;
use crate::record::senza_n;
use crate::suggest::{self, slug};
use crate::value::Quando;
use crate::yaml::modifica::Valore;

use super::colonne::FOGLI;
use super::schedario::Schedario;
use super::valori::{sotto, testo, voci};

/// What can be named, and by which names.
#[derive(Default)]
pub struct Nomi {
    liste: BTreeMap<String, Lista>,
    atti: BTreeMap<String, Atto>,
}

#[derive(Default)]
struct Lista {
    /// Identifier and name, in the order of the records.
    voci: Vec<(String, String)>,
    /// The identifiers that a name may mean; the name without capitals, accents and marks.
    per_nome: BTreeMap<String, BTreeSet<String>>,
}

/// What makes an act known where it is cited.
struct Atto {
    numero: Vec<String>,
    anno: String,
    cita: String,
}

impl Nomi {
    /// `del_sito` has the words of the norms of every period: bodies are of all of them.
    pub fn new(del_piano: &Elenchi, del_sito: &Elenchi, schedario: &Schedario) -> Self {
        let mut nomi = Nomi::default();
        let nominati = FOGLI.iter().flat_map(|foglio| foglio.colonne()).filter_map(|colonna| {
            let nodo = colonna.nodo;
            nodo.voci().unwrap_or(nodo).elenco()
        });
        for elenco in nominati.collect::<BTreeSet<_>>() {
            let di_norme = del_sito.di(elenco).iter().filter(|voce| voce.norma.is_some());
            for voce in del_piano.di(elenco).iter().chain(di_norme) {
                nomi.aggiungi(elenco, &voce.valore, &voce.nome);
            }
        }
        for (id, ente) in schedario.di("ente") {
            let anche = voci(sotto(ente, &["alias"])).iter().filter_map(testo);
            for nome in sotto(ente, &["sigla"]).and_then(testo).into_iter().chain(anche) {
                nomi.anche("enti", id, nome);
            }
        }
        for (id, atto) in schedario.di("atto") {
            nomi.atto_noto(id, atto);
        }
        nomi
    }

    /// One more entry of a list.
    pub fn aggiungi(&mut self, elenco: &str, id: &str, nome: &str) {
        let lista = self.liste.entry(elenco.to_owned()).or_default();
        if !lista.voci.iter().any(|(altro, _)| altro == id) {
            lista.voci.push((id.to_owned(), nome.to_owned()));
        }
        self.anche(elenco, id, id);
        self.anche(elenco, id, nome);
    }

    fn anche(&mut self, elenco: &str, id: &str, nome: &str) {
        let nome = slug(nome);
        if !nome.is_empty() {
            let lista = self.liste.entry(elenco.to_owned()).or_default();
            lista.per_nome.entry(nome).or_default().insert(id.to_owned());
        }
    }

    pub fn atto_noto(&mut self, id: &str, atto: &Valore) {
        let campo = |nome| sotto(atto, &[nome]).and_then(testo).unwrap_or_default();
        let data = campo("data");
        let noto = Atto {
            numero: parole(senza_n(campo("numero"))),
            anno: data.get(..4).unwrap_or_default().to_owned(),
            cita: format!("{} n. {} del {data}", campo("tipo"), senza_n(campo("numero"))),
        };
        self.aggiungi("atti", id, &noto.cita);
        self.atti.insert(id.to_owned(), noto);
    }

    /// The entries of a list, identifier and name.
    pub fn di(&self, elenco: &str) -> &[(String, String)] {
        self.liste.get(elenco).map(|lista| lista.voci.as_slice()).unwrap_or_default()
    }

    /// The identifier of what is named, if exactly one is called so.
    pub fn id(&self, elenco: &str, detto: &str) -> Result<Option<&str>, String> {
        let Some(trovati) = self.liste.get(elenco).and_then(|lista| lista.per_nome.get(&slug(detto))) else {
            return Ok(None);
        };
        match trovati.get(detto).or_else(|| trovati.first().filter(|_| trovati.len() == 1)) {
            Some(id) => Ok(Some(id)),
            None => {
                let quali = suggest::list(trovati.iter().map(String::as_str));
                Err(format!("«{detto}» può essere più d'uno: scrivi l'identificativo, uno fra {quali}"))
            }
        }
    }

    /// The same, where it has to be there.
    pub fn trova(&self, elenco: &str, detto: &str) -> Result<String, String> {
        if let Some(id) = self.id(elenco, detto)? {
            return Ok(id.to_owned());
        }
        let voci = self.di(elenco);
        let elenco = elenco.replace(['_', '-'], " ");
        if voci.is_empty() {
            return Err(format!("«{detto}» non c'è: l'elenco di {elenco} è ancora vuoto"));
        }
        let vicino = suggest::closest(detto, voci.iter().map(|(id, _)| id.as_str()));
        let vicino = vicino.or_else(|| {
            let nome = suggest::closest(detto, voci.iter().map(|(_, nome)| nome.as_str()))?;
            voci.iter().find(|(_, altro)| altro == nome).map(|(id, _)| id.as_str())
        });
        let vicino = vicino.or_else(|| accorciata(detto, voci));
        // Words of the norms are a closed list; records may be hundreds.
        let mostrate = if elenco.starts_with("categorie") { 40 } else { 12 };
        Err(match vicino {
            Some(vicino) => format!("«{detto}» non c'è: forse intendevi `{vicino}`?"),
            None if voci.len() <= mostrate => {
                let quali = suggest::list(voci.iter().map(|(id, _)| id.as_str()));
                format!("«{detto}» non c'è: si può scegliere fra {quali}")
            }
            None => format!("«{detto}» non c'è nell'elenco «{elenco}»"),
        })
    }

    /// The act that is cited: `det-388-2026`, `Determina n. 388 del 29/4/2026`, `388/2026`.
    pub fn atto(&self, detto: &str) -> Result<String, String> {
        if let Ok(Some(id)) = self.id("atti", detto) {
            return Ok(id.to_owned());
        }
        let parole = parole(detto);
        let detto_in = |atto: &Atto| {
            let posto = parole.windows(atto.numero.len().max(1)).position(|parole| parole == atto.numero)?;
            parole.contains(&atto.anno).then_some(posto)
        };
        // The number comes before the day, whose figures may be another act's number.
        let citati = self.atti.iter().filter_map(|(id, atto)| Some((detto_in(atto)?, id)));
        let citati: Vec<(usize, &String)> = citati.collect();
        let primo = citati.iter().map(|(posto, _)| *posto).min();
        let primi: Vec<&str> =
            citati.iter().filter(|(posto, _)| Some(*posto) == primo).map(|(_, id)| id.as_str()).collect();
        match primi[..] {
            [uno] => Ok(uno.to_owned()),
            [] => {
                let vicino = suggest::closest(detto, self.atti.keys().map(String::as_str));
                let vicino = vicino.map(|vicino| format!("; forse è `{vicino}`")).unwrap_or_default();
                Err(format!(
                    "l'atto «{detto}» non c'è: scrivilo una volta nel foglio Atti, e qui il suo identificativo{vicino}"
                ))
            }
            _ => Err(format!(
                "«{detto}» può essere più di un atto: scrivi l'identificativo, uno fra {}",
                suggest::list(primi.iter().copied())
            )),
        }
    }
}

/// The only entry of which each word begins with the words that are written: `Coop. sociale`.
fn accorciata<'v>(detto: &str, voci: &'v [(String, String)]) -> Option<&'v str> {
    let dette = parole(detto);
    let sua = |nome: &str| {
        let sue = parole(nome);
        sue.len() == dette.len() && sue.iter().zip(&dette).all(|(parola, detta)| parola.starts_with(detta.as_str()))
    };
    let mut trovate = voci.iter().filter(|(id, nome)| sua(id) || sua(nome));
    trovate.next().filter(|_| trovate.next().is_none()).map(|(id, _)| id.as_str())
}

fn parole(testo: &str) -> Vec<String> {
    slug(testo).split('-').filter(|parola| !parola.is_empty()).map(str::to_owned).collect()
}

/// An identifier for an act that has none: `det-388-2026`.
pub fn id_di_atto(atto: &Valore) -> String {
    let campo = |nome| slug(senza_n(sotto(atto, &[nome]).and_then(testo).unwrap_or_default()));
    let tipo: String = campo("tipo").chars().take_while(char::is_ascii_alphanumeric).take(3).collect();
    // What is no day has no year.
    let data = sotto(atto, &["data"]).and_then(testo).and_then(|data| Quando::parse(data).ok());
    let anno = data.map(|data| data.primo().anno().to_string()).unwrap_or_default();
    let parti = [tipo, campo("numero"), anno];
    parti.iter().filter(|parte| !parte.is_empty()).map(String::as_str).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(tipo: &str, numero: &str, data: &str) -> Valore {
        let campi = [("tipo", tipo), ("numero", numero), ("data", data)];
        Valore::Gruppo(campi.iter().map(|(nome, valore)| ((*nome).to_owned(), Valore::from(*valore))).collect())
    }

    #[test]
    fn an_act_is_known_by_what_people_write_of_it() {
        let mut nomi = Nomi::default();
        for (id, tipo, numero, data) in [
            ("det-388-2026", "Determina", "388", "2026-04-29"),
            ("det-29-2026", "Determina", "29", "2026-01-10"),
            ("det-388-2025", "Determina", "388", "2025-04-29"),
            ("dgr-5464", "DGR", "XII/5464", "2025-12-09"),
        ] {
            nomi.atto_noto(id, &act(tipo, numero, data));
        }
        for (detto, id) in [
            ("det-388-2026", "det-388-2026"),
            ("Determina n. 388 del 29/4/2026", "det-388-2026"),
            ("388/2025", "det-388-2025"),
            ("29 del 2026", "det-29-2026"),
            ("DGR XII/5464 del 9 dicembre 2025", "dgr-5464"),
        ] {
            assert_eq!(nomi.atto(detto).as_deref(), Ok(id), "{detto}");
        }
        assert!(nomi.atto("Determina 388").is_err());
        assert!(nomi.atto("Determina 7/2026").expect_err("none").contains("foglio Atti"));
        assert_eq!(id_di_atto(&act("Determina dirigenziale", "388/A", "2026-04-29")), "det-388-a-2026");
        assert_eq!(id_di_atto(&act("Determina", "388", "31/2/2026")), "det-388");
    }

    #[test]
    fn a_name_that_two_have_is_nobodys() {
        let mut nomi = Nomi::default();
        nomi.aggiungi("enti", "comune-alfa", "Comune di Alfa");
        nomi.aggiungi("enti", "alfa-1", "Cooperativa Alfa");
        nomi.aggiungi("enti", "alfa-2", "Cooperativa «Alfa»");
        assert_eq!(nomi.trova("enti", " COMUNE di alfa").as_deref(), Ok("comune-alfa"));
        assert_eq!(nomi.trova("enti", "alfa-2").as_deref(), Ok("alfa-2"));
        assert!(nomi.trova("enti", "cooperativa alfa").expect_err("two").contains("`alfa-1`, `alfa-2`"));
        assert!(nomi.trova("enti", "Comune di Alffa").expect_err("none").ends_with("forse intendevi `comune-alfa`?"));
    }
}
