//! Who may ask the editor for what: only the browser of whoever started it, and only from its own pages.
//!
//! `docs/decisioni/editor.md` tells against what each of these stands.

use std::borrow::Cow;

use crate::serve::http::{Method, Refusal, Request};
use crate::value::impronta;

/// Enough for the longest record.
pub const LARGEST_FORM: usize = 4 << 20;
/// Enough for an act of many pages; larger files are put into `media` by hand.
pub const LARGEST_FILE: usize = 24 << 20;

/// How many bytes of chance the secret has.
const SECRET: usize = 24;

/// What opens the editor in this run.
pub struct Guard {
    secret: String,
    /// All pages lie below this folder: the cookie is for it alone, and no other program on this computer gets it.
    pub folder: String,
    host: String,
}

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// The address that was printed at start: its secret becomes a cookie.
    Entry,
    Read {
        path: String,
    },
    Write {
        path: String,
    },
    /// A file for `media`.
    Upload,
    /// What somebody wrote into a page that an earlier run has served: nothing is done with it but to show it again.
    Late {
        path: String,
    },
    /// The same, with the address of this run that the one who wrote it has added.
    Again,
}

/// The pages into which one writes.
pub const WRITTEN: [&str; 4] = ["scheda", "nuova", "testo", "griglia"];
/// Where what was written into a page of an earlier run goes, once the new address is known.
pub const AGAIN: &str = "/riprendi";

/// The page that takes files.
pub const UPLOAD: &str = "carica";

