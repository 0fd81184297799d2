//! Changes of records and theme, gathered for a moment and then read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::state::State;
use crate::theme;

/// Editors save in several steps; this long after the last one the change is read.
const QUIET: Duration = Duration::from_millis(15);
/// A folder that never rests is read this often all the same.
const MOST_EVENTS: usize = 10_000;

/// Starts watching; the watcher must be kept.
pub fn start(state: Arc<State>, say: Arc<dyn Fn(&str) + Send + Sync>) -> Result<RecommendedWatcher, String> {
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // The other end lives as long as the program.
        let _ = sender.send(event);
    })
    .map_err(|error| format!("non riesco a seguire le modifiche ai file: {}", why(&error)))?;
    let content = state.request.content.clone();
    watcher
        .watch(&content, RecursiveMode::Recursive)
        .map_err(|error| format!("non riesco a seguire le modifiche in `{}`: {}", content.display(), why(&error)))?;
    // A site without themes of its own has no such folder.
    let themes = theme::folder_of(&content, "");
    if themes.is_dir() {
        watcher
            .watch(&themes, RecursiveMode::Recursive)
            .map_err(|error| format!("non riesco a seguire le modifiche in `{}`: {}", themes.display(), why(&error)))?;
    }
    std::thread::spawn(move || follow(&state, &receiver, &*say));
    Ok(watcher)
}

fn why(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(cause) => crate::io_message(cause),
        notify::ErrorKind::PathNotFound => "non esiste".to_owned(),
        notify::ErrorKind::MaxFilesWatch => "le cartelle sono più di quante il sistema ne segua".to_owned(),
        _ => "il sistema non dice perché".to_owned(),
    }
}

fn follow(state: &State, receiver: &Receiver<notify::Result<notify::Event>>, say: &dyn Fn(&str)) {
    let content = &state.request.content;
    let absolute = std::path::absolute(content).unwrap_or_else(|_| content.clone());
    while let Ok(first) = receiver.recv() {
        let mut changed = BTreeSet::new();
        let mut relevant = note(first, &absolute, content, &mut changed);
        for _ in 0..MOST_EVENTS {
            match receiver.recv_timeout(QUIET) {
                Ok(event) => relevant |= note(event, &absolute, content, &mut changed),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if !relevant {
            continue;
        }
        match state.refresh(&changed) {
            Ok(()) => state.tell(say),
            Err(error) => say(&format!("errore: {error}")),
        }
    }
}

/// Whether an event can change the site; its paths, as the records are known by.
fn note(
    event: notify::Result<notify::Event>,
    absolute: &Path,
    content: &Path,
    changed: &mut BTreeSet<PathBuf>,
) -> bool {
    // An event that was lost may have been any: everything is looked at again.
    let Ok(event) = event else { return true };
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    changed.extend(event.paths.into_iter().map(|path| match path.strip_prefix(absolute) {
        Ok(below) => content.join(below),
        Err(_) => path,
    }));
    true
}
