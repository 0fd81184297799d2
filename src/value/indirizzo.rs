//! An address that a page had before: a path from the root of the site.

use super::testuale;

/// `/2017-2018/progetti/vecchio-nome/`, or a file such as `/progetti/vecchio.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Indirizzo(String);

testuale!(Indirizzo);

/// File systems stop at 255 bytes a name and 4,096 a path; addresses that anybody kept are far shorter.
const LUNGHEZZA_MASSIMA: usize = 300;

impl Indirizzo {
    pub fn parse(testo: &str) -> Result<Self, String> {
        let errore = || {
            Err(format!(
                "`{testo}` non è un indirizzo del sito: scrivi il percorso dalla radice, come `/2017-2018/progetti/vecchio-nome/`"
            ))
        };
        let ammesso = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
        // A name that begins with a dot leads elsewhere or is not served.
        let parte = |parte: &str| !parte.is_empty() && !parte.starts_with('.') && parte.bytes().all(ammesso);
        let Some(percorso) = testo.strip_prefix('/').filter(|_| testo.len() <= LUNGHEZZA_MASSIMA) else {
            return errore();
        };
        let cartella = percorso.strip_suffix('/').unwrap_or(percorso);
        if !cartella.split('/').all(parte) {
            return errore();
        }
        Ok(Indirizzo(testo.to_owned()))
    }

    /// The file that answers there: `2017-2018/progetti/vecchio-nome/index.html`.
    pub fn file(&self) -> String {
        let percorso = self.0.trim_matches('/');
        if !self.0.ends_with('/') && percorso.ends_with(".html") {
            return percorso.to_owned();
        }
        format!("{percorso}/index.html")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_is_a_path_below_the_root_and_nothing_else() {
        for (buono, file) in [
            ("/vecchio/", "vecchio/index.html"),
            ("/vecchio", "vecchio/index.html"),
            ("/a/B_1.2~x/", "a/B_1.2~x/index.html"),
            ("/progetti/win.html", "progetti/win.html"),
            ("/progetti/win.html/", "progetti/win.html/index.html"),
        ] {
            assert_eq!(Indirizzo::parse(buono).map(|indirizzo| indirizzo.file()), Ok(file.to_owned()), "{buono}");
        }
        for cattivo in ["", "/", "//", "vecchio/", "/a//b/", "/../a/", "/a/./b/", "/.htaccess", "/a?b", "/à/", "/a b/"]
        {
            assert!(Indirizzo::parse(cattivo).is_err(), "{cattivo}");
        }
        assert!(Indirizzo::parse(&format!("/{}/", "a".repeat(300))).is_err());
    }
}
