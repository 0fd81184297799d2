use super::*;

/// What is found in a text, as kind and characters.
fn found(text: &str) -> Vec<(Datum, &str)> {
    find(text, Reading::Prose).into_iter().map(|found| (found.datum, &text[found.bytes])).collect()
}

#[track_caller]
fn finds(datum: Datum, text: &str, what: &str) {
    assert_eq!(found(text), [(datum, what)], "{text}");
}

#[track_caller]
fn passes(text: &str) {
    assert_eq!(found(text), [], "{text}");
}

#[test]
fn fiscal_codes_are_those_whose_last_letter_proves_the_others() {
    for code in ["RSSMRA80A01F205X", "rssmra80a01f205x", "RSSMRA85T10A562S", "VRDLGU50H41H501E"] {
        let valid = codice_fiscale::is_valid(code.as_bytes());
        assert!(valid, "{code}");
        finds(Datum::CodiceFiscale, &format!("il sig. ({code})."), code);
    }
    for code in ["RSSMRA80A01F205Y", "RSSMRA80A01F206X", "RSSMRA80A01F205", "RSSMRA80A01F205XX", "RSSMRA80G01F205X"] {
        passes(&format!("codice {code}"));
    }
}

/// The code with its right check letter.
fn closed(stem: &str) -> String {
    let close = |last| format!("{stem}{last}");
    ('A'..='Z').map(close).find(|code| codice_fiscale::is_valid(code.as_bytes())).unwrap_or_default()
}

#[test]
fn letters_that_stand_for_digits_make_no_difference() {
    for stem in ["RSSMRA80A01F20R", "RSSMRA80A01FN0R", "RSSMRAUMA0MF205", "RSSMRAULALMFNL5"] {
        let code = closed(stem);
        assert_eq!(code.len(), 16, "{stem}");
        finds(Datum::CodiceFiscale, &code, &code);
    }
    // A is no digit, and no month has day 32 or 40.
    for stem in ["RSSMRA80A01FA05", "RSSMRA80A32F205", "RSSMRA80A40F205", "RSSMRA80A00F205", "RSSMRA80A72F205"] {
        assert_eq!(closed(stem), "", "{stem}");
    }
}

