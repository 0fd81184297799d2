//! Changes of records and theme, gathered for a moment and then read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::state::State;
use crate::theme;

/// Editors save in several steps; this long after the last one the change is read.
const QUIET: Duration = Duration::from_millis(15);
/// A folder that never rests is read this often all the same.
const MOST_EVENTS: usize = 10_000;

/// What the system tells of a file, or that it lost something.
type Noticed = notify::Result<Event>;

/// How often a folder that is gone is looked for.
const AGAIN: Duration = Duration::from_millis(200);

/// Starts watching.
pub fn start(state: Arc<State>, say: Arc<dyn Fn(&str) + Send + Sync>) -> Result<(), String> {
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: Noticed| {
        // The other end lives as long as the program.
        let _ = sender.send(event);
    })
    .map_err(|error| format!("non riesco a seguire le modifiche ai file: {}", why(&error)))?;
    watch(&mut watcher, &state.request.content)?;
    std::thread::spawn(move || follow(&state, watcher, &receiver, &*say));
    Ok(())
}

fn watch(watcher: &mut RecommendedWatcher, content: &Path) -> Result<(), String> {
    let themes = theme::folder_of(content, "");
    // A site without themes of its own has no such folder.
    for folder in [content, &themes].into_iter().filter(|folder| *folder == content || folder.is_dir()) {
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .map_err(|error| format!("non riesco a seguire le modifiche in `{}`: {}", folder.display(), why(&error)))?;
    }
    Ok(())
}

fn why(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(cause) => crate::io_message(cause),
        notify::ErrorKind::PathNotFound => "non esiste".to_owned(),
        notify::ErrorKind::MaxFilesWatch => "le cartelle sono più di quante il sistema ne segua".to_owned(),
        _ => "il sistema non dice perché".to_owned(),
    }
}

fn follow(state: &State, mut watcher: RecommendedWatcher, receiver: &Receiver<Noticed>, say: &dyn Fn(&str)) {
    let content = &state.request.content;
    let absolute = std::path::absolute(content).unwrap_or_else(|_| content.clone());
    // The folder went away, and with it the watch on it.
    let mut lost = false;
    loop {
        let mut changed = BTreeSet::new();
        let mut relevant = false;
        let mut wait = if lost { AGAIN } else { Duration::MAX };
        for _ in 0..MOST_EVENTS {
            match receiver.recv_timeout(wait) {
                Ok(event) => {
                    lost |= event.as_ref().is_ok_and(|event| is_end(event, &absolute));
                    relevant |= note(event, &absolute, content, &mut changed);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
            wait = QUIET;
        }
        if lost && content.is_dir() {
            let _ = watcher.unwatch(content);
            lost = watch(&mut watcher, content).is_err();
            relevant |= !lost;
        }
        if !relevant || state.is_known(&changed) {
            continue;
        }
        match state.refresh(&changed) {
            Ok(()) => state.tell(say),
            Err(error) => {
                lost |= !content.is_dir();
                say(&format!("errore: {error}"));
                state.fail(&error);
            }
        }
    }
}

/// Whether an event says that the watched folder itself is gone or has another name.
fn is_end(event: &Event, folder: &Path) -> bool {
    matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
        && event.paths.iter().any(|path| path == folder)
}

/// Whether an event can change the site; its paths, as the records are known by.
fn note(event: Noticed, absolute: &Path, content: &Path, changed: &mut BTreeSet<PathBuf>) -> bool {
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
