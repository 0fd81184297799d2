//! The money of a plan source by source: what was assigned, granted and paid, and what is left. What the records do not
//! tell is absent, never zero.

use serde::Serialize;
use tera::Value;

use crate::plan::Periodo;
use crate::site::denaro::di_altri;
use crate::value::{Euro, Id};

#[derive(Default, Serialize)]
struct Voce<'a> {
    fonte: &'a str,
    atto: Option<String>,
    anno: Option<u32>,
    assegnato: Euro,
    /// To projects, or to the system action that it pays for.
    concesso: Option<Euro>,
    pagato: Option<Euro>,
    resta: Option<Euro>,
}

impl Voce<'_> {
    fn con_resto(self) -> Self {
        Voce { resta: self.concesso.map(|concesso| self.assegnato - concesso), ..self }
    }
}

pub fn conto(periodo: &Periodo, ats: &str) -> Option<Value> {
    let dati = &*periodo.risorse.as_ref()?.dati;
    let in_tutto = periodo.conto_del_piano(ats)?;
    let azione = dati.azione_di_sistema.as_ref();
    let pagato = in_tutto.pagato.importo;
    let di_azione = |id: &Id| {
        let paga = |voce: &Option<Id>| voce.as_ref() == Some(id);
        azione.is_some_and(|azione| paga(&azione.dotazione) || paga(&azione.residuo))
    };
    let ha_contributo = |id: &Id| {
        let suo = periodo.propri(ats).find(|progetto| progetto.id == *id);
        suo.is_some_and(|progetto| periodo.conto(progetto).concesso.is_some())
    };
    let assegnati = dati.residui.iter().filter(|residuo| residuo.assegnato_a.as_ref().is_some_and(ha_contributo));
    let assegnati = assegnati.map(|residuo| periodo.utilizzabile(residuo));
    let (residui, con_assegnati) = (assegnati.clone().sum::<Euro>(), assegnati.clone().count() > 0);
    // What nobody allowed does not pay for the project that it was meant for.
    let permessi = assegnati.clone().all(|importo| !importo.e_zero());
    // Where no act says which of several sources pays for a project, only one that is alone is known to.
    let unica = permessi && dati.dotazione.iter().filter(|voce| !di_azione(&voce.id)).count() == 1;
    // Where nobody tells what was granted, no source is known to have granted nothing.
    let coperture = periodo.coperture(ats).filter(|_| in_tutto.concesso.is_some());
    let coperto = |id: &Id| coperture.as_ref().map(|coperture| coperture.get(id).copied().unwrap_or_default());
    let dotazione = dati.dotazione.iter().map(|voce| Voce {
        fonte: &voce.descrizione,
        atto: voce.origine.clone(),
        anno: voce.anno,
        assegnato: voce.importo,
        concesso: match di_azione(&voce.id) {
            true => Some(voce.importo),
            false => coperto(&voce.id).or_else(|| in_tutto.concesso.filter(|_| unica).map(|c| c - residui)),
        },
        pagato: pagato.filter(|_| unica && !con_assegnati && !di_azione(&voce.id)),
        resta: None,
    });
    let residui = dati.residui.iter().map(|residuo| Voce {
        fonte: &residuo.descrizione,
        atto: residuo.autorizzato_da(),
        assegnato: periodo.utilizzabile(residuo),
        concesso: match di_azione(&residuo.id) {
            true => Some(residuo.importo),
            false => coperto(&residuo.id).or_else(|| {
                let dato = residuo.assegnato_a.as_ref().is_some_and(ha_contributo);
                let usato = periodo.utilizzabile(residuo);
                in_tutto.concesso.filter(|_| dato && !usato.e_zero()).map(|_| usato)
            }),
        },
        ..Voce::default()
    });
    let voci: Vec<Voce> = dotazione.chain(residui).map(Voce::con_resto).collect();
    let costo_azione = if azione.is_some() { in_tutto.azione_di_sistema } else { Some(Euro::ZERO) };
    let totale = Voce {
        assegnato: in_tutto.disponibile,
        concesso: in_tutto.concesso.zip(costo_azione).map(|(progetti, azione)| progetti + azione),
        pagato,
        ..Voce::default()
    };
    let indivisi =
        |parte: fn(&Voce) -> Option<Euro>| parte(&totale).is_some() && voci.iter().any(|voce| parte(voce).is_none());
    let indivisi = indivisi(|voce| voce.concesso) || indivisi(|voce| voce.pagato);
    let pagati = pagato.map(|_| (in_tutto.pagato.su, in_tutto.finanziati)).filter(|(su, tutti)| su != tutti);
    Some(vista! {
        "voci": voci,
        "totale": totale.con_resto(),
        // Whether some source has a year.
        "con_anno": voci.iter().any(|voce| voce.anno.is_some()),
        // Whether some source pays for the system action.
        "con_azione": azione.is_some(),
        "proposta": azione.is_some_and(|azione| azione.proposta),
        // Whether a total is known that nobody divides among the sources.
        "indivisi": indivisi,
        // How many of the projects that have a grant tell what they were paid, where not all do.
        "pagati": pagati,
        "di_altri": di_altri(periodo, ats),
    })
}
