//! The codes of what can be wrong with a file before its meaning is looked at.

use crate::report::Rule;

pub const RULES: &[Rule] = &[
    Rule::new("C-01", "il file è YAML leggibile")
        .why("un file che non si legge non si pubblica")
        .example("`titolo: [Prova` apre una parentesi che non si chiude"),
    Rule::new("C-02", "ogni campo è fra quelli previsti")
        .why("un campo scritto male sparirebbe in silenzio")
        .example("`titlo: Prova` al posto di `titolo: Prova`"),
    Rule::new("C-03", "i campi obbligatori ci sono tutti")
        .why("senza, la pagina non si può comporre")
        .example("un progetto senza `alleanza`"),
    Rule::new("C-04", "ogni campo ha un valore del tipo previsto")
        .why("un importo o una data scritti male falsano i conti")
        .example("`costo_complessivo: 56.000,00` al posto di `56000.00`"),
    Rule::new("C-05", "ogni campo è scritto una volta sola")
        .why("di due valori non si sa quale vale")
        .example("`titolo` scritto due volte nella stessa scheda"),
    Rule::new("C-06", "le scelte sono fra quelle ammesse")
        .why("le pagine e i conti dipendono da parole fisse")
        .example("`stato: finito`, che non è fra gli stati di un progetto"),
    Rule::new("C-07", "il file sta nei limiti di grandezza e profondità")
        .why("un file enorme è un errore o un attacco")
        .example("un file di diverse decine di megabyte, o mille elenchi uno dentro l'altro"),
];

/// Problems told for one file or text: who has more has one cause, and 200 are enough to see it.
pub const MAX_FINDINGS: usize = 200;

/// The file is not readable YAML.
pub const SYNTAX: &str = "C-01";
/// A key that the record does not know.
pub const UNKNOWN_KEY: &str = "C-02";
/// A key that the record must have.
pub const MISSING_KEY: &str = "C-03";
/// A value of the wrong kind, or written in a way that is not accepted.
pub const WRONG_VALUE: &str = "C-04";
/// A key that stands twice in one record.
pub const REPEATED_KEY: &str = "C-05";
/// A value that is not among the admitted ones.
pub const UNKNOWN_VALUE: &str = "C-06";
/// More nesting, more aliases or more bytes than a record can need.
pub const LIMIT: &str = "C-07";
