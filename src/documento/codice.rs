//! The control code: the same for the same records, another one as soon as one of them says something else.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};
use sha2::{Digest, Sha256};

use crate::plan::Plan;
use crate::record;
use crate::tipografia::caratteri;
use crate::value::{Data, Id};

/// How many of the 32 bytes are shown: nobody finds another plan with the same ones.
const BYTES: usize = 16;

/// A control code, ready to be read aloud: eight groups of four digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codice(pub [u8; 32]);

impl fmt::Display for Codice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, byte) in self.0.iter().take(BYTES).enumerate() {
            if i > 0 && i % 2 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

/// All that a period says, in the order of the schema: the records of the plan and of the bodies that it names.
#[derive(Serialize)]
struct Dati<'a> {
    periodo: &'a Id,
    ats: &'a str,
    attribuzione: &'a str,
    aggiornato_al: Data,
    piano: &'a record::Piano,
    risorse: Option<&'a record::Risorse>,
    avvisi: Vec<(&'a Id, &'a record::Avviso)>,
    alleanze: Vec<(&'a Id, &'a record::Alleanza)>,
    progetti: Vec<(&'a Id, &'a record::Progetto)>,
    pagine: Vec<(&'a Id, &'a record::Pagina, &'a str)>,
    enti: Vec<(&'a Id, &'a record::Ente)>,
}

/// The SHA-256 of the records of a period, as JSON in the order of the schema.
pub fn codice_di_controllo(plan: &Plan, p: usize) -> Codice {
    let mut impronta = Impronta(Sha256::new());
    // Nothing in a record refuses to be JSON, and a digest takes whatever is written.
    let written = Dati::of(plan, p).serialize(&mut Serializer::with_formatter(&mut impronta, SenzaRitorni));
    debug_assert!(written.is_ok());
    Codice(impronta.0.finalize().into())
}

/// The characters of the records that no font of the document has, each named once.
pub fn caratteri_mancanti(plan: &Plan, p: usize) -> Vec<String> {
    let testo = serde_json::to_string(&Dati::of(plan, p)).unwrap_or_default();
    let nomi: BTreeSet<String> =
        caratteri::mancanti(&testo).into_iter().map(|(_, gruppo)| caratteri::nome(gruppo)).collect();
    nomi.into_iter().collect()
}

impl<'a> Dati<'a> {
    fn of(plan: &'a Plan, p: usize) -> Self {
        let periodo = &plan.periodi[p];
        let mut named = vec![false; plan.enti.len()];
        for alleanza in &periodo.alleanze {
            let theirs = alleanza.partner.iter().chain(&alleanza.rete_di_sostegno).chain([&alleanza.capofila]);
            theirs.for_each(|&ente| named[ente] = true);
        }
        for progetto in &periodo.progetti {
            progetto
                .partenariato
                .iter()
                .chain(progetto.erogatori.iter().flatten())
                .for_each(|&ente| named[ente] = true);
        }
        let rete = periodo.dati.rete.iter().flat_map(|rete| rete.membri.iter().chain(&rete.capofila));
        let organismo =
            periodo.dati.organismo.iter().flat_map(|organismo| &organismo.membri).map(|seggio| &seggio.ente);
        rete.chain(organismo).filter_map(|id| plan.ente_per_id.get(id)).for_each(|&ente| named[ente] = true);
        Dati {
            periodo: &periodo.id,
            ats: &plan.sito.ats.nome,
            attribuzione: &plan.frase,
            aggiornato_al: plan.sito.aggiornato_al,
            piano: &periodo.dati,
            risorse: periodo.risorse.as_ref().map(|risorse| &*risorse.dati),
            avvisi: periodo.avvisi.iter().map(|avviso| (&avviso.id, &*avviso.dati)).collect(),
            alleanze: periodo.alleanze.iter().map(|alleanza| (&alleanza.id, &*alleanza.dati)).collect(),
            progetti: periodo.progetti.iter().map(|progetto| (&progetto.id, &*progetto.dati)).collect(),
            pagine: periodo
                .pagine
                .iter()
                .map(|pagina| (&pagina.id, &*pagina.dati, pagina.dati.testo.as_str()))
                .collect(),
            enti: plan
                .enti
                .iter()
                .zip(named)
                .filter(|(_, named)| *named)
                .map(|(ente, _)| (&ente.id, &*ente.dati))
                .collect(),
        }
    }
}

/// Line ends of Windows are line ends: a file saved elsewhere is the same record.
struct SenzaRitorni;

impl Formatter for SenzaRitorni {
    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::CarriageReturn => Ok(()),
            other => CompactFormatter.write_char_escape(writer, other),
        }
    }
}

struct Impronta(Sha256);

impl Write for Impronta {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
