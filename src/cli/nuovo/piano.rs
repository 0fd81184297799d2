//! A new plan: its record and, where the act that divides the money is known, its resources.

use crate::input::elenchi::Elenchi;
use crate::norme::GENERALE;
use crate::plan::{Norme, di_un_piano, extends};
use crate::record::{Atto, Destinazione, Norma, RigaRiparto, Riparto, StatoPiano};
use crate::schema::{Genere, chiave};
use crate::suggest;
use crate::value::{Data, Euro, Id};
use crate::yaml;

use super::Posto;
use super::scheletro::{Noti, riga};

/// How the Region divides the money of a programming among the agencies, as the act prints it, by the norm.
const RIPARTI: [(&str, &str); 1] = [("dgr-5464-2025", include_str!("riparto-dgr-5464-2025.yaml"))];

/// The plan of some years, under a norm.
pub struct Nuovo<'a> {
    pub id: Id,
    pub titolo: String,
    anni: (u16, u16),
    norma: Id,
    norme: &'a Norme,
    /// The name of the agency, as the tables of the Region have it.
    ats: &'a str,
    /// Nobody named the norm, and none is of these years.
    norma_presunta: bool,
}

/// The years in the name of a plan: `2025-2027`, `2026`.
pub fn anni(id: &str) -> Result<(u16, u16), String> {
    let anno = |testo: &str| Some(testo).filter(|testo| testo.len() == 4)?.parse::<u16>().ok();
    let (dal, al) = id.split_once('-').unwrap_or((id, id));
    match (anno(dal), anno(al)) {
        (Some(dal), Some(al)) if (2000..2100).contains(&dal) && (dal..dal + 10).contains(&al) => Ok((dal, al)),
        _ => Err(format!("`{id}` non è un periodo: scrivi il primo e l'ultimo anno, come `2025-2027`")),
    }
}

impl<'a> Nuovo<'a> {
    pub fn new(
        id: &str,
        titolo: Option<&str>,
        norma: Option<&str>,
        norme: &'a Norme,
        ats: &'a str,
    ) -> Result<Self, String> {
        let anni = anni(id)?;
        let id = Id::parse(id)?;
        let sua = norme.iter().find(|(_, norma)| norma.estende.is_none() && norma.titolo.ends_with(id.as_str()));
        let ultima =
            || norme.iter().filter(|(id, norma)| di_un_piano(id, norma)).max_by_key(|(_, norma)| giorno(norma));
        let (scelta, presunta) = match norma {
            Some(nome) => {
                let trovata = norme.iter().find(|(id, _)| id.as_str() == nome);
                let (id, norma) = trovata.ok_or_else(|| sconosciuta(nome, norme))?;
                if !di_un_piano(id, norma) {
                    return Err(format!(
                        "la norma `{nome}` non è quella di un Piano: vale per tutti; si può scegliere fra {}",
                        suggest::list(di_piani(norme))
                    ));
                }
                (id, false)
            }
            None => {
                let (norma, _) = sua.or_else(ultima).ok_or("nessuna norma è nota")?;
                (norma, sua.is_none())
            }
        };
        let titolo = titolo.map_or_else(|| format!("Piano Territoriale di Conciliazione {id}"), str::to_owned);
        Ok(Nuovo { titolo, anni, norma: scelta.clone(), norme, ats, norma_presunta: presunta, id })
    }

    pub fn norma(&self) -> (&Id, &Norma) {
        (&self.norma, &self.norme[&self.norma])
    }

    /// What is told where nobody named the norm and none is of these years.
    pub fn presunta(&self) -> Option<String> {
        let (id, norma) = self.norma();
        let detta = || {
            format!(
                "Nessuna norma nota è del {}: ho scritto `{id}` ({}), la più recente. Quando c'è l'atto nuovo, cambiala.",
                self.id,
                norma.cita()
            )
        };
        self.norma_presunta.then(detta)
    }

