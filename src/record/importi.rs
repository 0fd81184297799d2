//! The amounts of a project, in one list: tables, sums, data and checks read it. What an amount is called and what it
//! is, its field says.

use super::Finanziamento;
use crate::value::Euro;

/// An amount of a project.
#[derive(Debug)]
pub struct Importo {
    /// The name of its field.
    pub id: &'static str,
    pub di: fn(&Finanziamento) -> Option<Euro>,
    pub visibilita: Visibilita,
}

/// Where an amount is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibilita {
    /// In every table, even where no project tells it: an application must state it.
    Chiesto,
    /// In every table, even where no project tells it yet: it comes with the award.
    Atteso,
    /// In no table of several projects, only on the page of a project that tells it: it is a part of another amount.
    Dettaglio,
}

impl Importo {
    /// Whether a table of several projects has it.
    pub fn in_elenco(&self) -> bool {
        self.visibilita != Visibilita::Dettaglio
    }

    /// Whether the page of one project has it; `detto` says whether the project tells it.
    pub fn in_conto(&self, detto: bool) -> bool {
        detto || self.in_elenco()
    }
}

macro_rules! importi {
    ($($campo:ident: $visibilita:ident,)*) => {
        /// In the order in which people read them.
        pub static IMPORTI: &[Importo] = &[$(
            Importo { id: stringify!($campo), di: |voci| voci.$campo, visibilita: Visibilita::$visibilita },
        )*];

        /// Does not compile if a field is left out of the list.
        const _: fn(Finanziamento) = |Finanziamento { $($campo: _),* }| ();
    };
}

importi! {
    costo_complessivo: Chiesto,
    costo_ammissibile: Dettaglio,
    cofinanziamento: Chiesto,
    cofinanziamento_in_denaro: Dettaglio,
    contributo_richiesto: Chiesto,
    contributo_riconosciuto: Atteso,
}
