//! The plan of a package made again in a process of its own: its templates are somebody's program, and a program can
//! go on for ever or ask for all the memory there is.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::pacchetto::verifica::{self, Esame};

use super::{COULD_NOT, give};

/// What tells the program that it is the other process; nobody types it.
pub const ARGOMENTO: &str = "--rifai-pacchetto";

/// A plan of a thousand projects takes a tenth of these.
const MINUTI: u64 = 20;
const GB: u64 = 4;

/// With what it ends where it is not the system that ends it.
const OLTRE: i32 = 124;

/// Makes the plan again in another process, which writes what it found.
pub fn in_disparte(cartella: &Path) -> Result<Esame, String> {
    let io = |cause: std::io::Error| format!("non riesco ad avviare la ricostruzione: {}", crate::io_message(&cause));
    let uscita = Command::new(std::env::current_exe().map_err(io)?)
        .arg(ARGOMENTO)
        .arg(cartella)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(io)?;
    match uscita.status.code() {
        Some(0) => serde_json::from_slice(&uscita.stdout)
            .map_err(|_| "la ricostruzione ha dato una risposta che non si legge".to_owned()),
        Some(code) if code == i32::from(COULD_NOT) => Err(String::from_utf8_lossy(&uscita.stdout).trim().to_owned()),
        Some(code) if code != OLTRE => Err("la ricostruzione si è interrotta per un errore".to_owned()),
        // The system ended it.
        _ => Err(format!(
            "rifare il Piano va oltre i limiti, che sono {MINUTI} minuti di calcolo e {GB} GB di memoria: nessun Piano ne \
             ha bisogno"
        )),
    }
}

/// What the other process does.
pub fn qui(cartella: &Path) -> ExitCode {
    if let Err(cause) = limita() {
        let why = format!("non riesco a porre limiti alla ricostruzione: {}", crate::io_message(&cause));
        return give(&why, COULD_NOT);
    }
    match verifica::esame(cartella) {
        Ok(esame) => give(&super::simula::json(&esame), 0),
        Err(why) => give(&why, COULD_NOT),
    }
}

/// Whoever runs the program may have set stricter limits, which stay.
#[cfg(unix)]
fn limita() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    for (resource, most) in [(Resource::Cpu, MINUTI * 60), (Resource::Data, GB << 30), (Resource::Core, 0)] {
        let Rlimit { current, maximum } = getrlimit(resource);
        let within = |limit: Option<u64>| Some(limit.map_or(most, |limit| limit.min(most)));
        setrlimit(resource, Rlimit { current: within(current), maximum: within(maximum) })?;
    }
    Ok(())
}

/// Of time alone: a process cannot be told here how much memory it may ask for.
#[cfg(not(unix))]
fn limita() -> std::io::Result<()> {
    std::thread::Builder::new().spawn(|| {
        std::thread::sleep(std::time::Duration::from_secs(MINUTI * 60));
        std::process::exit(OLTRE);
    })?;
    Ok(())
}
