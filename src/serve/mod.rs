//! The site on this computer, kept fresh while records are edited.
//!
//! It listens on the loopback only and never writes the output. Pages are made on request; a change parses the
//! changed file alone, and browsers reload by themselves. While records are broken the last good page stays,
//! under a panel that lists the problems.

mod answer;
pub mod guida;
pub mod http;
mod panel;
mod state;
mod watch;

use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crate::pipeline::Request;
use crate::print::tipografia::turni;
pub use state::{State, View};

/// How many ports are tried after the one asked for.
const PORTS: u16 = 50;
/// Browsers open several connections at once, some of them in case they will need them, and leave them silent.
const WORKERS: usize = 32;
/// Setting type needs more of a stack than threads have.
pub const STACK: usize = turni::PILA;
/// How long nothing is accepted where nothing can be.
const BREATH: Duration = Duration::from_millis(50);

/// What is served, and where.
pub struct Preview {
    pub state: Arc<State>,
    pub port: u16,
    listener: TcpListener,
}

/// Reads the records, follows their changes, and says where the site will be.
pub fn start(request: &Request, port: u16, say: impl Fn(&str) + Send + Sync + 'static) -> Result<Preview, String> {
    let say: Arc<dyn Fn(&str) + Send + Sync> = Arc::new(say);
    let state = Arc::new(State::start(request.clone()).map_err(|error| error.to_string())?);
    watch::start(Arc::clone(&state), Arc::clone(&say))?;
    let (listener, port) = listen(port)?;
    state.tell(&*say);
    say(&format!("Il sito è su http://127.0.0.1:{port}/ e si aggiorna da solo. Per finire premi Ctrl+C."));
    Ok(Preview { state, port, listener })
}

impl Preview {
    /// Serves until the process ends.
    pub fn run(&self) {
        std::thread::scope(|scope| {
            let work = || accept(&self.listener, |stream| answer::answer(&self.state, stream));
            let start = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
            let workers = (0..WORKERS).map_while(start).count();
            if workers == 0 {
                work();
            }
        });
    }
}

/// One connection after another.
pub fn accept(listener: &TcpListener, answer: impl Fn(TcpStream)) {
    loop {
        match listener.accept() {
            // A page that ends in a panic says so on the terminal, and the others are still there.
            Ok((stream, _)) => drop(catch_unwind(AssertUnwindSafe(|| answer(stream)))),
            // No more files may be open: some will be closed in a moment.
            Err(_) => std::thread::sleep(BREATH),
        }
    }
}

/// The port asked for, or the next free one.
pub fn listen(port: u16) -> Result<(TcpListener, u16), String> {
    let last = port.saturating_add(PORTS);
    for candidate in port..=last {
        // Only this computer: the site is not published by being looked at.
        if let Ok(listener) = TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, candidate)) {
            // Of none in particular the system has chosen one.
            let port = listener.local_addr().map_or(candidate, |address| address.port());
            return Ok((listener, port));
        }
    }
    Err(format!("nessuna porta libera fra {port} e {last}: scegline un'altra con `--port`"))
}
