//! What a norm binds: a whole plan, or single avvisi inside it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::giudizio::{Esame, Giudizio, non_dichiarato};
use crate::path;
use crate::plan::beneficiari::Partecipante;
use crate::plan::qualifiche;
use crate::plan::{Alleanza, Avviso, Ente, Origine, Periodo, Plan, Progetto};
use crate::record::{self, Chi, Norma, Ruolo};
use crate::report::Place;
use crate::value::Id;

/// A norm and the records of one period that it binds.
pub struct Contesto<'a> {
    pub plan: &'a Plan,
    pub p: usize,
    pub periodo: &'a Periodo,
    pub id: &'a Id,
    pub norma: &'a Arc<Norma>,
    /// It binds the plan itself, and not only some of its avvisi.
    pub del_piano: bool,
    /// The records come from a source of years ago: what it leaves out, nobody can add.
    pub storica: bool,
    /// Indices of the projects and avvisi that it binds; projects that were withdrawn are not.
    pub progetti: Vec<usize>,
    pub avvisi: Vec<usize>,
}

/// The record that a verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Soggetto {
    Piano,
    Avviso(usize),
    Progetto(usize),
}

/// What a kind of rule says, record by record.
pub type Giudizi = Vec<(Soggetto, Giudizio)>;

fn judged(soggetto: Soggetto, judge: impl FnOnce(&mut Giudizio)) -> (Soggetto, Giudizio) {
    let mut giudizio = Giudizio::default();
    judge(&mut giudizio);
    (soggetto, giudizio)
}

impl Soggetto {
    /// Every record of a period that rules judge.
    pub fn tutti(periodo: &Periodo) -> impl Iterator<Item = Soggetto> + use<> {
        let avvisi = (0..periodo.avvisi.len()).map(Soggetto::Avviso);
        let progetti = (0..periodo.progetti.len()).map(Soggetto::Progetto);
        std::iter::once(Soggetto::Piano).chain(avvisi).chain(progetti)
    }
}

impl<'a> Contesto<'a> {
    /// Every norm that binds something of a period: that of the plan, those of avvisi, those that always hold.
    pub fn tutti(plan: &'a Plan, p: usize) -> Vec<Self> {
        let periodo = &plan.periodi[p];
        let mut legate: BTreeMap<&'a Id, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        legate.insert(&periodo.dati.norma, Default::default());
        for (a, avviso) in periodo.avvisi.iter().enumerate() {
            let own = avviso.dati.norma.as_ref().and_then(|id| plan.norme.get_key_value(id));
            legate.entry(own.map_or(&periodo.dati.norma, |(id, _)| id)).or_default().0.push(a);
        }
        let live = |i: &usize| !periodo.progetti[*i].dati.stato().e_caduto();
        for i in (0..periodo.progetti.len()).filter(live) {
            let id = plan.norma_di(periodo, &periodo.progetti[i]).0;
            legate.entry(id).or_default().1.push(i);
        }
        let of = |(id, norma): (&'a Id, &'a Arc<Norma>), del_piano, storica, avvisi, progetti| Contesto {
            plan,
            p,
            periodo,
            id,
            norma,
            del_piano,
            storica,
            progetti,
            avvisi,
        };
        let own = legate.into_iter().filter_map(|(id, (avvisi, progetti))| {
            let (id, norma) = plan.norme.get_key_value(id)?;
            Some(of((id, norma), *id == periodo.dati.norma, norma.fonte_storica, avvisi, progetti))
        });
        let always = plan.norme.iter().filter(|(id, norma)| norma.vale_sempre && **id != periodo.dati.norma);
        let storica = periodo.norma.fonte_storica;
        let (avvisi, progetti) = (0..periodo.avvisi.len(), (0..periodo.progetti.len()).filter(live));
        let always = always.map(|norma| of(norma, true, storica, avvisi.clone().collect(), progetti.clone().collect()));
        let mut tutti: Vec<Self> = own.chain(always).collect();
        // The norm of the plan comes first, those that always hold last.
        tutti.sort_by_key(|contesto| (contesto.norma.vale_sempre, !contesto.del_piano, contesto.id.clone()));
        tutti
    }