/// Why a request is not answered, and its status.
#[derive(Debug, PartialEq, Eq)]
pub struct No(pub u16, pub Cow<'static, str>);

pub const fn no(status: u16, why: &'static str) -> No {
    No(status, Cow::Borrowed(why))
}

pub const BAD: No = no(400, "la richiesta non si capisce");
const NOT_HERE: No = no(403, "apri l'indirizzo dell'editor che concilia ha scritto quando è partito");
const FROM_ELSEWHERE: No = no(403, "la richiesta viene da un'altra pagina: l'editor risponde solo alle sue");

impl From<Refusal> for No {
    fn from(Refusal(status): Refusal) -> Self {
        if status == 413 { no(status, "è troppo grande") } else { No(status, BAD.1) }
    }
}

/// What keeps something from being written.
impl From<String> for No {
    fn from(why: String) -> Self {
        No(409, why.into())
    }
}

impl Guard {
    pub fn new(port: u16) -> Result<Self, String> {
        let mut bytes = [0; SECRET];
        getrandom::fill(&mut bytes).map_err(|_| "il sistema non dà numeri casuali: l'editor non parte".to_owned())?;
        let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = format!("/{}/", &impronta(secret.as_bytes())[..12]);
        Ok(Guard { secret, folder, host: format!("127.0.0.1:{port}") })
    }

    /// The address that opens the editor.
    pub fn entry(&self) -> String {
        format!("http://{}/entra/{}", self.host, self.secret)
    }

    /// The address of its pages, for whoever is in.
    pub fn address(&self) -> String {
        format!("http://{}{}", self.host, self.folder)
    }

    /// The cookie of whoever has come by the printed address.
    pub fn cookie(&self) -> String {
        format!("concilia={}; Path={}; HttpOnly; SameSite=Strict", self.secret, self.folder)
    }

    /// What is asked, if this may ask it.
    pub fn admit(&self, request: &Request) -> Result<Asked, No> {
        if request.field("host") != Some(self.host.as_str()) {
            return Err(no(403, "concilia risponde solo a questo computer"));
        }
        let is_read = matches!(request.method, Method::Get | Method::Head);
        if let (Some(secret), true) = (request.target.strip_prefix("/entra/"), is_read) {
            return if self.is_secret(secret) { Ok(Asked::Entry) } else { Err(NOT_HERE) };
        }
        let path = request.target.strip_prefix(&self.folder).filter(|_| self.has_cookie(request));
        let Some(path) = path else { return self.late(request) };
        self.comes_from_here(request)?;
        let path = path.to_owned();
        match request.method {
            Method::Get | Method::Head => Ok(Asked::Read { path }),
            Method::Post => {
                self.may_write(request, &path)?;
                Ok(if path == UPLOAD { Asked::Upload } else { Asked::Write { path } })
            }
            Method::Other => Err(no(405, "questo l'editor non lo fa")),
        }
    }

    /// A form of a page of this origin, without the secret of this run.
    fn late(&self, request: &Request) -> Result<Asked, No> {
        let page = request.target.rsplit('/').next().unwrap_or_default();
        let is_form = request.method == Method::Post
            && (WRITTEN.contains(&page) || request.target == AGAIN)
            && self.comes_from_here(request).and_then(|()| self.may_write(request, page)).is_ok();
        match is_form {
            true if request.target == AGAIN => Ok(Asked::Again),
            true => Ok(Asked::Late { path: page.to_owned() }),
            false => Err(NOT_HERE),
        }
    }

    /// By their fingerprints: how long the comparison takes tells nothing of the secret.
    pub fn is_secret(&self, told: &str) -> bool {
        impronta(told.as_bytes()) == impronta(self.secret.as_bytes())
    }

    fn has_cookie(&self, request: &Request) -> bool {
        let cookies = request.field("cookie").unwrap_or_default().split(';');
        let mut values = cookies.filter_map(|cookie| cookie.trim().strip_prefix("concilia="));
        values.any(|told| self.is_secret(told))
    }

    /// Browsers say what page a request comes from. Another site of this computer, such as the preview, may only lead here.
    fn comes_from_here(&self, request: &Request) -> Result<(), No> {
        let said = |name: &str| request.field(name);
        let is_visit = said("sec-fetch-mode") == Some("navigate") && said("sec-fetch-dest") == Some("document");
        match said("sec-fetch-site") {
            None | Some("same-origin" | "none") => Ok(()),
            Some("same-site") if is_visit && request.method != Method::Post => Ok(()),
            Some(_) => Err(FROM_ELSEWHERE),
        }
    }

    /// A page of another site can send a form, and cannot say that it comes from here.
    fn may_write(&self, request: &Request, path: &str) -> Result<(), No> {
        let origin = format!("http://{}", self.host);
        if request.field("origin") != Some(origin.as_str()) || request.field("sec-fetch-site") == Some("none") {
            return Err(FROM_ELSEWHERE);
        }
        let kind = request.field("content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let wanted = if path == UPLOAD { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        if kind != wanted {
            return Err(no(415, "l'editor riceve solo i suoi moduli"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::http::parse;

    fn asked(guard: &Guard, head: &str) -> Result<Asked, u16> {
        let head = head.replace("FOLDER", &guard.folder).replace("SECRET", &guard.secret);
        guard.admit(&parse(head.as_bytes()).expect("a request")).map_err(|No(status, _)| status)
    }

    #[test]
    fn only_its_own_pages_may_write_and_only_who_has_the_secret_reads() {
        let guard = Guard::new(4401).expect("chance");
        let own = "Host: 127.0.0.1:4401\r\nCookie: a=b; concilia=SECRET";
        let form = "Content-Type: application/x-www-form-urlencoded";
        let origin = "Origin: http://127.0.0.1:4401";
        assert_eq!(asked(&guard, "GET /entra/SECRET HTTP/1.1\r\nHost: 127.0.0.1:4401"), Ok(Asked::Entry));
        assert_eq!(asked(&guard, &format!("GET FOLDERx HTTP/1.1\r\n{own}")), Ok(Asked::Read { path: "x".into() }));
        let post = format!("POST FOLDERx HTTP/1.1\r\n{own}\r\n{origin}\r\n{form}");
        assert_eq!(asked(&guard, &post), Ok(Asked::Write { path: "x".into() }));
        let late = format!("Host: 127.0.0.1:4401\r\n{form}");
        let path = "scheda".to_owned();
        assert_eq!(
            asked(&guard, &format!("POST /prima/scheda HTTP/1.1\r\n{late}\r\n{origin}")),
            Ok(Asked::Late { path })
        );
        assert_eq!(asked(&guard, &format!("POST /riprendi HTTP/1.1\r\n{late}\r\n{origin}")), Ok(Asked::Again));
        let visit = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document";
        assert!(
            asked(&guard, &format!("GET FOLDER HTTP/1.1\r\n{own}\r\nSec-Fetch-Site: same-site\r\n{visit}")).is_ok()
        );
        for (no, status) in [
            (format!("POST /prima/scheda HTTP/1.1\r\n{late}"), 403),
            (format!("POST /prima/scheda HTTP/1.1\r\n{late}\r\nOrigin: http://127.0.0.1:4400"), 403),
            (format!("POST /prima/annulla HTTP/1.1\r\n{late}\r\n{origin}"), 403),
            (format!("GET /riprendi HTTP/1.1\r\n{late}\r\n{origin}"), 403),
            ("GET /entra/00 HTTP/1.1\r\nHost: 127.0.0.1:4401".to_owned(), 403),
            ("POST /entra/SECRET HTTP/1.1\r\nHost: 127.0.0.1:4401".to_owned(), 403),
            ("GET FOLDER HTTP/1.1\r\nHost: 127.0.0.1:4401".to_owned(), 403),
            ("GET FOLDER HTTP/1.1\r\nHost: 127.0.0.1:4401\r\nCookie: concilia=00".to_owned(), 403),
            (format!("GET / HTTP/1.1\r\n{own}"), 403),
            (format!("GET FOLDER HTTP/1.1\r\n{}", own.replace("127.0.0.1:4401", "localhost:4401")), 403),
            (format!("GET FOLDER HTTP/1.1\r\n{}", own.replace("127.0.0.1:4401", "127.0.0.1")), 403),
            (format!("GET FOLDER HTTP/1.1\r\n{own}\r\nSec-Fetch-Site: cross-site\r\n{visit}"), 403),
            (format!("GET FOLDER HTTP/1.1\r\n{own}\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors"), 403),
            (format!("POST FOLDER HTTP/1.1\r\n{own}\r\n{form}"), 403),
            (format!("POST FOLDER HTTP/1.1\r\n{own}\r\n{form}\r\nOrigin: null"), 403),
            (format!("POST FOLDER HTTP/1.1\r\n{own}\r\n{form}\r\nOrigin: http://127.0.0.1:4400"), 403),
            (
                format!("POST FOLDER HTTP/1.1\r\n{own}\r\n{form}\r\n{origin}\r\nSec-Fetch-Site: same-site\r\n{visit}"),
                403,
            ),
            (format!("POST FOLDER HTTP/1.1\r\n{own}\r\n{origin}"), 415),
            (format!("POST FOLDER HTTP/1.1\r\n{own}\r\n{origin}\r\nContent-Type: application/json"), 415),
            (format!("POST FOLDERcarica HTTP/1.1\r\n{own}\r\n{origin}\r\n{form}"), 415),
            (format!("POST FOLDER HTTP/1.1\r\n{own}\r\n{origin}\r\nContent-Type: multipart/form-data"), 415),
            (format!("PUT FOLDER HTTP/1.1\r\n{own}\r\n{origin}\r\n{form}"), 405),
        ] {
            assert_eq!(asked(&guard, &no), Err(status), "{no}");
        }
    }
}