#[test]
fn accounts_are_those_whose_remainder_is_one() {
    for (text, account) in [
        ("su IT60X0542811101000000123456.", "IT60X0542811101000000123456"),
        ("iban: it60x0542811101000000123456", "it60x0542811101000000123456"),
        ("IT60 X054 2811 1010 0000 0123 456 intestato", "IT60 X054 2811 1010 0000 0123 456"),
        ("IT 60", ""),
        ("IT60 X054 2811\n      1010 0000 0123 456", "IT60 X054 2811\n      1010 0000 0123 456"),
        ("SM86U0322509800000000270100", "SM86U0322509800000000270100"),
        ("DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("NO93 8601 1117 947", "NO93 8601 1117 947"),
        // The remainder is right, and a German account has no letters: it is a part of a control code.
        ("DE21 A1B2 C3D4 E5F6 0718 AB", ""),
    ] {
        if account.is_empty() { passes(text) } else { finds(Datum::Iban, text, account) }
    }
    for text in [
        "IT60X0542811101000000123457",
        "IT61X0542811101000000123456",
        "IT60X05428111010000001234567",
        "IT60X054281110100000012345",
        "prot. IT60 X054 2811 1010",
        "QQ60X0542811101000000123456",
        "it60",
    ] {
        passes(text);
    }
}

#[test]
fn addresses_are_found_whatever_stands_around_them() {
    for (text, address) in [
        ("scrivi a mario.rossi@gmail.com.", "mario.rossi@gmail.com"),
        ("<Mario_R+x@sub.libero.it>", "Mario_R+x@sub.libero.it"),
        ("[posta](mailto:a.b@alice.it)", "a.b@alice.it"),
        ("email: 'x@y.it'", "x@y.it"),
        ("«tè@caffè.it»", "tè@caffè.it"),
        ("https://a.it/?da=m.rossi@tin.it", "m.rossi@tin.it"),
        ("…'rossi@live.it", "rossi@live.it"),
        ("340.1234567@virgilio.it", "340.1234567@virgilio.it"),
    ] {
        finds(Datum::Email, text, address);
    }
    for text in [
        "ente@",
        "@ats_bg",
        "ente@ufficio",
        "https://medium.com/@nome.cognome/testo",
        "https://www.flickr.com/photos/123@N07/",
        "https://a.it/foto@centro.it/",
        "logo@2x.png",
        "pacchetto@1.2.3",
        "a@b..it",
        "a@-b.it",
        "a @ b.it",
        "3 kg @ 2.50",
        "@@@@",
    ] {
        passes(text);
    }
}

#[test]
fn mobile_numbers_are_found_in_the_ways_people_write_them() {
    for (text, number) in [
        ("cell. 3401234567", "3401234567"),
        ("cell.340 1234567", "340 1234567"),
        ("340-1234567,", "340-1234567"),
        ("340/1234567", "340/1234567"),
        ("(340) 1234567", "340) 1234567"),
        ("340 123 4567", "340 123 4567"),
        ("340 12 34 567", "340 12 34 567"),
        ("340.123.45.67", "340.123.45.67"),
        ("+39 340 1234567", "+39 340 1234567"),
        ("+393401234567", "+393401234567"),
        ("0039 340 1234567", "0039 340 1234567"),
        ("+39.34.01.23.45.67", "+39.34.01.23.45.67"),
        ("(+39) 340 1234567", "(+39) 340 1234567"),
        ("https://wa.me/393401234567", "wa.me/393401234567"),
        ("[chiama](tel:+393401234567)", "+393401234567"),
        ("+39 393 1234567", "+39 393 1234567"),
        ("telefono: \"3401234567\"", "3401234567"),
    ] {
        finds(Datum::Cellulare, text, number);
    }
    for text in [
        "02 34012345",
        "tel. 035 340123",
        "800 340 123",
        "+39 035 3401234",
        "+39 02 3401234",
        "0039 0353401234",
        "partita IVA 03401234567",
        "IVA 34012345678",
        "CIG 3401234567",
        "prot. 3401234567",
        "protocollo n. 340/2025123",
        "2025/3401234567",
        "3401234567/2025",
        "costo: 3401234567.00",
        "3.401.234.567,00",
        "340.123.456,00",
        "tra 340 e 1234567 euro",
        "12 340 123 4567",
        "340 250 1000 20",
        "nel 2013 e 2014",
        "https://a.it/doc/3401234567",
        "id=3401234567",
        "a3401234567",
        "301 1234567",
        "CAP 34012 34567",
    ] {
        passes(text);
    }
}

#[test]
fn what_acts_and_projects_are_called_is_nothing_personal() {
    for text in [
        "CUP J10B12300000001",
        "cup: E81J22000010006",
        "CIG Z1A2B3C4D5 e 7358295F4C",
        "prot. G1.2025.0012345 del 9/12/2025",
        "DGR XII/5464 del 2025-12-09, T12:00:00",
        "act n. 2398/2019 e 5755/2021",
        "codice_fiscale: \"04114400163\"",
        "costo_complessivo: 350000.00",
        "9b74c9897bac770ffc029102a200c5de",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "RESPONSABILIZZATI responsabilizzar",
        "M5C2I1.3 PNRR2021 PR FSE+ 2021-2027",
        "",
        "3",
        "a3",
    ] {
        passes(text);
    }
}

/// What is found in a text once it is folded, as kind, the bytes it was written with, and its one writing.
fn folded(text: &str) -> Vec<(Datum, String, String)> {
    let part = |personal: Personal| match personal.spot {
        Spot::Text(bytes) => (personal.datum, text[bytes].to_owned(), personal.normal.into()),
        other => panic!("{other:?}"),
    };
    in_text(text).into_iter().map(part).collect()
}

#[test]
fn what_hides_a_datum_is_undone_and_the_way_back_is_kept() {
    for (text, datum, written, normal) in [
        ("c.f. RSS MRA 85T10 A562S.", Datum::CodiceFiscale, "RSS MRA 85T10 A562S", "RSSMRA85T10A562S"),
        ("c.f. RSSMRA-85T10-A562S", Datum::CodiceFiscale, "RSSMRA-85T10-A562S", "RSSMRA85T10A562S"),
        ("è \"RSSMRA85T10\\u0041562S\"", Datum::CodiceFiscale, "RSSMRA85T10\\u0041562S", "RSSMRA85T10A562S"),
        ("`RSSMRA85``T10A562S`", Datum::CodiceFiscale, "RSSMRA85``T10A562S", "RSSMRA85T10A562S"),
        ("a **m.rossi**@tin.it,", Datum::Email, "m.rossi**@tin.it", "m.rossi@tin.it"),
        ("a m.rossi&#x40;tin.it,", Datum::Email, "m.rossi&#x40;tin.it", "m.rossi@tin.it"),
        ("a m.rossi&amp;#64;tin.it,", Datum::Email, "m.rossi&amp;#64;tin.it", "m.rossi@tin.it"),
        ("a m.rossi%2540tin.it,", Datum::Email, "m.rossi%2540tin.it", "m.rossi@tin.it"),
        ("a m.rossi ( at ) tin [dot] it,", Datum::Email, "m.rossi ( at ) tin [dot] it", "m.rossi@tin.it"),
        ("a m.rossi chiocciola tin punto it oggi", Datum::Email, "m.rossi chiocciola tin punto it", "m.rossi@tin.it"),
        ("a m.rossi<i>@</i>tin.it,", Datum::Email, "m.rossi<i>@</i>tin.it", "m.rossi@tin.it"),
        ("a m.rossi[@](/x)tin.it,", Datum::Email, "m.rossi[@](/x)tin.it", "m.rossi@tin.it"),
        ("al 340\u{202f}123\u{2011}4567.", Datum::Cellulare, "340\u{202f}123\u{2011}4567", "3401234567"),
        ("al 340\u{a0}1234567.", Datum::Cellulare, "340\u{a0}1234567", "3401234567"),
        ("al +39\u{a0}340 1234567.", Datum::Cellulare, "+39\u{a0}340 1234567", "3401234567"),
        ("al **340** 1234567.", Datum::Cellulare, "340** 1234567", "3401234567"),
        (
            "IT60X05428\u{2060}11101000000123456",
            Datum::Iban,
            "IT60X05428\u{2060}11101000000123456",
            "IT60X0542811101000000123456",
        ),
        (
            "<td>IT60</td> <td>X0542811101000000123456",
            Datum::Iban,
            "IT60</td> <td>X0542811101000000123456",
            "IT60X0542811101000000123456",
        ),
    ] {
        assert_eq!(folded(text), [(datum, written.to_owned(), normal.to_owned())], "{text}");
    }
    for text in [
        "Al 31 dicembre 2025 erano 280, al 30 giugno 2026 saranno 340; il 20 e il 21 marzo si chiude, se 24 sono in aula",
        "<td>340</td><td>1234567</td>",
        "m\\*\\*\\*\\*@tin.it",
        "@ats@mastodon.uno",
        "codice 3401234567, 3401234567 euro",
        "[at]titudini (punto) e basta",
        "&chi;tin.it &&& %% %4 %zz \\ \\u00 \\x4",
    ] {
        assert_eq!(folded(text), [], "{text}");
    }
}

#[test]
fn folding_ends_wherever_a_text_is_cut() {
    let text = "è&#64;&commat;%40%e2%80%8b\\u0040\\x40\\U00000040***`[at](x)(punto)<b a='>'>x</b><!-- -->＠\u{200b}А chiocciola a punto it";
    for (at, _) in text.char_indices() {
        in_text(&text[..at]);
        in_text(&text[at..]);
    }
}

#[test]
fn a_contact_is_the_same_however_it_is_written() {
    let same = |datum, a: &str, b: &str| assert_eq!(normal(datum, a), normal(datum, b), "{a} {b}");
    same(Datum::Email, "Ente@Comune.IT", "ente@comune.it");
    same(Datum::Cellulare, "+39 340 123 4567", "340/1234567");
    same(Datum::Cellulare, "0039 3401234567", "3401234567");
    same(Datum::Cellulare, "wa.me/393401234567", "340.1234567");
    same(Datum::Cellulare, "393 1234567", "+39 393 1234567");
    assert_eq!(mask("mario.rossi@gmail.com"), "mar…");
}

#[test]
fn numbers_of_drawings_are_no_telephones_unless_they_say_so() {
    let svg =
        |text: &str| in_media(format!("<svg><path d=\"M0 0 L 340 250 1000\"/><text>{text}</text></svg>").as_bytes());
    assert_eq!(svg("ATS"), []);
    assert_eq!(svg("cell. 340 1234567").len(), 1);
    assert_eq!(svg("+39 340 1234567").len(), 1);
}

#[test]
fn names_of_files_are_read_too() {
    for name in ["media/rssmra80a01f205x.jpg", "media/a_340_1234567.pdf", "media/IT60X0542811101000000123456.pdf"] {
        let found = in_name(name);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].spot, Spot::Name);
    }
    for name in ["media/logo.svg", "piani/2025-2027/progetti/nido.yaml", "media/2025/foto-2025-12-09.jpg"] {
        assert_eq!(in_name(name), [], "{name}");
    }
}

