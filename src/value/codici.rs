//! The codes of a body and of a project: what makes them well formed.

/// The fiscal code of a body: seven digits of its own, three of the office that gave it, one of control.
const FORMA_DI_ENTE: &str = "00000000000";

const FORMA_DEL_CUP: &str = "A00A00000000000";

/// What is wrong with the fiscal code of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodiceErrato {
    /// It is not eleven digits.
    Forma,
    /// The last digit is not the one that proves the others.
    Controllo,
}

/// Judges the eleven digits of a body: the last one proves the others (D.M. 23/12/1976).
pub fn codice_di_ente(testo: &str) -> Result<(), CodiceErrato> {
    if !ha_forma(testo, FORMA_DI_ENTE) {
        return Err(CodiceErrato::Forma);
    }
    let pesata = |(posto, cifra): (usize, u8)| {
        let cifra = u32::from(cifra - b'0');
        if posto % 2 == 0 { cifra } else { cifra * 2 / 10 + cifra * 2 % 10 }
    };
    let somma: u32 = testo.bytes().enumerate().map(pesata).sum();
    if somma.is_multiple_of(10) { Ok(()) } else { Err(CodiceErrato::Controllo) }
}

/// Whether a text has the shape of a CUP.
pub fn e_un_cup(testo: &str) -> bool {
    ha_forma(testo, FORMA_DEL_CUP)
}

/// Whether a text has a shape, in which `A` is a capital letter, `0` a digit, and another sign itself.
pub(super) fn ha_forma(testo: &str, forma: &str) -> bool {
    let fits = |(forma, b): (u8, u8)| match forma {
        b'A' => b.is_ascii_uppercase(),
        b'0' => b.is_ascii_digit(),
        _ => b == forma,
    };
    testo.len() == forma.len() && forma.bytes().zip(testo.bytes()).all(fits)
}

/// A code as it is meant: without blanks and marks between its characters, in capitals.
pub fn ripulito(testo: &str) -> String {
    testo.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_of_a_body_proves_the_others() {
        for buono in ["00000000000", "00000000018", "80050050154", "80050050153"] {
            let atteso = if buono == "80050050153" { Err(CodiceErrato::Controllo) } else { Ok(()) };
            assert_eq!(codice_di_ente(buono), atteso, "{buono}");
        }
        for storto in ["", "0000000001", "000000000180", "0000000001A", "０0000000018"] {
            assert_eq!(codice_di_ente(storto), Err(CodiceErrato::Forma), "{storto}");
        }
    }

    #[test]
    fn a_cup_is_known_by_its_shape() {
        assert!(e_un_cup("B61J22000140006"));
        for storto in
            ["", "B61J2200014000", "B61J220001400066", "b61J22000140006", "B6IJ22000140006", "061J22000140006"]
        {
            assert!(!e_un_cup(storto), "{storto}");
        }
        assert_eq!(ripulito("b61j 2200-0140006 "), "B61J22000140006");
    }
}
