//! What is told of the code of a rule: its entry stands beside what reports it.

/// A rule of the program, which holds in every period.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub code: &'static str,
    /// What is required.
    pub what: &'static str,
    pub why: &'static str,
    pub example: &'static str,
    /// The law behind it; rules of form have none.
    pub article: Option<&'static str>,
}

impl Rule {
    pub const fn new(code: &'static str, what: &'static str) -> Self {
        Rule { code, what, why: "", example: "", article: None }
    }

    pub const fn why(self, why: &'static str) -> Self {
        Rule { why, ..self }
    }

    pub const fn example(self, example: &'static str) -> Self {
        Rule { example, ..self }
    }

    pub const fn article(self, article: &'static str) -> Self {
        Rule { article: Some(article), ..self }
    }
}

const FORM: &str = "errori di forma e di conto si correggono, senza deroghe";

/// The first letters of the codes of the program, which no norm may use, and why there are no waivers of its rules.
const FAMILIES: [(&str, &str); 5] = [
    ("A", "a frase e logo non si deroga"),
    ("C", FORM),
    ("M", FORM),
    ("Q", FORM),
    ("R", "alla riservatezza delle persone non si deroga"),
];

/// Why nobody can waive the rule of this code, where it is one of the program.
pub fn never_waived(code: &str) -> Option<&'static str> {
    let (family, _) = code.split_once('-')?;
    FAMILIES.iter().find(|(own, _)| *own == family).map(|(_, why)| *why)
}
