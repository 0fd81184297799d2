//! One request, one answer.

use std::io::Write;

use tiny_http::{Header, Method, Request, Response};

use super::panel::{self, OWN};
use super::state::{State, View};
use crate::site::{NON_TROVATA, POLITICA, Proof};

pub fn answer(state: &State, request: Request) {
    if !is_ours(&request) {
        return give(request, 403, "text/plain; charset=utf-8", b"concilia risponde solo a questo computer\n".to_vec());
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return give(request, 405, "text/plain; charset=utf-8", b"si possono solo leggere le pagine\n".to_vec());
    }
    let address = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    if let Some(own) = address.strip_prefix(OWN) {
        return match own {
            "eventi" => listen(state, request),
            "ricarica.js" => give(request, 200, "text/javascript; charset=utf-8", panel::SCRIPT.into()),
            "pannello.css" => give(request, 200, "text/css; charset=utf-8", panel::STYLE.into()),
            _ => give(request, 404, "text/plain; charset=utf-8", b"non c'\xc3\xa8\n".to_vec()),
        };
    }
    let Some(path) = decode(&address) else {
        return give(request, 400, "text/plain; charset=utf-8", "l'indirizzo non si capisce\n".into());
    };
    page(&state.view(), request, &path);
}

/// A page elsewhere on the network must not read the drafts on this computer by pointing a name of its own here.
fn is_ours(request: &Request) -> bool {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    host.is_none_or(|host| {
        let host = host.value.as_str();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        matches!(name, "127.0.0.1" | "localhost" | "[::1]")
    })
}

fn page(view: &View, request: Request, path: &str) {
    let Some(edition) = &view.edition else {
        return give(request, 503, HTML, panel::alone(&view.errors).into_bytes());
    };
    // The error page names everything from the path that the site will have on its host.
    let base = edition.site.base_path().trim_start_matches('/');
    let path = path.strip_prefix(base).filter(|_| !edition.routes.contains_key(path)).unwrap_or(path);
    let (route, status) = if edition.routes.contains_key(path) {
        (path.to_owned(), 200)
    } else if path.is_empty() || path.ends_with('/') {
        let index = format!("{path}index.html");
        if edition.routes.contains_key(&index) { (index, 200) } else { (NON_TROVATA.into(), 404) }
    } else if edition.routes.contains_key(&format!("{path}/index.html")) {
        return redirect(request, &format!("/{path}/"));
    } else {
        (NON_TROVATA.into(), 404)
    };
    let made = edition.make(&route).unwrap_or_else(|| Err(vec![]));
    let (bytes, proof, errors) = match made {
        Ok((bytes, proof)) => (bytes, proof, Vec::clone(&view.errors)),
        // A template that fails on this page: the page as it was, under the panel.
        Err(problems) => match view.earlier.as_ref().and_then(|earlier| earlier.make(&route)) {
            Some(Ok((bytes, proof))) => (bytes, proof, problems),
            _ => return give(request, 500, HTML, panel::alone(&problems).into_bytes()),
        },
    };
    if proof != Proof::Page {
        return give(request, status, media_type(&route), bytes);
    }
    let html = String::from_utf8_lossy(&bytes);
    give(request, status, HTML, panel::dress(&html, &errors).into_bytes());
}

const HTML: &str = "text/html; charset=utf-8";

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn give(request: Request, status: u16, kind: &str, bytes: Vec<u8>) {
    let mut response = Response::from_data(bytes).with_status_code(status);
    let politica = format!("{POLITICA}; frame-ancestors 'none'");
    for (name, value) in [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", &politica),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // The browser may have gone away.
    let _ = request.respond(response);
}

fn redirect(request: Request, to: &str) {
    let mut response = Response::from_data(Vec::new()).with_status_code(308);
    if let Ok(header) = Header::from_bytes("Location", to) {
        response.add_header(header);
    }
    let _ = request.respond(response);
}

/// Keeps the connection for events.
fn listen(state: &State, request: Request) {
    let mut browser = request.into_writer();
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    if browser.write_all(head.as_bytes()).is_ok() {
        state.listen(browser);
    }
}

/// The path of an address, its escapes undone; nothing where they are wrong or lead upwards.
fn decode(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.strip_prefix('/')?.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    let path = String::from_utf8(bytes).ok()?;
    (!path.split('/').any(|part| part == "..") && !path.contains('\0')).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn addresses_become_paths_and_never_lead_out() {
        assert_eq!(decode("/2017-2018/progetti/win/").as_deref(), Some("2017-2018/progetti/win/"));
        assert_eq!(decode("/citt%C3%A0").as_deref(), Some("città"));
        for bad in ["/../x", "/a/%2e%2e/x", "/%zz", "/%", "x", "/%ff", "/%00"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
