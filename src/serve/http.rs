//! As much of HTTP/1.1 (RFC 9112) as a preview and an editor on one computer need: one request a connection, a head of
//! bounded size, a body of known and bounded length. `docs/decisioni/serve.md` tells why it is our own.

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
    Post,
    Other,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// The address as it was asked for, escapes and all.
    pub target: String,
    /// All the fields of the head, their names in small letters.
    pub fields: Vec<(String, String)>,
}

impl Request {
    /// The value of a field that is there once.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str());
        values.next().filter(|_| values.next().is_none())
    }

    /// How long the body is: in chunks, or of two lengths, it has none that is known.
    fn length(&self) -> Result<usize, Refusal> {
        let has = |name: &str| self.fields.iter().any(|(own, _)| own == name);
        match self.field("content-length") {
            _ if has("transfer-encoding") => Err(Refusal(501)),
            Some(length) if length.bytes().all(|b| b.is_ascii_digit()) => length.parse().map_err(|_| Refusal(413)),
            Some(_) => Err(BAD),
            None if has("content-length") => Err(BAD),
            None => Err(Refusal(411)),
        }
    }
}

/// The status that says why a head is no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal(pub u16);

const BAD: Refusal = Refusal(400);

/// A head, and what was read behind it.
pub type Head = (Vec<u8>, Vec<u8>);

/// The head of a request, without the empty line that ends it, and what was read behind it; nothing where the browser
/// went away or fell silent.
pub fn head(mut stream: &TcpStream) -> Option<Result<Head, Refusal>> {
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
            let rest = head.split_off(seen + at + END.len());
            head.truncate(seen + at);
            return Some(Ok((head, rest)));
        }
    }
    Some(Err(Refusal(431)))
}

/// The body of a request, of which `rest` was read with the head. A longer one than `most` is not kept.
pub fn body(mut stream: &TcpStream, request: &Request, mut rest: Vec<u8>, most: usize) -> Result<Vec<u8>, Refusal> {
    let length = request.length()?;
    if length > most {
        drain(stream, length.saturating_sub(rest.len()), PATIENCE);
        return Err(Refusal(413));
    }
    let until = Instant::now() + PATIENCE;
    let mut chunk = [0; 1 << 16];
    while rest.len() < length {
        let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()).ok_or(Refusal(408))?;
        let read = stream.set_read_timeout(Some(left)).and_then(|()| stream.read(&mut chunk));
        match read {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return Err(Refusal(408)),
            Ok(read) => rest.extend_from_slice(&chunk[..read]),
        }
    }
    rest.truncate(length);
    Ok(rest)
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
        "POST" => Method::Post,
        _ if is_token(method) => Method::Other,
        _ => return Err(BAD),
    };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(Refusal(if version.starts_with("HTTP/") { 505 } else { 400 }));
    }
    if target.is_empty() || target.chars().any(char::is_control) {
        return Err(BAD);
    }
    let mut fields = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(BAD)?;
        if !is_token(name) || value.chars().any(|c| c.is_control() && c != '\t') {
            return Err(BAD);
        }
        fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    match fields.iter().filter(|(name, _)| name == "host").count() {
        0 if version == "HTTP/1.1" => Err(BAD),
        0 | 1 => Ok(Request { method, target: target.to_owned(), fields }),
        _ => Err(BAD),
    }
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
        drain(stream, REST, FAREWELL);
    }
}

/// Reads so many bytes that nobody wants, unless the browser falls silent: it takes no answer while it still sends.
fn drain(mut stream: &TcpStream, mut rest: usize, patience: Duration) {
    let until = Instant::now() + patience;
    let mut chunk = [0; 1 << 16];
    while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero() && rest > 0) {
        match stream.set_read_timeout(Some(left.min(FAREWELL))).and_then(|()| stream.read(&mut chunk)) {
            Ok(read) if read > 0 => rest = rest.saturating_sub(read),
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_has_one_reading_or_none() {
        let read = parse(b"GET /a?b HTTP/1.1\r\nhOST:\t localhost:8000 \r\nCookie: \xff").expect("a request");
        assert_eq!((read.method, read.target.as_str()), (Method::Get, "/a?b"));
        assert_eq!(read.field("host"), Some("localhost:8000"));
        let method = |head: &[u8]| parse(head).map(|request| request.method);
        assert_eq!(method(b"POST / HTTP/1.0"), Ok(Method::Post));
        assert_eq!(method(b"PUT / HTTP/1.0"), Ok(Method::Other));
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
    /// Two readings of where a body ends would be two requests.
    #[test]
    fn a_body_has_one_length_or_none() {
        let length = |fields: &str| {
            let request = parse(format!("POST / HTTP/1.1\r\nHost: a{fields}").as_bytes()).expect("a request");
            request.length().map_err(|Refusal(status)| status)
        };
        assert_eq!(length("\r\nContent-Length: 12"), Ok(12));
        for (bad, status) in [
            ("", 411),
            ("\r\nContent-Length: 1\r\nContent-Length: 1", 400),
            ("\r\nContent-Length: +1", 400),
            ("\r\nContent-Length: 99999999999999999999999", 413),
            ("\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", 501),
        ] {
            assert_eq!(length(bad), Err(status), "{bad:?}");
        }
    }
}
