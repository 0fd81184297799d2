//! Files for `media/`: pictures, acts and the logo, with the words that stand in their place.

use memchr::memmem;
use serde_json::json;

use super::guard::{BAD, No};
use super::modifiche::Modifica;
use super::{Answer, Editor, Reply, place};
use crate::input::source::{Kind, may_be_media};
use crate::input::store::Parsed;
use crate::publish::scrivi_nuovi;
use crate::suggest;
use crate::theme::messaggi::{plain, sentence};
use crate::value::impronta;

/// Endings of what is shown in a page; other files are linked.
const PICTURES: [&str; 6] = ["svg", "png", "jpg", "jpeg", "webp", "gif"];

/// A file with the words that tell what it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Upload {
    name: String,
    bytes: Vec<u8>,
    words: String,
}

impl Upload {
    /// A form of several parts (RFC 7578), as browsers write it.
    pub fn read(kind: &str, body: &[u8]) -> Result<Self, No> {
        let boundary = kind.split(';').find_map(|part| part.trim().strip_prefix("boundary=")).ok_or(BAD)?;
        let boundary = format!("--{}", boundary.trim_matches('"'));
        let mut upload = Upload::default();
        let mut starts = memmem::find_iter(body, boundary.as_bytes()).map(|at| at + boundary.len());
        let mut from = starts.next().ok_or(BAD)?;
        for next in starts {
            let part = body.get(from..next - boundary.len()).ok_or(BAD)?;
            from = next;
            let head = memmem::find(part, b"\r\n\r\n").ok_or(BAD)?;
            let content = part[head + 4..].strip_suffix(b"\r\n").ok_or(BAD)?;
            let head = String::from_utf8_lossy(&part[..head]).into_owned();
            match parameter(&head, "name") {
                Some("file") => {
                    upload.name = parameter(&head, "filename").unwrap_or_default().to_owned();
                    upload.bytes = content.to_vec();
                }
                Some("testo") => upload.words = String::from_utf8_lossy(content).trim().to_owned(),
                _ => {}
            }
        }
        Ok(upload)
    }

    /// Where the file will lie: from whatever it was called comes a name that is an address.
    fn place(&self) -> String {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        format!("media/{}.{}", suggest::slug(stem), suggest::slug(ending))
    }
}

fn parameter<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let start = head.find(&format!("; {name}=\""))? + name.len() + 4;
    head[start..].split('"').next()
}

/// What is written in a text to show a file, or to lead to it.
fn snippet(relative: &str, words: &str) -> String {
    let ending = relative.rsplit('.').next().unwrap_or_default();
    let mark = if PICTURES.contains(&ending) { "!" } else { "" };
    format!("{mark}[{}](/{relative})", words.replace(['[', ']'], ""))
}

impl Editor {
    /// The files that are there, with what shows the one that was loaded, or `why` it was not.
    pub fn media(&self, file: &str, words: &str, why: &str) -> Answer {
        let vista = self.vista();
        let media = vista.store.entries.values().filter(|entry| entry.source.kind == Kind::Media);
        let shown: Vec<_> = media
            .map(|entry| {
                let size = if let Parsed::Media(bytes) = &entry.parsed { bytes.len().div_ceil(1024) } else { 0 };
                json!({ "file": entry.source.relative, "kb": size, "usato": snippet(&entry.source.relative, "…") })
            })
            .collect();
        let context = json!({
            "titolo": "Allegati",
            "file": shown,
            "perche": why,
            "nuovo": if file.is_empty() { None } else { Some(snippet(file, words)) },
        });
        self.page("allegati.html", if why.is_empty() { 200 } else { 409 }, context)
    }

    pub fn upload(&self, upload: &Upload) -> Answer {
        let relative = upload.place();
        let refused = |why: &str| self.media("", "", &sentence(&plain(why)));
        if upload.name.is_empty() {
            return refused("scegli un file");
        }
        if upload.words.is_empty() {
            return refused("scrivi che cosa è, per chi non lo vede");
        }
        if let Err(no) = may_be_media(&relative, &upload.bytes) {
            let help = no.help.map(|help| format!(": {help}")).unwrap_or_default();
            return refused(&format!("{}{help}", no.message));
        }
        let content = &self.state.request.content;
        let written = place::for_new(content, &relative).and_then(|path| {
            let detti = vec![format!("Caricato l'allegato «{relative}»")];
            let caricato = Some(impronta(&upload.bytes));
            self.registro.scrivi(&Modifica { caricato, ..Modifica::di(&relative, None, None, detti) })?;
            scrivi_nuovi(content, &[(relative.clone(), upload.bytes.clone())])?;
            self.show(&path)
        });
        match written {
            Ok(()) => Ok(Reply::to("allegati", &[("file", &relative), ("testo", &upload.words)])),
            Err(why) => refused(&why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_a_file_is_read_byte_by_byte() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\Atti\\Determina n. 7.PDF\"\r\nContent-Type: \
            application/pdf\r\n\r\n%PDF\r\n\xff--\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"testo\"\r\n\r\n La determina \r\n--x--\r\n";
        let read = Upload::read("multipart/form-data; boundary=x", body).unwrap_or_default();
        assert_eq!((read.bytes.as_slice(), read.words.as_str()), (&b"%PDF\r\n\xff--\r\n"[..], "La determina"));
        assert_eq!(read.place(), "media/determina-n-7.pdf");
        assert_eq!(snippet("media/a.pdf", "La [determina]"), "[La determina](/media/a.pdf)");
        assert_eq!(snippet("media/a.png", "Il nido"), "![Il nido](/media/a.png)");
        for (kind, body) in [
            ("multipart/form-data", &b"--x"[..]),
            ("multipart/form-data; boundary=x", b""),
            ("m; boundary=x", b"--x\r\n--x"),
        ] {
            assert!(Upload::read(kind, body).is_err(), "{kind}");
        }
    }
}
