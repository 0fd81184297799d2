//! What a form sends, and what stands behind the question mark of an address.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::audit::path::decoded;

/// Names and values in the order in which they were sent.
#[derive(Debug, Default, Clone)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// Pairs whose escapes are wrong are left out: no browser sends them.
    pub fn read(text: &str) -> Self {
        let plain = |text: &str| decoded(&text.replace('+', " "));
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // Browsers send the line breaks of Windows.
            Some((plain(name)?, plain(value)?.replace("\r\n", "\n")))
        };
        Form(text.split('&').filter(|pair| !pair.is_empty()).filter_map(pair).collect())
    }

    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// The value of a field, which is none of the form any more.
    pub fn take(&mut self, name: &str) -> String {
        let at = self.0.iter().position(|(own, _)| own == name);
        at.map(|at| self.0.remove(at).1).unwrap_or_default()
    }

    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// A text as it stands in an address.
pub fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// An address of the editor with what it asks for.
pub fn address(page: &str, asked: &[(&str, &str)]) -> String {
    let asked: Vec<String> = asked
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    if asked.is_empty() { page.to_owned() } else { format!("{page}?{}", asked.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_read_as_they_were_written() {
        let form = Form::read("titolo=Nido+%26+casa&testo=una%0D%0Adue&vuoto=&vuoto=2&male=%zz");
        assert_eq!((form.get("titolo"), form.get("testo"), form.get("vuoto")), ("Nido & casa", "una\ndue", ""));
        assert_eq!((form.find("male"), form.find("altro")), (None, None));
        let to = address("scheda", &[("file", "piani/a b.yaml"), ("dove", ""), ("x", "&")]);
        assert_eq!(to, "scheda?file=piani%2Fa%20b%2Eyaml&x=%26");
        assert_eq!(Form::read(to.split_once('?').expect("asked").1).get("file"), "piani/a b.yaml");
    }
}
