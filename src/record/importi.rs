//! The amounts of a project, in one list: tables, sums, data and checks read it. What an amount is called and what it
//! is, its field says.

use super::Finanziamento;
use crate::value::Euro;

/// An amount of a project.
#[derive(Debug)]
pub struct Importo {
    /// Its field.
    pub id: &'static str,
    pub di: fn(&Finanziamento) -> Option<Euro>,
    pub posto: Posto,
}

/// Where an amount stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posto {
    /// In every table, told or not: the application has it.
    Chiesto,
    /// In every table, told or not: it comes with the award.
    Atteso,
    /// In the tables of those projects of which somebody tells it.
    Facoltativo,
    /// In the account of its project alone, where told: it measures another amount and is no part of the cost.
    Dettaglio,
}

impl Importo {
    /// Whether tables of several projects have it, if some of them tell it or none does.
    pub fn in_elenco(&self, detto: bool) -> bool {
        self.posto != Posto::Dettaglio && self.in_conto(detto)
    }

    /// Whether the account of a project has it.
    pub fn in_conto(&self, detto: bool) -> bool {
        detto || matches!(self.posto, Posto::Chiesto | Posto::Atteso)
    }
}

macro_rules! importi {
    ($($campo:ident: $posto:ident,)*) => {
        /// In the order in which people read them.
        pub static IMPORTI: &[Importo] = &[$(
            Importo { id: stringify!($campo), di: |voci| voci.$campo, posto: Posto::$posto },
        )*];

        /// No field is left out.
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
