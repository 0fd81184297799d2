//! What a product is made from, as a hash: where it is equal, so are the bytes, and nothing has to be set again.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::{Lavoro, caratteri};
use crate::value::Chiave;

/// The program's own part: what sets the pages and proves them, and the fonts.
static PROGRAMMA: LazyLock<Chiave> = LazyLock::new(|| {
    let mut somma = Sha256::new();
    somma.update(include_bytes!(concat!(env!("OUT_DIR"), "/typesetter")));
    caratteri::FILE.iter().for_each(|font| somma.update(font));
    somma.finalize().into()
});

impl Lavoro<'_> {
    /// `altro` is what else the bytes depend on, such as the name of the document.
    pub fn chiave(&self, altro: &[&str]) -> Chiave {
        let mut somma = Sha256::new();
        somma.update(*PROGRAMMA);
        // With its length, so that no two lists of parts run together into the same bytes.
        let mut con = |parte: &[u8]| {
            somma.update((parte.len() as u64).to_le_bytes());
            somma.update(parte);
        };
        con(self.principale.as_bytes());
        for (path, testo) in &self.modelli {
            con(path.as_bytes());
            con(testo.as_bytes());
        }
        for (path, bytes) in &self.file {
            con(path.as_bytes());
            con(bytes);
        }
        altro.iter().for_each(|parte| con(parte.as_bytes()));
        somma.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_key_changes_with_every_part_of_what_is_set() {
        let modelli = |testo: &str| BTreeMap::from([("piano.typ".to_owned(), testo.to_owned())]);
        let (uno, due) = (modelli("uno"), modelli("due"));
        let di = |modelli, dati: &str| Lavoro::new(modelli, "piano.typ", &dati).unwrap();
        let keys = [
            di(&uno, "a").chiave(&["x"]),
            di(&due, "a").chiave(&["x"]),
            di(&uno, "b").chiave(&["x"]),
            di(&uno, "a").con("logo", b"logo").chiave(&["x"]),
            di(&uno, "a").chiave(&["y"]),
            di(&uno, "a").chiave(&["x", ""]),
        ];
        assert_eq!(di(&uno, "a").chiave(&["x"]), keys[0]);
        let different: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
    }
}
