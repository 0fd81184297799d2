//! The addresses of the site: what a link leads to, and what a wrong one probably meant.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::engine::{Route, address_of};
use crate::audit::path::percent_decoded;
use crate::suggest::Words;

/// Names of hosts end so; of files in a site none does.
const DOMAINS: [&str; 7] = ["it", "eu", "org", "com", "net", "info", "edu"];

/// Folders of the content that are not part of the addresses, and endings of files that are pages.
const FOLDERS: [&str; 3] = ["content", "piani", "pagine"];
const ENDINGS: [&str; 4] = [".md", ".yaml", ".html", ".htm"];

pub struct Indirizzario<'a> {
    routes: &'a BTreeMap<String, Route>,
    /// The path of the site on its host, without slashes: `piani/bergamo`.
    base: &'a str,
    /// The next steps below each folder that was asked for: there may be thousands of wrong links among as many pages.
    folders: RefCell<BTreeMap<String, Rc<Folder<'a>>>>,
    /// The files by the last step of their address.
    last: OnceCell<BTreeMap<&'a str, Vec<&'a Route>>>,
}

/// The next steps below a folder.
struct Folder<'a> {
    steps: BTreeSet<&'a str>,
    words: Words<'a>,
}

impl<'a> Indirizzario<'a> {
    pub fn new(routes: &'a BTreeMap<String, Route>, base: &'a str) -> Self {
        let base = base.trim_matches('/');
        Indirizzario { routes, base, folders: RefCell::default(), last: OnceCell::new() }
    }

    /// The file of the site that a link on a page leads to.
    pub fn find(&self, page: &str, link: &str) -> Option<&'a Route> {
        let path = link.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() {
            return self.routes.get(page);
        }
        let path = percent_decoded(path)?;
        let mut steps: Vec<&str> = match path.strip_prefix('/') {
            Some(_) => vec![],
            None => page.rsplit_once('/').map_or(vec![], |(folder, _)| folder.split('/').collect()),
        };
        let parts: Vec<&str> = path.strip_prefix('/').unwrap_or(&path).split('/').collect();
        for (i, &part) in parts.iter().enumerate() {
            match part {
                "." => {}
                ".." => drop(steps.pop()?),
                // At the end it means the page of the folder, elsewhere it is one slash too many.
                "" if i + 1 == parts.len() => {}
                part => steps.push(part),
            }
        }
        let is_folder = parts.last().is_some_and(|last| matches!(*last, "" | "." | ".."));
        self.at(&steps.join("/"), is_folder)
    }

    /// Servers lead on from a folder without its slash.
    fn at(&self, path: &str, is_folder: bool) -> Option<&'a Route> {
        let file = if is_folder { None } else { self.routes.get(path) };
        file.or_else(|| {
            let folder = path.trim_end_matches('/');
            self.routes.get(&if folder.is_empty() { "index.html".into() } else { format!("{folder}/index.html") })
        })
    }

    /// What was probably meant by a link that leads nowhere.
    pub fn nearest(&self, link: &str) -> Option<String> {
        let (path, tail) = link.split_at(link.find(['#', '?']).unwrap_or(link.len()));
        if path.contains('@') {
            return Some(format!("mailto:{path}"));
        }
        if looks_like_a_host(path) {
            return Some(format!("https://{link}"));
        }
        let path = self.plain(&percent_decoded(path)?);
        if path.is_empty() {
            return None;
        }
        let found = self.at(&path, false).or_else(|| self.ending_in(&path)).or_else(|| self.repaired(&path))?;
        Some(format!("/{}{tail}", address_of(&found.path)))
    }

    /// Without what leads up or belongs to the content folder: `../pagine/storia.md` is `storia`.
    fn plain(&self, path: &str) -> String {
        let path = path.trim_matches('/');
        let path = path.strip_prefix(self.base).filter(|rest| rest.starts_with('/')).unwrap_or(path);
        let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        let plain = parts.filter(|part| !FOLDERS.contains(part)).collect::<Vec<_>>().join("/");
        let short = ENDINGS.iter().find_map(|ending| plain.strip_suffix(ending));
        match short {
            Some(short) if self.routes.get(&plain).is_none() => short.strip_suffix("/index").unwrap_or(short).into(),
            _ => plain,
        }
    }

    /// The only address that ends so: `progetti/win` leaves out the plan.
    fn ending_in(&self, path: &str) -> Option<&'a Route> {
        let last = self.last.get_or_init(|| {
            let mut last: BTreeMap<&str, Vec<&Route>> = BTreeMap::new();
            for route in self.routes.values() {
                last.entry(last_step(&route.path)).or_default().push(route);
            }
            last
        });
        let is_meant = |route: &&&Route| {
            let address = address_of(&route.path).trim_end_matches('/');
            address.strip_suffix(path).is_some_and(|before| before.ends_with('/'))
        };
        let mut found = last.get(last_step(path))?.iter().filter(is_meant);
        found.next().filter(|_| found.next().is_none()).copied()
    }

    /// The address that is nearest step by step.
    fn repaired(&self, path: &str) -> Option<&'a Route> {
        let mut done = String::new();
        for part in path.split('/') {
            let folder = self.folder(&done);
            let next = folder.steps.get(part).copied().or_else(|| folder.words.closest(part))?;
            done.push_str(next);
            done.push('/');
        }
        self.at(done.trim_end_matches('/'), false)
    }

    fn folder(&self, path: &str) -> Rc<Folder<'a>> {
        if let Some(known) = self.folders.borrow().get(path) {
            return Rc::clone(known);
        }
        let steps = self.below(path);
        let folder = Rc::new(Folder { words: Words::of(steps.iter().copied()), steps });
        self.folders.borrow_mut().insert(path.to_owned(), Rc::clone(&folder));
        folder
    }

    fn below(&self, folder: &str) -> BTreeSet<&'a str> {
        let paths = self.routes.range(folder.to_owned()..).map_while(|(path, _)| path.strip_prefix(folder));
        paths.map(|rest| rest.split('/').next().unwrap_or(rest)).collect()
    }
}

/// The last step of an address: the folder of a page, else the file.
fn last_step(path: &str) -> &str {
    let address = address_of(path).trim_end_matches('/');
    address.rsplit('/').next().unwrap_or(address)
}

/// `www.comune.it/nido`, without the scheme.
fn looks_like_a_host(path: &str) -> bool {
    let host = path.split('/').next().unwrap_or_default();
    let is_name = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    host.rsplit_once('.').is_some_and(|(_, domain)| DOMAINS.contains(&domain)) && host.split('.').all(is_name)
}
