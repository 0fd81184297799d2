//! What lies out of place has had its own message: a record that is missed may be in it.

use crate::input::store::Store;
use crate::report::{Diagnostic, Severity};

/// Files and folders that are not read, or not as what they are.
pub(super) struct Misplaced {
    /// Their paths below the content folder, and whether they are errors.
    paths: Vec<(String, bool)>,
    /// A record among those of another kind, which may be missed anywhere.
    ovunque: bool,
}

impl Misplaced {
    pub(super) fn new(store: &Store, content: &str) -> Self {
        let below = |problem: &Diagnostic| {
            let path = problem.place.as_ref()?.file.strip_prefix(content)?.trim_start_matches('/').to_owned();
            Some((path, problem.severity == Severity::Error))
        };
        let mut own = store.entries.values().flat_map(|entry| &entry.problems);
        Misplaced { paths: store.problems.iter().filter_map(below).collect(), ovunque: own.any(|p| p.code == "C-10") }
    }

    /// Whether anything in the folder of a plan is passed over: its totals cannot be judged.
    pub(super) fn in_plan(&self, id: &str) -> bool {
        self.paths.iter().any(|(path, _)| path.strip_prefix("piani/").is_some_and(|rest| is_below(rest, id)))
    }

    /// Whether what is missed in a folder may be beside it, or beside one of those that it lies in.
    pub(super) fn hides(&self, folder: &str) -> bool {
        let errors = self.paths.iter().filter(|(_, is_error)| *is_error);
        let mut parents = errors.map(|(path, _)| path.rsplit_once('/').map_or("", |(parent, _)| parent));
        self.ovunque || parents.any(|parent| parent.is_empty() || is_below(folder, parent))
    }
}

/// Whether a path is a folder or lies in it.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