/// A JPEG with one segment.
fn jpeg(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap_or_default().to_be_bytes();
    [&[0xff, 0xd8, 0xff, marker][..], &length, data, b"\xff\xd9"].concat()
}

/// A PNG with one chunk; nobody reads its checksum.
fn png(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_be_bytes();
    [b"\x89PNG\r\n\x1a\n", &length[..], kind, data, b"crc0"].concat()
}

fn zlib(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, 6)
}

const WHO: &str = "mario.rossi@gmail.com";

/// Files whose metadata hold [`WHO`].
fn media() -> Vec<(&'static str, Vec<u8>)> {
    let wide: Vec<u8> = WHO.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = [0xfe, 0xff]
        .into_iter()
        .chain(WHO.encode_utf16().flat_map(u16::to_be_bytes))
        .map(|b| format!("{b:02X}"))
        .collect();
    let packed = zlib(WHO.as_bytes());
    let objects = zlib(format!("1 0 <</Author({WHO})>>").as_bytes());
    let webp = [b"RIFF\x40\0\0\0WEBPVP8 \x03\0\0\0abc\0EXIF\x15\0\0\0", WHO.as_bytes(), b"\0"].concat();
    vec![
        ("EXIF", jpeg(0xe1, &[b"Exif\0\0II*\0\x01\0", WHO.as_bytes(), b"\0\0"].concat())),
        ("EXIF, two bytes", jpeg(0xe1, &[b"Exif\0\0", &wide[..], b"\0\0"].concat())),
        ("EXIF, two bytes, odd", jpeg(0xe1, &[b"Exif\0\0\0", &wide[..], b"\0\0"].concat())),
        ("IPTC", jpeg(0xed, &[b"Photoshop 3.0\08BIM\x04\x04\0\0\x1c\x02\x50\0\x15", WHO.as_bytes()].concat())),
        ("comment", jpeg(0xfe, WHO.as_bytes())),
        ("tEXt", png(b"tEXt", format!("Author\0{WHO}").as_bytes())),
        ("eXIf", png(b"eXIf", WHO.as_bytes())),
        ("zTXt", png(b"zTXt", &[b"Author\0\0", &packed[..]].concat())),
        ("iTXt", png(b"iTXt", format!("Author\0\0\0it\0Autore\0{WHO}").as_bytes())),
        ("iTXt, packed", png(b"iTXt", &[b"Author\0\x01\0it\0Autore\0", &packed[..]].concat())),
        ("WebP", webp),
        ("Info", format!("%PDF-1.4\n\0<</Author (Mario \\(M\\) {WHO})>>").into()),
        ("Info, escaped", format!("%PDF-1.4\n<</Author({})>>", WHO.replace('@', "\\100")).into()),
        ("Info, hexadecimal", format!("%PDF-1.4\n<</Author <{hex}>>>").into()),
        (
            "Info, packed",
            [b"%PDF-1.5\n<</Type/ObjStm/Filter/FlateDecode>>stream\r\n", &objects[..], b"endstream"].concat(),
        ),
        ("XMP", format!("%PDF-1.4\n\0<x:xmpmeta><dc:creator>{WHO}</dc:creator></x:xmpmeta>").into()),
    ]
}

