//! The site on this computer, kept fresh while records are edited.
//!
//! It listens on the loopback only and never writes the output. Pages are made on request; a change parses the
//! changed file alone, and browsers reload by themselves. While records are broken the last good page stays,
//! under a panel that lists the problems.

mod answer;
mod panel;
mod state;
mod watch;

use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::sync::Arc;

use tiny_http::Server;

use crate::pipeline::Request;
use state::State;

/// How many ports are tried after the one asked for.
const PORTS: u16 = 50;
/// Browsers open several connections at once; one page never waits for another.
const WORKERS: usize = 4;

/// Serves until the process ends.
pub fn run(request: &Request, port: u16, say: impl Fn(&str) + Send + Sync + 'static) -> Result<(), String> {
    let say: Arc<dyn Fn(&str) + Send + Sync> = Arc::new(say);
    let state = Arc::new(State::start(request.clone()).map_err(|error| error.to_string())?);
    let _watcher = watch::start(Arc::clone(&state), Arc::clone(&say))?;
    let (server, port) = listen(port)?;
    state.tell(&*say);
    say(&format!("Il sito è su http://127.0.0.1:{port}/ e si aggiorna da solo. Per finire premi Ctrl+C."));
    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (server, state) = (Arc::clone(&server), Arc::clone(&state));
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    answer::answer(&state, request);
                }
            })
        })
        .collect();
    for worker in workers {
        let _ = worker.join();
    }
    Ok(())
}

/// The port asked for, or the next free one.
fn listen(port: u16) -> Result<(Server, u16), String> {
    let last = port.saturating_add(PORTS);
    for candidate in port..=last {
        // Only this computer: the site is not published by being looked at.
        let Ok(listener) = TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, candidate)) else { continue };
        // Connections inherit it: head and body of an answer go out at once, and nobody waits 40 ms between them.
        let _ = rustix::net::sockopt::set_tcp_nodelay(&listener, true);
        if let Ok(server) = Server::from_listener(listener, None) {
            return Ok((server, candidate));
        }
    }
    Err(format!("nessuna porta libera fra {port} e {last}: scegline un'altra con `--port`"))
}
