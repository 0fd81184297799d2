//! A colour, and how far it stands out (WCAG 2.2, 1.4.3). In whole numbers: a ratio just below the least must not be
//! rounded up to it.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colore([u8; 3]);

/// How many times lighter, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contrasto(u64);

impl Contrasto {
    /// What text needs.
    pub const MINIMO: Contrasto = Contrasto(450);
}

impl fmt::Display for Contrasto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Colore {
    pub const BIANCO: Colore = Colore([255; 3]);
    pub const NERO: Colore = Colore([0; 3]);
    /// The dark page of the built-in theme.
    pub const NOTTE: Colore = Colore([0x0f, 0x18, 0x20]);
    /// The grounds of the built-in theme on which words of the main colour stand.
    const CHIARI: [Colore; 2] = [Colore::BIANCO, Colore([0xf4, 0xf7, 0xfb])];
    const SCURI: [Colore; 2] = [Colore::NOTTE, Colore([0x16, 0x22, 0x2d])];

    pub fn parse(testo: &str) -> Result<Self, String> {
        let cifre = testo.strip_prefix('#').filter(|cifre| cifre.len() == 6 && cifre.is_ascii());
        let parte = |i: usize| u8::from_str_radix(cifre?.get(i..i + 2)?, 16).ok();
        match (parte(0), parte(2), parte(4)) {
            (Some(rosso), Some(verde), Some(blu)) if !testo.contains('+') => Ok(Colore([rosso, verde, blu])),
            _ => Err(format!("`{testo}` non è un colore: scrivi `#` e sei cifre esadecimali, come `#0066cc`")),
        }
    }

    /// Some parts in a hundred of the way to another colour.
    pub fn verso(self, altro: Colore, parti: u32) -> Self {
        let misto = |i: usize| {
            let (da, a) = (u32::from(self.0[i]), u32::from(altro.0[i]));
            u8::try_from((da * (100 - parti.min(100)) + a * parti.min(100) + 50) / 100).unwrap_or(u8::MAX)
        };
        Colore([misto(0), misto(1), misto(2)])
    }

    /// The ground of what is marked with this colour.
    pub fn tinta(self) -> Self {
        self.verso(Colore::BIANCO, 92)
    }

    pub fn tinta_scura(self) -> Self {
        self.verso(Colore::NOTTE, 84)
    }

    /// The least contrast on the grounds of a light page.
    pub fn sul_chiaro(self) -> Contrasto {
        self.sui(&Colore::CHIARI, self.tinta())
    }

    pub fn sullo_scuro(self) -> Contrasto {
        self.sui(&Colore::SCURI, self.tinta_scura())
    }

    /// As light as a dark page needs.
    pub fn schiarito(self) -> Self {
        let chiari = (0..=100).map(|parti| self.verso(Colore::BIANCO, parti));
        let mut leggibili = chiari.filter(|colore| colore.sullo_scuro() >= Contrasto(600));
        leggibili.next().unwrap_or(Colore::BIANCO)
    }

    fn sui(self, fondi: &[Colore], tinta: Colore) -> Contrasto {
        fondi.iter().map(|&fondo| self.contrasto(fondo)).fold(self.contrasto(tinta), Ord::min)
    }

    fn contrasto(self, altro: Colore) -> Contrasto {
        let (una, altra) = (self.luminanza() + 50_000, altro.luminanza() + 50_000);
        Contrasto(una.max(altra) * 100 / una.min(altra))
    }

    /// In millionths.
    fn luminanza(self) -> u64 {
        let [rosso, verde, blu] = self.0.map(lineare);
        (2126 * rosso + 7152 * verde + 722 * blu) / 10_000
    }
}

/// How much light a channel gives, in millionths: `((c + 0.055) / 1.055)^2.4`, as the fifth root of a twelfth power.
fn lineare(canale: u8) -> u64 {
    const UNO: u128 = 1_000_000_000_000_000_000;
    let canale = u128::from(canale);
    if canale <= 10 {
        return u64::try_from(canale * 100_000_000 / (255 * 1292)).unwrap_or(0);
    }
    let per = |a: u128, b: u128| a * b / UNO;
    let x = (canale * 1000 + 14_025) * UNO / 269_025;
    let (quarta, mut sotto, mut sopra) = (per(per(x, x), per(x, x)), 0_u64, 1_000_000_u64);
    let dodicesima = per(per(quarta, quarta), quarta) * 1_000_000_000_000;
    while sotto < sopra {
        let mezzo = (sotto + sopra).div_ceil(2);
        if u128::from(mezzo).pow(5) <= dodicesima { sotto = mezzo } else { sopra = mezzo - 1 }
    }
    sotto
}

impl fmt::Display for Colore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [rosso, verde, blu] = self.0;
        write!(f, "#{rosso:02x}{verde:02x}{blu:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colore(testo: &str) -> Colore {
        Colore::parse(testo).expect(testo)
    }

    /// The ratios that other tools give for these pairs, never rounded up.
    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let ratios = [
            ("#000000", "#ffffff", "21,00"),
            ("#767676", "#ffffff", "4,54"),
            ("#777777", "#ffffff", "4,47"),
            ("#0066cc", "#ffffff", "5,56"),
            ("#ff0000", "#ffffff", "3,99"),
            ("#050505", "#000000", "1,03"),
        ];
        for (uno, altro, ratio) in ratios {
            assert_eq!(colore(uno).contrasto(colore(altro)).to_string(), ratio, "{uno} {altro}");
            assert_eq!(colore(altro).contrasto(colore(uno)).to_string(), ratio, "{altro} {uno}");
        }
    }

    #[test]
    fn any_colour_can_be_made_light_enough() {
        for scuro in ["#000000", "#0066cc", "#7a1f3d", "#00ff00", "#ffffff"] {
            assert!(colore(scuro).schiarito().sullo_scuro() >= Contrasto::MINIMO, "{scuro}");
        }
    }

    #[test]
    fn only_six_digits_make_a_colour() {
        assert_eq!(colore("#0066CC").to_string(), "#0066cc");
        for wrong in ["", "0066cc", "#06c", "#0066cg", "blu", "#+066cc", "#0066ccff", "#èèè"] {
            assert!(Colore::parse(wrong).is_err(), "{wrong}");
        }
    }
}
