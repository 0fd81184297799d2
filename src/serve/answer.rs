//! One request, one answer.

use std::io::Write;
use std::net::TcpStream;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::http::{self, Method, Refusal, Request};
use super::panel::{self, OWN};
use super::state::State;
use crate::audit::path::decoded;
use crate::site::{NON_TROVATA, POLITICA, Proof, media_type};

/// A connection and whether its answer is shown, or only its head.
struct Browser<'a> {
    stream: &'a TcpStream,
    is_shown: bool,
}

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

pub fn answer(state: &State, stream: TcpStream) {
    let Some(head) = http::head(&stream) else { return };
    let request = head.and_then(|(head, _)| http::parse(&head));
    let is_shown = !matches!(request, Ok(Request { method: Method::Head, .. }));
    let browser = Browser { stream: &stream, is_shown };
    let request = match request {
        Ok(request) => request,
        Err(Refusal(status)) => return browser.give(status, TEXT, b"la richiesta non si capisce\n"),
    };
    if !is_ours(&request) {
        return browser.give(403, TEXT, b"concilia risponde solo a questo computer\n");
    }
    if matches!(request.method, Method::Post | Method::Other) {
        return browser.give(405, TEXT, b"si possono solo leggere le pagine\n");
    }
    let address = request.target.split(['?', '#']).next().unwrap_or_default();
    if let Some(own) = address.strip_prefix(OWN) {
        return match own {
            "eventi" => listen(state, stream),
            "ricarica.js" => browser.give(200, "text/javascript; charset=utf-8", panel::SCRIPT.as_bytes()),
            "pannello.css" => browser.give(200, "text/css; charset=utf-8", panel::STYLE.as_bytes()),
            _ => browser.give(404, TEXT, "non c'è\n".as_bytes()),
        };
    }
    let Some(path) = decode(address) else {
        return browser.give(400, TEXT, "l'indirizzo non si capisce\n".as_bytes());
    };
    page(state, &browser, &path);
}

/// A page elsewhere on the network must not read the drafts on this computer by pointing a name of its own here.
fn is_ours(request: &Request) -> bool {
    request.field("host").is_none_or(|host| {
        let port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let name = host.rsplit_once(':').filter(|(_, after)| port(after)).map_or(host, |(name, _)| name);
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|ours| name.eq_ignore_ascii_case(ours))
    })
}

fn page(state: &State, browser: &Browser, path: &str) {
    let view = state.view();
    let dress = |html: &str, errors: &[String], path: &str| {
        let modify = state.editor.get().map(|editor| panel::modify(editor, path));
        panel::dress(html, errors, view.generation, modify.as_deref())
    };
    let Some(edition) = &view.edition else {
        return browser.give(503, HTML, dress(panel::ALONE, &view.errors, "").as_bytes());
    };
    // The error page links to everything below the path that the site will have on its host.
    let base = edition.site.base_path().trim_start_matches('/');
    let path = path.strip_prefix(base).filter(|_| !edition.site.routes.contains_key(path)).unwrap_or(path);
    let (route, status) = if edition.site.routes.contains_key(path) {
        (path.to_owned(), 200)
    } else if path.is_empty() || path.ends_with('/') {
        let index = format!("{path}index.html");
        if edition.site.routes.contains_key(&index) { (index, 200) } else { (NON_TROVATA.into(), 404) }
    } else if edition.site.routes.contains_key(&format!("{path}/index.html")) {
        return browser.lead_to(&format!("/{path}/"));
    } else {
        (NON_TROVATA.into(), 404)
    };
    let made = edition.make(&route).unwrap_or_else(|| Err(vec![]));
    let (bytes, proof, errors) = match made {
        Ok((bytes, proof)) => (bytes, proof, Vec::clone(&view.errors)),
        // A template that fails on this page: the page as it was, under the panel.
        Err(problems) => match view.earlier.as_ref().and_then(|earlier| earlier.make(&route)) {
            Some(Ok((bytes, proof))) => (bytes, proof, problems),
            _ => return browser.give(500, HTML, dress(panel::ALONE, &problems, &route).as_bytes()),
        },
    };
    if proof != Proof::Page {
        return browser.give(status, media_type(&route), &bytes);
    }
    let html = String::from_utf8_lossy(&bytes);
    browser.give(status, HTML, dress(&html, &errors, &route).as_bytes());
}

impl Browser<'_> {
    fn give(&self, status: u16, kind: &str, body: &[u8]) {
        let policy = format!("{POLITICA}; frame-ancestors 'none'");
        let fields = [
            ("Content-Type", kind),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", &policy),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
        ];
        http::answer(self.stream, status, &fields, body, self.is_shown);
    }

    fn lead_to(&self, path: &str) {
        /// Escaped, since they would end the header or the path, or begin an escape.
        const MARKS: &AsciiSet = &CONTROLS.add(b' ').add(b'?').add(b'#').add(b'%').add(b'"').add(b'<').add(b'>');
        let to = utf8_percent_encode(path, MARKS).to_string();
        http::answer(self.stream, 308, &[("Location", &to)], b"", self.is_shown);
    }
}

/// Keeps the connection for events.
fn listen(state: &State, mut stream: TcpStream) {
    let head = http::opening(200, &[("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")]);
    if stream.write_all(head.as_bytes()).is_ok() {
        state.listen(stream);
    }
}

/// The path of an address, its escapes undone; nothing where they are wrong or lead upwards.
fn decode(address: &str) -> Option<String> {
    let path = decoded(address.strip_prefix('/')?)?;
    (!path.split('/').any(|part| part == "..") && !path.contains('\0')).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::{Method, Request, decode};

    /// Drafts are for this computer, however it is written.
    #[test]
    fn only_names_of_this_computer_are_ours() {
        let is_ours = |host: &str| {
            let fields = vec![("host".into(), host.into())];
            let request = Request { method: Method::Get, target: "/".into(), fields };
            super::is_ours(&request)
        };
        for ours in ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]", "[::1]:8000"] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in ["", "localhost:", "localhost:x", "localhost.example.it", "127.0.0.1.example.it", "localhost@a:1"]
        {
            assert!(!is_ours(other), "{other}");
        }
    }

    #[test]
    fn addresses_become_paths_and_never_lead_out() {
        assert_eq!(decode("/2017-2018/progetti/win/").as_deref(), Some("2017-2018/progetti/win/"));
        assert_eq!(decode("/citt%C3%A0").as_deref(), Some("città"));
        for bad in ["/../x", "/a/%2e%2e/x", "/%zz", "/%", "x", "/%ff", "/%00"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
