//! The preview: fresh pages, the last good one under a panel, nothing written.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{BINARY, Site};

/// Far beyond any machine: only what never comes takes this long.
const NEVER: Duration = Duration::from_secs(60);

const PROJECT: &str = "content/piani/2025-2027/progetti/nido.yaml";

/// A running preview; dropped, it ends.
pub struct Preview {
    child: Child,
    pub port: u16,
    /// The address that opens the editor.
    pub entry: String,
}

impl Preview {
    pub fn of(site: &Site, port: u16) -> Self {
        Self::run(site, Command::new(BINARY), "serve", port, &[])
    }

    /// The same without the editor.
    fn read_only(site: &Site, port: u16) -> Self {
        Self::run(site, Command::new(BINARY), "serve", port, &["--sola-lettura"])
    }

    /// The guide that the program carries; what it unpacks goes with the site.
    fn guide(site: &Site, port: u16) -> Self {
        let mut command = Command::new(BINARY);
        command.env("TMPDIR", site.root());
        Self::run(site, command, "guida", port, &[])
    }

    /// The same, where no more than so many files may be open at once.
    fn with_few_files(site: &Site, port: u16, files: u16) -> Self {
        let mut command = Command::new("prlimit");
        command.arg(format!("--nofile={files}")).arg(BINARY);
        Self::run(site, command, "serve", port, &[])
    }

    fn run(site: &Site, mut command: Command, name: &str, port: u16, also: &[&str]) -> Self {
        let mut child = command
            .args([name, "--port", &port.to_string()])
            .args(also)
            .current_dir(site.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the preview starts");
        let out = child.stdout.take().expect("its standard output");
        let mut lines = BufReader::new(out).lines();
        let port = loop {
            let line = lines.next().expect("it says where the site is").expect("a line");
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                break rest.split('/').next().and_then(|port| port.parse().ok()).expect("a port");
            }
        };
        let entry = match also {
            [] if name == "serve" => {
                lines.find_map(|line| line.expect("a line").trim().strip_prefix("http://").map(str::to_owned))
            }
            _ => None,
        };
        // It goes on talking about every change.
        std::thread::spawn(move || lines.for_each(drop));
        Preview { child, port, entry: entry.unwrap_or_default() }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("the preview answers");
        stream.set_read_timeout(Some(NEVER)).expect("a time-out");
        stream
    }

