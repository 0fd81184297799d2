//! Tables as data: the name of a column, what it means and how its value is taken are one entry, and every form of a
//! table is written from the same cells.

use std::borrow::Cow;

use super::{Cella, csv};

/// A column of rows that are about a `T`.
pub struct Colonna<'a, T> {
    /// How data call it.
    pub id: &'static str,
    /// What it holds, for who reads the data.
    pub spiegazione: Cow<'static, str>,
    di: Box<dyn Fn(&T) -> Cella<'a> + 'a>,
}

/// The columns of a table, in order.
pub struct Colonne<'a, T>(Vec<Colonna<'a, T>>);

impl<'a, T> Colonne<'a, T> {
    pub fn nessuna() -> Self {
        Colonne(Vec::new())
    }

    /// A column that its name explains.
    pub fn con<C: Into<Cella<'a>>>(self, id: &'static str, di: impl Fn(&T) -> C + 'a) -> Self {
        self.spiegata(id, "", di)
    }

    pub fn spiegata<C: Into<Cella<'a>>>(
        mut self,
        id: &'static str,
        spiegazione: impl Into<Cow<'static, str>>,
        di: impl Fn(&T) -> C + 'a,
    ) -> Self {
        self.0.push(Colonna { id, spiegazione: spiegazione.into(), di: Box::new(move |soggetto| di(soggetto).into()) });
        self
    }

    pub fn campi(&self) -> impl Iterator<Item = &Colonna<'a, T>> {
        self.0.iter()
    }

    pub fn csv(&self, soggetti: impl Iterator<Item = T>) -> Vec<u8> {
        let mut out = csv::inizio();
        csv::riga(&mut out, self.0.iter().map(|colonna| Cella::from(colonna.id)));
        for soggetto in soggetti {
            csv::riga(&mut out, self.0.iter().map(|colonna| (colonna.di)(&soggetto)));
        }
        out.into_bytes()
    }

    /// A list of objects, as it stands in a field of one: programs find a field by its name, people by the alphabet.
    pub fn json(&self, soggetti: impl Iterator<Item = T>, out: &mut String) {
        let mut colonne: Vec<_> = self.0.iter().collect();
        colonne.sort_by_key(|colonna| colonna.id);
        out.push('[');
        let mut before = "\n    {\n";
        for soggetto in soggetti {
            out.push_str(before);
            for (i, colonna) in colonne.iter().enumerate() {
                let end = if i + 1 < colonne.len() { ",\n" } else { "\n    }" };
                out.extend(["      \"", colonna.id, "\": ", &(colonna.di)(&soggetto).json(), end]);
            }
            before = ",\n    {\n";
        }
        out.push_str(if out.ends_with('[') { "]" } else { "\n  ]" });
    }
}
