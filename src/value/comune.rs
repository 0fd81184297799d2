//! The communes of Lombardy, by their names. Codes and names are ISTAT's, "Codici statistici delle unità amministrative
//! territoriali", list of 2024, licence CC BY.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

use crate::suggest;

const ELENCO: &str = include_str!("comuni-lombardia.csv");

/// A commune of Lombardy: no two have the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comune {
    nome: &'static str,
    /// ISTAT's.
    pub codice: &'static str,
}

static COMUNI: LazyLock<BTreeMap<&str, Comune>> = LazyLock::new(|| {
    let righe = ELENCO.lines().skip(1).filter_map(|riga| {
        let (codice, resto) = riga.split_once(',')?;
        let (nome, _) = resto.split_once(',')?;
        Some((nome, Comune { nome, codice }))
    });
    righe.collect()
});

impl Comune {
    pub fn di_nome(nome: &str) -> Option<Self> {
        COMUNI.get(nome.trim()).copied()
    }

    pub fn parse(testo: &str) -> Result<Self, String> {
        Comune::di_nome(testo).ok_or_else(|| {
            let near = suggest::closest(testo, COMUNI.keys().copied());
            let near = near.map(|near| format!(": forse `{near}`?")).unwrap_or_default();
            format!("`{testo}` non è fra i comuni della Lombardia dell'ISTAT{near}")
        })
    }
}

impl Deref for Comune {
    type Target = str;

    fn deref(&self) -> &str {
        self.nome
    }
}

impl fmt::Display for Comune {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.nome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn communes_are_known_by_name() {
        assert_eq!(COMUNI.len(), 1502);
        assert_eq!(Comune::di_nome("Nembro").map(|comune| comune.codice), Some("016144"));
        let unknown = Comune::parse("Albbino").expect_err("no commune");
        assert!(unknown.ends_with("forse `Albino`?"), "{unknown}");
    }
}
