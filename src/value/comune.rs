//! The communes of Lombardy, by their names. Codes and names are ISTAT's, "Codici statistici delle unità amministrative
//! territoriali", list of 2024, licence CC BY.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

use super::provincia;
use crate::suggest;

const ELENCO: &str = include_str!("comuni-lombardia.csv");

/// A commune of Lombardy: no two have the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comune {
    nome: &'static str,
    /// ISTAT's.
    pub codice: &'static str,
    /// Its letters: `BG`.
    pub provincia: &'static str,
}

static COMUNI: LazyLock<BTreeMap<&str, Comune>> = LazyLock::new(|| {
    let righe = ELENCO.lines().skip(1).filter_map(|riga| {
        let (codice, resto) = riga.split_once(',')?;
        let (nome, resto) = resto.split_once(',')?;
        let (provincia, _) = resto.split_once(',')?;
        Some((nome, Comune { nome, codice, provincia }))
    });
    righe.collect()
});

impl Comune {
    pub fn di_nome(nome: &str) -> Option<Self> {
        COMUNI.get(nome.trim()).copied()
    }

    /// All of them, in the order of their names.
    pub fn tutti() -> impl Iterator<Item = Self> {
        COMUNI.values().copied()
    }

    pub fn nome(self) -> &'static str {
        self.nome
    }

    /// Its province by name: `Bergamo`.
    pub fn nome_provincia(self) -> &'static str {
        provincia::nome(self.provincia).unwrap_or(self.provincia)
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
        let nembro = Comune::di_nome("Nembro").expect("a commune");
        assert_eq!((nembro.codice, nembro.provincia, nembro.nome_provincia()), ("016144", "BG", "Bergamo"));
        assert!(Comune::tutti().all(|comune| comune.nome_provincia() != comune.provincia), "a province without a name");
        let unknown = Comune::parse("Albbino").expect_err("no commune");
        assert!(unknown.ends_with("forse `Albino`?"), "{unknown}");
    }
}
