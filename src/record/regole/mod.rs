//! A rule of a norm: its code, its article, and exactly one kind with its parameters.
//!
//! The kind is the key under which the parameters stand (`tempi:`, `limite:`), and never a tag: a tagged enum would
//! read money through a float.
//!
//! A kind is one file here, with what a norm file may say and how `explain` tells it, and its line of `kinds!` (beside its
//! `mod`), from which all lists of kinds are made. How records are judged by it stands in the file of the same name in
//! `conformita`: it reads the whole plan, which holds these rules, so that one file for both would make the schema use all
//! that is over it.

mod aiuti;
mod azione_di_sistema;
mod campi;
mod classificazione;
mod dichiarazione;
mod governo;
mod graduatoria;
mod imprese_servite;
mod informazione;
mod limite;
mod partenariato;
mod requisiti_ente;
mod riparto;
mod tempi;
mod trasparenza;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Step;

/// What a kind of rule is, for whoever writes or reads a norm.
pub struct Spiegazione {
    pub che_cosa: &'static str,
    pub perche: &'static str,
    pub esempio: &'static str,
    pub articolo: &'static str,
}

/// What every kind of rule has beside its parameters.
pub trait TipoDiRegola {
    const SPIEGAZIONE: Spiegazione;

    /// The fields that it binds, with the kind of their record in front and without the places of lists:
    /// `progetto.azioni.durata`. A form tells the rule beside them.
    fn vincola(&self) -> Vincolati {
        Vec::new()
    }

    /// Tells what nobody can mean: where below the kind, why, and what to do. Words of lists are judged by the schema.
    fn lint(&self, _wrong: &mut Wrong) {}
}

pub type Vincolati = Vec<Cow<'static, str>>;

/// Those of the lists whose condition holds.
fn vincolati<const N: usize>(campi: [(bool, &[&'static str]); N]) -> Vincolati {
    let valgono = campi.into_iter().filter(|(vale, _)| *vale);
    valgono.flat_map(|(_, campi)| campi.iter().map(|campo| Cow::Borrowed(*campo))).collect()
}

pub type Wrong<'a> = dyn FnMut(Vec<Step>, &str, &str) + 'a;

/// Declares the kinds once; `$d` is a dollar, for the macro inside.
macro_rules! kinds {
    ($d:tt $($field:ident: $kind:ident),* $(,)?) => {
        $(pub use $field::*;)*

        /// Una regola di una norma: il codice, l'articolo e un solo tipo, con ciò che chiede. `concilia explain` elenca
        /// i tipi.
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Regola {
            /// Il codice della regola, che non cambia nel tempo.
            /// Esempio: P28-01
            pub codice: String,
            /// Che cosa chiede, in una frase.
            /// Esempio: progetti e attività durano tre anni
            pub titolo: String,
            /// Il paragrafo dell'atto che lo dice. Senza, lo dice la norma nel suo insieme.
            /// Esempio: "4.1"
            pub paragrafo: Option<String>,
            /// Il documento che lo dice, se non è l'atto della norma.
            /// Esempio: DGR n. XII/5464 del 9 dicembre 2025, Allegato A
            pub fonte: Option<String>,
            /// # Peso
            /// Se chi non la rispetta ferma la pubblicazione o riceve solo un avviso. Senza, la ferma.
            #[serde(default)]
            pub gravita: Gravita,
            /// # Perché
            /// Perché la regola c'è.
            /// Esempio: l'atto vuole una durata triennale
            #[schemars(extend("x-spiega" = true))]
            pub perche: String,
            /// Un caso che aiuta a capirla.
            /// Esempio: dal 1° gennaio 2028 al 31 dicembre 2030
            #[schemars(extend("x-spiega" = true))]
            pub esempio: Option<String>,
            /// Che cosa fare quando non è rispettata.
            /// Esempio: correggi `dal` o `al`
            #[schemars(extend("x-spiega" = true))]
            pub rimedio: Option<String>,
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$kind>,)*
        }

        /// The kind of a rule, with its parameters.
        #[derive(Debug, Clone, Copy)]
        pub enum Tipo<'a> {
            $($kind(&'a $kind),)*
        }

        /// The kinds, by the name that a norm writes.
        pub const TIPI: &[(&str, Spiegazione)] = &[$((stringify!($field), $kind::SPIEGAZIONE)),*];

        impl Regola {
            /// The kinds that are written: a sound rule has one.
            pub fn tipi(&self) -> Vec<Tipo<'_>> {
                [$(self.$field.as_ref().map(Tipo::$kind)),*].into_iter().flatten().collect()
            }
        }

        impl Tipo<'_> {
            pub fn nome(&self) -> &'static str {
                match self { $(Tipo::$kind(_) => stringify!($field),)* }
            }

            pub fn spiegazione(&self) -> Spiegazione {
                match self { $(Tipo::$kind(_) => $kind::SPIEGAZIONE,)* }
            }

            pub fn vincola(&self) -> Vincolati {
                match self { $(Tipo::$kind(dati) => dati.vincola(),)* }
            }

            pub fn lint(&self, wrong: &mut Wrong) {
                match self { $(Tipo::$kind(dati) => dati.lint(wrong),)* }
            }
        }

        /// Calls `judge` of the module that has the name of the kind.
        macro_rules! judge_by_kind {
            ($d tipo:expr, $d contesto:expr) => {
                match $d tipo { $($crate::record::Tipo::$kind(dati) => $field::judge(dati, $d contesto),)* }
            };
        }
        pub(crate) use judge_by_kind;
    };
}

kinds! { $
    partenariato: Partenariato,
    requisiti_ente: RequisitiEnte,
    imprese_servite: ImpreseServite,
    tempi: Tempi,
    classificazione: Classificazione,
    campi: Campi,
    dichiarazione: RichiestaDiDichiarazione,
    governo: Governo,
    limite: Limite,
    azione_di_sistema: VincoloAzioneDiSistema,
    graduatoria: VincoloGraduatoria,
    riparto: VincoloRiparto,
    aiuti: Aiuti,
    trasparenza: Trasparenza,
    informazione: Informazione,
}

/// Quanto pesa una regola non rispettata.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gravita {
    /// # vincolante
    /// Chi non la rispetta ferma la pubblicazione.
    #[default]
    Errore,
    /// # solo segnalata
    /// Chi non la rispetta riceve un avviso.
    Avviso,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    #[test]
    fn the_example_of_a_kind_of_rule_is_a_sound_rule_of_that_kind() {
        for (tipo, spiegazione) in TIPI {
            let testo = format!("codice: X-1\ntitolo: prova\nperche: prova\n{}\n", spiegazione.esempio);
            let regola = yaml::parse::<Regola>("x.yaml", &testo, 0..testo.len()).expect(tipo);
            let tipi: Vec<_> = regola.tipi();
            assert_eq!(tipi.iter().map(Tipo::nome).collect::<Vec<_>>(), [*tipo]);
            tipi[0].lint(&mut |_, message, _| panic!("{tipo}: {message}"));
        }
    }
}