#[test]
fn metadata_are_read_in_each_format() {
    for (what, bytes) in media() {
        let mut found = in_media(&bytes);
        // Such PDFs have no pages.
        found.retain(|personal| personal.datum != Datum::Chiuso);
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert_eq!(
            (found[0].spot.clone(), &*found[0].normal, &*found[0].masked),
            (Spot::Metadata, WHO, "mar…"),
            "{what}"
        );
    }
}

#[test]
fn tables_in_other_encodings_are_read() {
    let latin = b"citt\xe0;mario.rossi@gmail.com\n";
    let wide: Vec<u8> = "\u{feff}città;mario.rossi@gmail.com".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&latin[..], &wide] {
        let found = in_media(bytes);
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].spot, &*found[0].normal), (&Spot::Inside, WHO));
    }
}

#[test]
fn broken_media_are_read_as_far_as_they_go() {
    for (_, bytes) in media() {
        for end in 0..bytes.len() {
            in_media(&bytes[..end]);
        }
        for at in 0..bytes.len() {
            for wrong in [0, 1, 0x7f, 0xff] {
                let mut bytes = bytes.clone();
                bytes[at] = wrong;
                in_media(&bytes);
            }
        }
    }
}

#[test]
fn a_bomb_is_opened_a_little() {
    let bomb = zlib(&vec![b'a'; 64 << 20]);
    let found = in_media(&png(b"zTXt", &[b"Comment\0\0", &bomb[..]].concat()));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].datum, &*found[0].masked), (Datum::Chiuso, "aperto è troppo grande"));
}

#[test]
fn long_texts_without_end_cost_no_more_than_their_length() {
    for piece in [
        "a1",
        "@",
        "a@",
        "3",
        "340 ",
        "340 1234567 ",
        "340\n",
        "IT60 ",
        "a@a.",
        "+39",
        "é3",
        "://a/@",
        "<a ",
        "<!--",
        "&",
        "&#",
        "[at",
        "](",
        "%40",
        "\\u",
        " chiocciola ",
        "a 5 6 2 S ",
        "<!ENTITY a \"&a;\">&a;",
        "*",
        "<a href='",
        "A\n5",
    ] {
        let text = piece.repeat((1 << 20) / piece.len());
        // Looked through anew from each of its signs, it would take hours.
        find(&text, Reading::Prose);
    }
}
