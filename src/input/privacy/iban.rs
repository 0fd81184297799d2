//! Bank accounts: country, length and the two digits that prove the rest (ISO 13616, mod 97).

/// The length of the accounts of each country of the SWIFT register, in one text: `IT27`.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 \
    DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 \
    JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 \
    PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 \
    VA22 VG24 XK20 YE30";

/// How many characters an account of this country has.
pub fn length(country: [u8; 2]) -> Option<usize> {
    let country = country.map(|b| b.to_ascii_uppercase());
    let known = LENGTHS.split(' ').find(|known| known.as_bytes().starts_with(&country))?;
    known.get(2..)?.parse().ok()
}

/// Whether the characters, without spaces, are an account.
pub fn is_valid(text: &[u8]) -> bool {
    let [a, b, rest @ ..] = text else { return false };
    if length([*a, *b]) != Some(text.len()) || !text.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let [c, d, account @ ..] = rest else { return false };
    if !c.is_ascii_digit() || !d.is_ascii_digit() {
        return false;
    }
    let country = [a.to_ascii_uppercase(), b.to_ascii_uppercase()];
    // Italy and San Marino: a letter, bank and branch in ten digits, twelve characters.
    if matches!(&country, b"IT" | b"SM")
        && !(account[0].is_ascii_alphabetic() && account[1..11].iter().all(u8::is_ascii_digit))
    {
        return false;
    }
    // Accounts of digits alone: a control code, whose letters go from A to F, begins like one of these at times.
    if matches!(&country, b"AE" | b"BA" | b"BE" | b"DE" | b"EE") && !account.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let check = (c - b'0') * 10 + (d - b'0');
    (2..=98).contains(&check) && account.iter().chain([a, b, c, d]).fold(0, add) == 1
}

/// The remainder of the number so far with one more character, a letter counting 10-35.
fn add(rest: u32, character: &u8) -> u32 {
    match character {
        b'0'..=b'9' => (rest * 10 + u32::from(character - b'0')) % 97,
        _ => (rest * 100 + u32::from(character.to_ascii_uppercase() - b'A') + 10) % 97,
    }
}
