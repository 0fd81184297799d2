//! Addresses of e-mail, certified or not.

use super::{accorciato, testuale};

/// `ufficio@ente.it`: one address, which a browser puts behind `mailto:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posta(String);

testuale!(Posta);

const MOSTRATI: usize = 80;

impl Posta {
    pub fn parse(testo: &str) -> Result<Self, String> {
        if e_di_posta(testo) {
            return Ok(Posta(testo.to_owned()));
        }
        let scritto = accorciato(testo, MOSTRATI);
        let meant = testo.split_whitespace().collect::<String>().replace(',', ".");
        let perche = match testo.matches('@').count() {
            0 => "gli manca `@`, come in `ufficio@ente.it`".to_owned(),
            1 if e_di_posta(&meant) => format!("forse intendevi `{meant}`?"),
            1 => "scrivilo come `ufficio@ente.it`".to_owned(),
            _ => "scrivine uno solo, come `ufficio@ente.it`".to_owned(),
        };
        Err(format!("`{scritto}` non è un indirizzo di posta: {perche}"))
    }
}

/// Whether a text is one address of e-mail: a name, and a domain of two labels at least.
pub fn e_di_posta(testo: &str) -> bool {
    let is_name = |nome: &str| parti(nome, |c| c.is_alphanumeric() || "_+-'&".contains(c)).is_some();
    let is_domain = |dominio: &str| {
        let fits = |etichetta: &str| !etichetta.starts_with('-') && !etichetta.ends_with('-');
        parti(dominio, |c| c.is_alphanumeric() || c == '-').is_some_and(|mut etichette| {
            let ends =
                dominio.rsplit('.').next().is_some_and(|fine| fine.chars().filter(|c| c.is_alphabetic()).count() > 1);
            dominio.contains('.') && ends && etichette.all(fits)
        })
    };
    testo.split_once('@').is_some_and(|(nome, dominio)| is_name(nome) && is_domain(dominio))
}

/// What stands between the points, if each has something and no other sign.
fn parti(testo: &str, fits: impl Fn(char) -> bool) -> Option<impl Iterator<Item = &str>> {
    let whole = testo.split('.').all(|parte| !parte.is_empty() && parte.chars().all(&fits));
    whole.then(|| testo.split('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for good in ["a@b.it", "ufficio.piani+pec@ats-esempio.it", "d'amico@pec.ats.it", "ufficio@città.it"] {
            assert!(Posta::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "pippo",
            "info@",
            "@ente.it",
            "a@b",
            "a@b@c.it",
            "a@b..it",
            ".a@b.it",
            "a.@b.it",
            "a@-b.it",
            "a@b.1",
            "mailto:a@b.it",
            "a@b.it / c@d.it",
            "a@b.it?cc=c@d.it",
            "<a@b.it>",
        ] {
            assert!(Posta::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_slip_of_the_hand_is_mended() {
        let said = |testo: &str| Posta::parse(testo).expect_err(testo);
        assert!(said("conciliazione@ats-esempio,it").contains("`conciliazione@ats-esempio.it`"));
        assert!(said("protocollo @pec.ats.it").contains("`protocollo@pec.ats.it`"));
        assert!(said("conciliazione.ats-esempio.it").contains("gli manca `@`"));
    }
}
