//! Tables as data: the name of a column, what it means and how its value is taken are one entry, and every form of a
//! table is written from the same cells.

use std::borrow::Cow;

use super::{Cella, Tipata, Tipo, csv};

/// What is known of a column without looking at a row.
#[derive(Clone)]
pub struct Campo {
    /// How data call it.
    pub id: &'static str,
    /// What it holds, for who reads the data.
    pub spiegazione: Cow<'static, str>,
    pub tipo: Tipo,
    /// No row leaves it empty.
    pub sempre: bool,
}

/// A column of rows that are about a `T`.
struct Colonna<'a, T> {
    campo: Campo,
    di: Box<dyn Fn(&T) -> Cella<'a> + 'a>,
}

/// The columns of a table, in order.
pub struct Colonne<'a, T>(Vec<Colonna<'a, T>>);

impl<'a, T> Colonne<'a, T> {
    pub fn nessuna() -> Self {
        Colonne(Vec::new())
    }

    /// A column that its name explains.
    pub fn con<C: Tipata<'a>>(self, id: &'static str, di: impl Fn(&T) -> C + 'a) -> Self {
        self.spiegata(id, "", di)
    }

    pub fn spiegata<C: Tipata<'a>>(
        mut self,
        id: &'static str,
        spiegazione: impl Into<Cow<'static, str>>,
        di: impl Fn(&T) -> C + 'a,
    ) -> Self {
        let campo = Campo { id, spiegazione: spiegazione.into(), tipo: C::TIPO, sempre: C::SEMPRE };
        self.0.push(Colonna { campo, di: Box::new(move |soggetto| di(soggetto).into()) });
        self
    }

    pub fn campi(&self) -> impl Iterator<Item = &Campo> {
        self.0.iter().map(|colonna| &colonna.campo)
    }

    /// The cells of a row, in the order of the columns.
    pub fn celle(&self, soggetto: &T) -> Vec<Cella<'a>> {
        self.0.iter().map(|colonna| (colonna.di)(soggetto)).collect()
    }

    pub fn csv(&self, soggetti: impl Iterator<Item = T>) -> Vec<u8> {
        let testa = self.campi().map(|campo| Cella::from(campo.id));
        csv::tabella(testa, soggetti.map(|soggetto| self.celle(&soggetto)))
    }
}
