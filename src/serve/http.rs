//! As much of HTTP/1.1 (RFC 9112) as a preview on one computer needs: one request a connection, a head of bounded size,
//! no body. `docs/decisioni/serve.md` tells why it is our own.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use memchr::memmem;

/// Browsers send all the cookies that other programs on this computer have set; beyond this it is no browser.
const HEAD: usize = 64 << 10;
/// How long a head may take to arrive, and a browser to read some of the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of an unwanted body is read, and for how long: closing with unread bytes could lose the answer on its way.
const REST: usize = 1 << 20;
const FAREWELL: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Head,
    Other,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// The address as it was asked for, escapes and all.
    pub target: String,
    pub host: Option<String>,
}

/// The status that says why a head is no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal(pub u16);

const BAD: Refusal = Refusal(400);

/// The head of a request, without the empty line that ends it; nothing where the browser went away or fell silent.
pub fn head(mut stream: &TcpStream) -> Option<Result<Vec<u8>, Refusal>> {
    const END: &[u8] = b"\r\n\r\n";
    let until = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut chunk = [0; 4096];
    while head.len() <= HEAD {
        let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        stream.set_read_timeout(Some(left)).ok()?;
        let read = match stream.read(&mut chunk) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Ok(0) | Err(_) => return None,
            Ok(read) => read,
        };
        let seen = head.len().saturating_sub(END.len() - 1);
        head.extend_from_slice(&chunk[..read]);
        if let Some(at) = memmem::find(&head[seen..], END) {
            head.truncate(seen + at);
            return Some(Ok(head));
        }
    }
    Some(Err(Refusal(431)))
}

/// What a head asks for. Where two readings are possible there is none.
pub fn parse(head: &[u8]) -> Result<Request, Refusal> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(BAD);
    };
    let method = match method {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        _ if is_token(method) => Method::Other,
        _ => return Err(BAD),
    };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(Refusal(if version.starts_with("HTTP/") { 505 } else { 400 }));
    }
    if target.is_empty() || target.chars().any(char::is_control) {
        return Err(BAD);
    }
    let mut host = None;
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(BAD)?;
        if !is_token(name) || value.chars().any(|c| c.is_control() && c != '\t') {
            return Err(BAD);
        }
        if name.eq_ignore_ascii_case("Host") && host.replace(value.trim().to_owned()).is_some() {
            return Err(BAD);
        }
    }
    if host.is_none() && version == "HTTP/1.1" {
        return Err(BAD);
    }
    Ok(Request { method, target: target.to_owned(), host })
}

/// RFC 9110, 5.6.2.
fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// The first bytes of an answer.
pub fn opening(status: u16, fields: &[(&str, &str)]) -> String {
    let lines: String = fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    // The reason after the number is for nobody, and the space before it has to be there.
    format!("HTTP/1.1 {status} \r\n{lines}Connection: close\r\n\r\n")
}

/// Sends an answer and ends the connection. The browser may have gone away.
pub fn answer(mut stream: &TcpStream, status: u16, fields: &[(&str, &str)], body: &[u8], is_shown: bool) {
    let length = body.len().to_string();
    let fields = [fields, &[("Content-Length", length.as_str())]].concat();
    let mut bytes = opening(status, &fields).into_bytes();
    if is_shown {
        bytes.extend_from_slice(body);
    }
    let sent = stream.set_write_timeout(Some(PATIENCE)).and_then(|()| stream.write_all(&bytes));
    if sent.and_then(|()| stream.shutdown(Shutdown::Write)).is_ok() {
        let until = Instant::now() + FAREWELL;
        let mut rest = REST;
        let mut chunk = [0; 4096];
        while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero() && rest > 0) {
            match stream.set_read_timeout(Some(left)).and_then(|()| stream.read(&mut chunk)) {
                Ok(read) if read > 0 => rest = rest.saturating_sub(read),
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_has_one_reading_or_none() {
        let get = |target: &str, host: &str| {
            Ok(Request { method: Method::Get, target: target.to_owned(), host: Some(host.to_owned()) })
        };
        assert_eq!(
            parse(b"GET /a?b HTTP/1.1\r\nhOST:\t localhost:8000 \r\nCookie: \xff"),
            get("/a?b", "localhost:8000")
        );
        assert_eq!(parse(b"POST / HTTP/1.0").map(|request| (request.method, request.host)), Ok((Method::Other, None)));
        for (bad, status) in [
            ("", 400),
            ("GET /", 400),
            ("GET  / HTTP/1.1\r\nHost: a", 400),
            ("GET / HTTP/1.1", 400),
            ("GET / HTTP/2.0\r\nHost: a", 505),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: a", 400),
            ("GET / HTTP/1.1\r\nHost : a", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\n b", 400),
            ("GET / HTTP/1.1\r\nHost: a\nHost: b", 400),
            ("GET / HTTP/1.1\r\nHost: a\0", 400),
            ("G(T / HTTP/1.1\r\nHost: a", 400),
        ] {
            assert_eq!(parse(bad.as_bytes()), Err(Refusal(status)), "{bad:?}");
        }
    }
}