    /// What the act gives to the agency, year by year.
    pub fn riparto(&self) -> Option<(String, Riparto)> {
        let (_, testo) = RIPARTI.iter().find(|(norma, _)| *norma == self.norma.as_str())?;
        let mut riparto: Riparto = yaml::value(testo)?;
        let anni = u32::from(self.anni.0)..=u32::from(self.anni.1);
        if !riparto.totale_annuo.keys().copied().eq(anni) {
            return None;
        }
        let riga = format!("- ats: {}\n", self.ats);
        let testo = testo.replace(&riga, &format!("{riga}    questa: true\n"));
        riparto.righe.retain(|riga| riga.ats == self.ats);
        Some((testo, riparto))
    }

    /// The files, by their place in the content folder.
    pub fn file(&self, posto: Posto) -> Vec<(String, Vec<u8>)> {
        let (id, norma) = self.norma();
        let vale = |altra: &Id| altra == id || altra.as_str() == GENERALE || extends(self.norme, id, altra);
        let sue = self.norme.iter().filter(|(altra, norma)| vale(altra) || norma.vale_sempre);
        let elenchi = Elenchi::new(None, &sue.map(|(id, norma)| (id.clone(), norma.clone())).collect());
        let scheda = |nome, noti: &Noti| {
            let genere = Genere::di(nome);
            let file = genere.file("", self.id.as_str());
            let testo = posto.scheda(genere, &file, noti, &elenchi);
            (file, testo.into_bytes())
        };
        let mut noti = vec![
            ("titolo", yaml::scalare(&self.titolo)),
            ("periodo.dal", format!("{}-01-01", self.anni.0)),
            ("periodo.al", format!("{}-12-31", self.anni.1)),
            ("norma", id.to_string()),
            ("stato", chiave(StatoPiano::InPreparazione).to_owned()),
        ];
        noti.extend(norma.atto.as_ref().map(|atto| ("atti", in_elenco(&scritto(atto)))));
        let mut file = vec![scheda("piano", &noti)];
        if let Some((testo, riparto)) = self.riparto() {
            let mut noti = vec![("riparto", testo)];
            noti.extend(riparto.righe.first().map(|riga| ("dotazione", dotazione(riga, norma))));
            file.push(scheda("risorse", &noti));
        }
        file
    }
}

/// Which act is the later one.
fn giorno(norma: &Norma) -> Option<Data> {
    Some(norma.atto.as_ref()?.data?.primo())
}

fn sconosciuta(nome: &str, norme: &Norme) -> String {
    suggest::none_of(&format!("la norma `{nome}` non c'è"), nome, di_piani(norme))
}

fn di_piani(norme: &Norme) -> impl Iterator<Item = &str> + Clone {
    norme.iter().filter(|(id, norma)| di_un_piano(id, norma)).map(|(id, _)| id.as_str())
}

fn scritto(atto: &Atto) -> String {
    let data = atto.data.and_then(|data| data.giorno());
    let campi = [
        ("tipo", Some(yaml::scalare(&atto.tipo))),
        ("numero", atto.numero.as_deref().map(yaml::scalare)),
        ("data", data.map(|data| data.to_string())),
        ("organo", atto.organo.as_deref().map(yaml::scalare)),
        ("oggetto", atto.oggetto.as_deref().map(|oggetto| yaml::scalare(&oggetto.replace('\n', " ")))),
    ];
    campi.into_iter().filter_map(|(nome, valore)| Some(riga("", nome, &valore?))).collect()
}

/// The amounts that the act gives to the agency: what each is for, no act says yet.
fn dotazione(riga_di_riparto: &RigaRiparto, norma: &Norma) -> String {
    let somma = |(anno, importo): (&u32, &Euro)| {
        in_elenco(&format!(
            "id: risorse-{anno}\ndescrizione: Risorse regionali per il {anno}\norigine: {}\nanno: {anno}\nimporto: {importo}\ndestinazione: {}\n",
            yaml::scalare(&norma.cita()),
            chiave(Destinazione::Piano)
        ))
    };
    riga_di_riparto.importi.iter().map(somma).collect()
}

/// An entry as a list has it.
pub fn in_elenco(voce: &str) -> String {
    let righe = voce.lines().enumerate();
    righe.map(|(i, riga)| format!("{} {riga}\n", if i == 0 { '-' } else { ' ' })).collect()
}
