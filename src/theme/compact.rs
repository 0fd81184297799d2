//! The built-in styles and scripts without what only their authors read: pages have a weight to keep.

/// A style sheet without comments, indentation, line ends and zeros before a point. Strings and single spaces stay as they
/// are.
pub fn css(text: &str) -> String {
    // No space around these; before a colon it may part two selectors.
    const TIGHT: [char; 5] = ['{', '}', ';', ',', '>'];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            space = true;
        } else if c.is_ascii_whitespace() {
            rest = &rest[1..];
            space = true;
        } else {
            let length = if matches!(c, '"' | '\'') { string_length(rest, c) } else { c.len_utf8() };
            let is_tight = TIGHT.contains(&c) || c == '!' || out.ends_with(TIGHT) || out.ends_with(':');
            if space && !is_tight && !out.is_empty() {
                out.push(' ');
            }
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            space = false;
            if !(is_zero_before_a_point(rest) && out.ends_with([' ', ',', ':', '(', '-'])) {
                out.push_str(&rest[..length]);
            }
            rest = &rest[length..];
        }
    }
    out.push('\n');
    out
}

fn is_zero_before_a_point(text: &str) -> bool {
    text.strip_prefix("0.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A script without indentation and without the lines that are comments: no string of ours has a line end.
pub fn js(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The bytes of the string that a text begins with, its marks included.
fn string_length(text: &str, mark: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        let ends = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, mark)| at + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{css, js};

    #[test]
    fn a_script_says_the_same_in_fewer_bytes() {
        assert_eq!(
            js("// Note\n(function () {\n  // Why.\n\n  go(\"//a\"); // how\n})();\n"),
            "(function () {\ngo(\"//a\"); // how\n})();\n"
        );
    }

    #[test]
    fn a_style_says_the_same_in_fewer_bytes() {
        let whole = "/* Note */\n:root {\n  --a: calc(1rem + 2px);\n  --b: url(\"data:x,  /* y */\");\n}\n\n\
                     a:hover , main > p :target::before {\n  content: \"; } \\\" {\";\n  font: 1rem/1.2 A, B;\n  margin: -0.5rem 0.25em 10.5px !important;\n}\n\
                     @media print {\n  a { color: red; }\n}\n";
        assert_eq!(
            css(whole),
            ":root{--a:calc(1rem + 2px);--b:url(\"data:x,  /* y */\")}a:hover,main>p :target::before{content:\
             \"; } \\\" {\";font:1rem/1.2 A,B;margin:-.5rem .25em 10.5px!important}@media print{a{color:red}}\n"
        );
        assert_eq!(css("a { } /* open"), "a{}\n");
    }
}
