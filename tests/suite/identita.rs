//! The face, the icon and the colours of a site.

use crate::golden::shipped;
use crate::html::{Page, pages};
use crate::support::Site;

#[test]
fn the_site_brings_its_own_face_with_its_licence_and_little_weight() {
    let tree = shipped();
    let style = std::str::from_utf8(&tree["assets/stile.css"]).expect("text");
    let fonts: Vec<_> = tree.iter().filter(|(path, _)| path.ends_with(".woff2")).collect();
    assert_eq!(fonts.len(), 2);
    assert!(fonts.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= 30 * 1024);
    for (path, bytes) in fonts {
        assert!(bytes.starts_with(b"wOF2"), "{path}");
        let from_assets = path.strip_prefix("assets/").expect("among the assets");
        assert!(style.contains(&format!("url(\"{from_assets}\")")), "{path}");
    }
    let licence = std::str::from_utf8(&tree["assets/caratteri/licenza-ofl.txt"]).expect("text");
    assert!(licence.contains("SIL Open Font License, Version 1.1") && licence.contains("github.com/google/fonts"));
    for page in pages(tree) {
        let policy = page.select("meta[http-equiv=Content-Security-Policy]")[0].attr("content").unwrap_or_default();
        assert!(policy.contains("font-src 'self'"), "{}", page.path);
    }
}

#[test]
fn a_site_has_the_icon_and_the_colour_that_it_chooses() {
    let plain = Site::small().built().published();
    let icon = |tree: &crate::support::Tree| {
        Page::of(tree, "index.html").select("link[rel=icon]")[0].attr("href").map(str::to_owned)
    };
    assert_eq!(icon(&plain).as_deref(), Some("assets/icona.svg"));
    assert!(plain.contains_key("assets/icona.svg") && !plain.contains_key("assets/identita.css"));
    let own =
        Site::small().append("content/sito.yaml", "icona: media/logo.svg\ncolore: \"#7A1F3D\"\n").built().published();
    assert_eq!(icon(&own).as_deref(), Some("media/logo.svg"));
    let style = std::str::from_utf8(&own["assets/identita.css"]).expect("text");
    assert!(style.contains("--primario:#7a1f3d;"), "{style}");
    for page in pages(&own) {
        let sheets = page.select("link[rel=stylesheet]");
        let own = sheets.iter().position(|link| link.attr("href").is_some_and(|href| href.ends_with("identita.css")));
        let theme = sheets.iter().position(|link| link.attr("href").is_some_and(|href| href.ends_with("stile.css")));
        assert!(theme < own, "{}", page.path);
    }
    Site::small()
        .append("content/sito.yaml", "icona: media/icona.png\n")
        .check()
        .exits(1)
        .says("l'icona `media/icona.png` non c'è");
}

#[test]
fn a_theme_may_bring_letters_of_its_own() {
    let ours = shipped()["assets/caratteri/titillium-web-400.woff2"].clone();
    Site::small()
        .append("content/sito.yaml", "tema: prova\n")
        .write("themes/prova/assets/caratteri/titillium-web-400.woff2", ours)
        .check()
        .exits(0);
}