    fn ask(&self, path: &str, host: &str) -> (u16, String) {
        self.say(&format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n"))
    }

    /// The status and the body that answer to these bytes.
    fn say(&self, request: &str) -> (u16, String) {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
        (status, body)
    }

    /// The events of a new stream: what they say.
    pub fn events(&self) -> impl Iterator<Item = String> + use<> {
        let mut browser = self.connect();
        write!(browser, "GET /_concilia/eventi HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
        let lines = BufReader::new(browser).lines().map(|line| line.expect("an event"));
        lines.filter(|line| line.starts_with("data: "))
    }

    pub fn page(&self, path: &str) -> String {
        self.ask(path, "localhost").1
    }

    /// Asks until the page is as wanted.
    pub fn until(&self, path: &str, wanted: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let page = self.page(path);
            if wanted(&page) {
                return page;
            }
            assert!(start.elapsed() < NEVER, "it never comes:\n{page}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago; if somebody takes it, the preview takes the next.
pub fn port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("its number").port()
}

const SCRIPT: &str = "<script src=\"/_concilia/ricarica.js\" data-edizione=\"1\" defer></script>";

/// A page, but for the edition that it is of.
fn undated(page: &str) -> String {
    let (before, after) = page.split_once("data-edizione=\"").expect("the script that reloads");
    format!("{before}{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[test]
fn the_guide_is_read_wherever_one_is() {
    let site = Site::empty();
    let guide = Preview::guide(&site, port());
    assert!(guide.page("/").contains("<h1>Guida di concilia</h1>"));
    assert!(guide.page("/primo-piano/").contains("concilia inizia"), "{}", guide.page("/primo-piano/"));
}

#[test]
fn its_pages_are_those_of_the_build_but_for_the_reload_script() {
    let site = Site::small().built();
    let preview = Preview::read_only(&site, port());
    for (path, bytes) in site.published() {
        if path.starts_with('.') {
            continue;
        }
        let (status, body) = preview.ask(&format!("/{path}"), "localhost");
        let published = String::from_utf8_lossy(&bytes);
        assert_eq!(status, 200, "{path}");
        let dressed = if path.ends_with(".html") {
            assert_eq!(body.matches(SCRIPT).count(), 1, "{path}");
            body.replace(SCRIPT, "")
        } else {
            body
        };
        // Pictures in other formats are no text: their readable part is compared.
        assert!(dressed == published, "{path} is not as it was built");
    }
}

#[test]
fn a_saved_record_is_fresh_on_every_page_that_shows_it_and_browsers_are_told() {
    let site = Site::small();
    let preview = Preview::of(&site, port());
    let mut events = preview.events();
    let before = events.next().expect("the number of the edition");
    let title = site.read(PROJECT).lines().find(|line| line.starts_with("titolo:")).expect("a title").to_owned();
    let site = site.replace(PROJECT, &title, "titolo: Un titolo appena scritto");
    assert_ne!(events.next().expect("another edition"), before);
    for path in ["/2025-2027/progetti/nido/", "/2025-2027/progetti/", "/2025-2027/"] {
        preview.until(path, |page| page.contains("Un titolo appena scritto"));
    }
    assert!(!site.path("public").exists(), "the preview publishes nothing");
}

#[test]
fn while_records_are_broken_the_last_good_page_stays_under_the_problems() {
    let site = Site::small();
    let preview = Preview::of(&site, port());
    let path = "/2025-2027/progetti/nido/";
    let good = preview.page(path);
    let text = site.read(PROJECT);
    let site = site.write(PROJECT, text.replace("alleanza:", "aleanza:"));
    let broken = preview.until(path, |page| page.contains("concilia-pannello"));
    assert!(broken.contains("il campo `aleanza` non esiste"), "{broken}");
    assert!(broken.contains("forse intendevi `alleanza`?"), "{broken}");
    let heading = good.split("<h1").nth(1).and_then(|rest| rest.split("</h1>").next()).expect("a heading");
    assert!(broken.contains(heading), "the last good page is not under it");
    let _site = site.write(PROJECT, text);
    let mended = preview.until(path, |page| !page.contains("concilia-pannello"));
    assert_eq!(undated(&mended), undated(&good));
}

#[test]
fn records_broken_from_the_start_are_listed_until_they_are_mended() {
    let site = Site::small();
    let text = site.read("content/sito.yaml");
    let site = site.write("content/sito.yaml", text.replace("titolo:", "titollo:"));
    let preview = Preview::of(&site, port());
    let (status, page) = preview.ask("/", "localhost");
    assert_eq!(status, 503);
    assert!(page.contains("forse intendevi `titolo`?"), "{page}");
    let _site = site.write("content/sito.yaml", text);
    preview.until("/", |page| page.contains("Intervento finanziato con il contributo di Regione Lombardia"));
}

#[test]
fn a_theme_that_fails_on_a_page_leaves_the_page_as_it_was() {
    let site = Site::small();
    let text = site.read("content/sito.yaml");
    let site = site
        .write("content/sito.yaml", format!("{text}tema: prova\n"))
        .write("themes/prova/templates/404.html", "{% extends \"italia/404.html\" %}");
    let preview = Preview::of(&site, port());
    let good = preview.page("/nulla");
    let _site = site.write(
        "themes/prova/templates/404.html",
        "{% extends \"italia/404.html\" %}\n{% block titolo %}{{ nulla_di_simile }}{% endblock %}",
    );
    let broken = preview.until("/nulla", |page| page.contains("concilia-pannello"));
    assert!(broken.contains("themes/prova/templates/404.html:2:"), "{broken}");
    let heading = good.split("<h1").nth(1).and_then(|rest| rest.split("</h1>").next()).expect("a heading");
    assert!(broken.contains(heading), "{broken}");
}

#[test]
fn a_busy_port_is_passed_over() {
    let site = Site::small();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let busy = taken.local_addr().expect("its number").port();
    let preview = Preview::of(&site, busy);
    assert!(preview.port > busy, "{} after {busy}", preview.port);
    assert_eq!(preview.ask("/", "localhost").0, 200);
}

/// The error page names its style from the path that the site has on its host, and the preview has none.
#[test]
fn the_error_page_of_a_site_below_a_path_keeps_its_style_in_the_preview() {
    let site = Site::small().replace("content/sito.yaml", "conciliazione.ats-esempio.it/", "ats-esempio.it/piani/");
    let preview = Preview::of(&site, port());
    let (status, page) = preview.ask("/2025-2027/progetti/non-esiste/", "localhost");
    assert!(status == 404 && page.contains("href=\"/piani/assets/stile.css\""), "{page}");
    assert_eq!(preview.ask("/piani/assets/stile.css", "localhost").0, 200);
    assert_eq!(preview.page("/piani/2025-2027/"), preview.page("/2025-2027/"));
}

/// What a page says of itself, and what only a server can say.
#[test]
fn every_answer_forbids_what_pages_forbid() {
    let site = Site::small();
    let preview = Preview::of(&site, port());
    for path in ["/", "/assets/stile.css", "/non-esiste/"] {
        let mut stream = preview.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let head = answer.split_once("\r\n\r\n").expect("a head").0;
        for line in [
            "Content-Security-Policy: default-src 'none'; style-src 'self'; ",
            "; frame-ancestors 'none'",
            "Referrer-Policy: no-referrer",
            "X-Content-Type-Options: nosniff",
        ] {
            assert!(head.contains(line), "{path}: {line}\n{head}");
        }
    }
}

#[test]
fn it_answers_to_this_computer_alone() {
    let site = Site::small();
    let preview = Preview::of(&site, port());
    let elsewhere = SocketAddrV4::new(Ipv4Addr::new(127, 0, 0, 2), preview.port);
    assert!(TcpStream::connect(elsewhere).is_err(), "it listens beyond 127.0.0.1");
    // A name of somebody else that leads here must not read the drafts.
    assert_eq!(preview.ask("/", "pagina-altrui.example").0, 403);
    assert_eq!(preview.ask("/../Cargo.toml", "localhost").0, 400);
    assert_eq!(preview.ask("/%2e%2e/Cargo.toml", "localhost").0, 400);
    assert_eq!(preview.ask("/non-esiste/", "localhost").0, 404);
    let post = preview.say("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assert_eq!(post.0, 405);
}

/// Each page that was closed left an open file behind, until no connection could be accepted any more.
#[test]
fn pages_that_were_closed_are_forgotten_and_only_so_many_are_waited_for() {
    const FILES: u16 = 200;
    let site = Site::small();
    let preview = Preview::with_few_files(&site, port(), FILES);
    for _ in 0..FILES {
        assert!(preview.events().next().is_some());
    }
    assert_eq!(preview.ask("/", "localhost").0, 200);
    // Of those that stay, the one that has waited longest makes room.
    // Each is waited for before the next one comes: on a busy machine they would be heard in any order.
    let heard = |_| {
        let mut events = preview.events();
        assert!(events.next().is_some());
        events
    };
    let mut open: Vec<_> = (0..65).map(heard).collect();
    assert_eq!(open[0].next(), None);
    let _site = site.append("content/sito.yaml", "# una riga in più\n");
    assert!(open[1..].iter_mut().all(|events| events.next().is_some()));
}

/// Bytes that no browser sends: each is refused, and the next browser finds the page.
#[test]
fn what_is_no_request_is_refused_and_nothing_ends() {
    let site = Site::small();
    let preview = Preview::of(&site, port());
    let long = "x".repeat(200_000);
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\n", 200),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\nabc", 405),
        (&format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"), 431),
        (&format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: pagina-altrui.example\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("\u{16}\u{3}\u{1}\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n", 200),
        ("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
    ] {
        let start: String = request.chars().take(80).collect();
        let (answered, body) = preview.say(request);
        assert_eq!(answered, status, "{start}");
        assert_eq!(body.is_empty(), start.starts_with("HEAD"), "{start}");
    }
}

#[test]
fn a_content_folder_that_disappears_shows_the_panel_until_it_is_back() {
    let site = Site::small();
    let preview = Preview::of(&site, port());
    let good = preview.page("/");
    let (content, elsewhere) = (site.path("content"), site.path("altrove"));
    for _ in 0..2 {
        std::fs::rename(&content, &elsewhere).expect("it moves away");
        let gone = preview.until("/", |page| page.contains("concilia-pannello"));
        assert!(gone.contains("la cartella dei contenuti `content` non c'è"), "{gone}");
        crate::support::copy(&elsewhere, &content);
        std::fs::remove_dir_all(&elsewhere).expect("the old one goes");
        let back = preview.until("/", |page| !page.contains("concilia-pannello"));
        assert_eq!(undated(&back), undated(&good));
    }
    // The new folder is followed as the old one was.
    let broken = site.read(PROJECT).replace("alleanza:", "aleanza:");
    let _site = site.write(PROJECT, broken);
    preview.until("/", |page| page.contains("il campo `aleanza` non esiste"));
}
