use super::*;
#[test]
fn probe_syntax() {
    for s in [
        "titolo: Modello: vincente\nscheda: 1\n",
        "titolo: x\nscheda:1\nalleanza: y\n",
        "titolo:x\nscheda: 1\n",
        "titolo: x\nscheda:1\n",
        "titolo: \"x\nscheda: 1\n",
        "titolo: \"x\nscheda: 1\nnome: \"y\"\n",
        "titolo: 'l'albero'\nscheda: 1\n",
        "titolo: \"il \"bel\" nome\"\nscheda: 1\n",
        "titolo: x\n scheda: 1\n",
        "a:\n  titolo: x\n scheda: 1\n",
        "a:\n  - x\n - y\n",
        "a:\n\tb: 1\n",
        "a:\n  b: 1\n\tc: 2\n",
        "a: [1, 2\nb: 3\n",
        "a: {b: 1\nb: 3\n",
        "a: 1]\nb: ]\n",
        "a: *x\n",
        "a: @x\n",
        "a: %x\n",
        "a: `x`\n",
        "a: 1\n---\nb: 2\n",
        "a: \"\\d\"\n",
        "- a\nb: 1\n",
        "a: 1\n- b\n",
        "a: - b\n",
        "a: |\n  x\n y\nb: 1\n",
        "a: |\n    x\n  y\nb: 1\n",
        "a: \0\n",
        "a: &x 1\nb: &x 2\n",
        "a: !x 1\n",
        "a: ? b\n",
        "a: b\n? c\n",
        "titolo: \u{201c}x\u{201d}: y\n",
        "a: [x, y: z, {q]\n",
        "[a]: 1\n",
        "{a: 1}: 1\n",
        "ciao",
        "a: >x\n",
        "a : 1\nb\n",
        "a: - 1\n",
        "a:\n - b: 1\n  c: 2\n",
        "a: [x y]z\n",
        "a: \"x\" y\n",
        "a: **bold**\n",
        "a: *bold* x\n",
        "a: 10%\nb: %\n",
        "a: 1\n...\nb: 2\n",
        "a: 1\n\u{feff}b: 1\n",
        "a: x #c\n#d\n",
        "a: \"x\"#c\n",
        "a: |\n\tx\n",
    ] {
        let m = Marked::load(s, 0..s.len());
        let g = m.error.as_ref().map(|e| format!("{:?} @{}:{} b{:?}", e.kind(), e.marker().line(), e.marker().col(), e.marker().byte_offset()));
        let l = fast::from_str::<serde::de::IgnoredAny>(s).err().map(|e| format!("{e} idx {:?}", e.location().map(|l| l.index())));
        println!("{s:?}\n   G {g:?} {}\n   L {l:?}", m.second.is_some());
    }
}
#[test]
fn probe_spans() {
    let s = "a: |\n  x\n  y\nb: 'q'\r\nc:\n  - d: 1\n    e: [1, {f: 2}]\n  -   - z\ng:\nh: >-\n  ciao\n\n\nperò: più testo\n  su due\n\"k\": &x foo\nz: *x\nlast: {}\nm: [\n 1,\n 2]\n";
    let m = Marked::load(s, 0..s.len());
    for n in &m.nodes { println!("{:?} {:?} -> {:?}", n.kind, n.bytes, &s[n.bytes.clone()]); }
    println!("{:?}", m.error);
}