    pub fn progetti(&self) -> impl Iterator<Item = (usize, &'a Progetto)> + '_ {
        self.progetti.iter().map(|&i| (i, &self.periodo.progetti[i]))
    }

    /// Judges each project that the norm binds.
    pub fn dei_progetti(&self, mut judge: impl FnMut(&'a Progetto, &mut Giudizio)) -> Giudizi {
        self.progetti().map(|(i, progetto)| judged(Soggetto::Progetto(i), |g| judge(progetto, g))).collect()
    }

    /// Judges each call that the norm binds.
    pub fn degli_avvisi(&self, mut judge: impl FnMut(&'a Avviso, &mut Giudizio)) -> Giudizi {
        let avvisi = self.avvisi.iter();
        avvisi.map(|&a| judged(Soggetto::Avviso(a), |g| judge(&self.periodo.avvisi[a], g))).collect()
    }

    /// Judges the plan, if the norm binds it.
    pub fn sul_piano(&self, judge: impl FnOnce(&mut Giudizio)) -> Giudizi {
        if self.del_piano { vec![judged(Soggetto::Piano, judge)] } else { Vec::new() }
    }

    pub fn alleanza(&self, progetto: &Progetto) -> &'a Alleanza {
        &self.periodo.alleanze[progetto.alleanza]
    }

    pub fn ente(&self, i: usize) -> &'a Ente {
        &self.plan.enti[i]
    }

    /// Whether a body has one of these qualifications under this norm.
    pub fn ha(&self, ente: &Ente, qualifiche: &[Id]) -> bool {
        qualifiche::ha_una(self.plan, self.norma, ente, qualifiche)
    }

    /// The same; `None` where it depends on the size of a firm, and its record does not tell it.
    pub fn ha_o_forse(&self, ente: &Ente, qualifiche: &[Id]) -> Option<bool> {
        qualifiche::ha_o_forse(self.plan, self.norma, ente, qualifiche)
    }

    /// Who has to allow the use of residuals, where the norm says.
    pub fn autorizza(&self) -> Option<&'a str> {
        let norma: &'a Norma = self.norma;
        norma.autorizza_residui().flatten()
    }

    /// The record that answers for what is of no single one: the plan, or the call under a norm of its own.
    pub fn chi_risponde(&self) -> Soggetto {
        let avviso = self.avvisi.first().filter(|_| !self.del_piano);
        avviso.map_or(Soggetto::Piano, |&a| Soggetto::Avviso(a))
    }

    /// The bodies that help a project and receive nothing.
    pub fn rete_di_supporto(&self, progetto: &'a Progetto) -> Vec<Partecipante<'a>> {
        let own = progetto.partenariato().filter(|parte| parte.dati.ruolo == Ruolo::Sostenitore);
        let of_alliance = self.alleanza(progetto).rete_di_supporto.iter().map(|&ente| (ente, None));
        let mut seen = BTreeSet::new();
        own.map(|parte| (parte.ente, Some(parte)))
            .chain(of_alliance)
            .filter(|(ente, _)| seen.insert(*ente))
            .map(|(ente, riga)| Partecipante { ente, riga })
            .collect()
    }

    /// The bodies of a project that a rule speaks of.
    pub fn enti_di(&self, chi: Chi, progetto: &'a Progetto) -> Vec<Partecipante<'a>> {
        let partecipanti = self.periodo.partecipanti(progetto);
        match chi {
            Chi::Capofila | Chi::CapofilaDellaRete => partecipanti.into_iter().take(1).collect(),
            Chi::Partner => partecipanti.into_iter().skip(1).collect(),
            Chi::Beneficiari => partecipanti,
            Chi::ReteDiSupporto => self.rete_di_supporto(progetto),
        }
    }

    /// Partners of whom only the number is known; a project with its own list of partners has none.
    pub fn solo_contati(&self, progetto: &Progetto) -> &'a [record::AltriPartner] {
        if progetto.dati.partenariato.is_empty() { &self.alleanza(progetto).dati.altri_partner } else { &[] }
    }
}

/// Where a project names a body: its own row, else the list of the alliance.
pub fn place_of(contesto: &Contesto, progetto: &Progetto, ente: &Ente) -> Place {
    if let Some(riga) = progetto.dati.partenariato.iter().position(|riga| riga.ente == ente.id) {
        return progetto.origine.value(path!["partenariato", riga, "ente"]);
    }
    let Alleanza { dati, origine, .. } = contesto.alleanza(progetto);
    let among = |ids: &[Id]| ids.iter().position(|id| *id == ente.id);
    origine.value(match (among(&dati.partner), among(&dati.rete_di_supporto)) {
        _ if dati.capofila == ente.id => path!["capofila"],
        (Some(i), _) => path!["partner", i],
        (None, Some(i)) => path!["rete_di_supporto", i],
        (None, None) => path!["nome"],
    })
}

/// Where to point for a record as a whole: at its title.
pub fn whole(origine: &Origine) -> Place {
    origine.key(path!["titolo"])
}

/// What a rule of some kinds of action comes to where the source names no kinds: those of the editor decide nothing.
pub fn chosen_by_the_editor(progetto: &Progetto) -> Option<Esame> {
    let found = || {
        non_dichiarato("la fonte non dà le macrocategorie: se la regola riguarda il progetto non è indicato")
            .at(progetto.origine.value(path!["macrocategorie_redazionali"]))
            .help("scrivi le macrocategorie della fonte, e togli `macrocategorie_redazionali`")
    };
    progetto.dati.macrocategorie_redazionali.then(found)
}

/// `il 70 %`, `l'80 %`
pub fn il_per_cento(percentuale: u32) -> String {
    match percentuale {
        1 | 8 | 11 | 80..=89 => format!("l'{percentuale} %"),
        _ => format!("il {percentuale} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_has_the_article_that_is_spoken() {
        let spoken = [70, 80, 8, 11, 1, 100, 18].map(il_per_cento);
        assert_eq!(spoken, ["il 70 %", "l'80 %", "l'8 %", "l'11 %", "l'1 %", "il 100 %", "il 18 %"]);
    }
}
