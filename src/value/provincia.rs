//! The provinces by their two letters: those of Lombardy with their names.

/// The provinces of Lombardy by their letters.
const LOMBARDE: [(&str, &str); 12] = [
    ("BG", "Bergamo"),
    ("BS", "Brescia"),
    ("CO", "Como"),
    ("CR", "Cremona"),
    ("LC", "Lecco"),
    ("LO", "Lodi"),
    ("MB", "Monza e Brianza"),
    ("MI", "Milano"),
    ("MN", "Mantova"),
    ("PV", "Pavia"),
    ("SO", "Sondrio"),
    ("VA", "Varese"),
];

/// Those of the rest of Italy, with the ones that Sardinia has had and has again, and `EE` for abroad.
const ALTRE: &str = "AG AL AN AO AP AQ AR AT AV BA BI BL BN BO BR BT BZ CA CB CE CH CI CL CN CS CT CZ EE EN FC FE FG \
                     FI FM FR GE GO GR IM IS KR LE LI LT LU MC ME MO MS MT NA NO NU OG OR OT PA PC PD PE PG PI PN PO \
                     PR PT PU PZ RA RC RE RG RI RM RN RO SA SI SP SR SS SU SV TA TE TN TO TP TR TS TV UD VB VC VE VI \
                     VR VS VT VV";

/// The name of a province of Lombardy.
pub fn nome(sigla: &str) -> Option<&'static str> {
    LOMBARDE.iter().find(|(sua, _)| *sua == sigla).map(|(_, nome)| *nome)
}

/// Whether a province has these letters.
pub fn e_una(sigla: &str) -> bool {
    nome(sigla).is_some() || ALTRE.split(' ').any(|altra| altra == sigla)
}

/// The letters that are meant: written small, or a province of Lombardy by its name.
pub fn intesa(testo: &str) -> Option<&'static str> {
    let is_meant = |parola: &str| parola.eq_ignore_ascii_case(testo);
    let lombarda = LOMBARDE.iter().find(|(sigla, nome)| is_meant(sigla) || is_meant(nome)).map(|(sigla, _)| *sigla);
    lombarda.or_else(|| ALTRE.split(' ').find(|sigla| is_meant(sigla)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_is_known_by_its_letters() {
        assert_eq!(LOMBARDE.len() + ALTRE.split(' ').count(), 112);
        assert!(["BG", "PR", "VV", "AG"].iter().all(|sigla| e_una(sigla)));
        assert!(["bg", "Bergamo", "ZZ", "", "G A"].iter().all(|sigla| !e_una(sigla)));
        assert_eq!(
            [intesa("bg"), intesa("bergamo"), intesa("pr"), intesa("ZZ")],
            [Some("BG"), Some("BG"), Some("PR"), None]
        );
    }
}
