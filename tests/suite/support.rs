//! A site in a folder of its own, and the binary run on it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

pub const BINARY: &str = env!("CARGO_BIN_EXE_concilia");

/// Only a program that hangs ever takes this long: nothing is measured with it.
const SECONDS_UNTIL_IT_HANGS: &str = "300";

/// The files of a folder, by path.
pub type Tree = BTreeMap<String, Vec<u8>>;

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// A copy of a site: `content`, `themes` if it has any, and `public` once it is built.
pub struct Site {
    dir: TempDir,
}

impl Site {
    /// The small valid site of the fixtures.
    pub fn small() -> Self {
        let site = Site::empty();
        copy(&fixtures().join("sito"), site.root());
        site
    }

    /// The site of ATS Esempio, with three plans that keep every rule of every norm.
    pub fn example() -> Self {
        let site = Site::empty();
        copy(&fixtures().join("esempio"), site.root());
        site
    }

    /// The content that is shipped with the program.
    pub fn shipped() -> Self {
        let site = Site::empty();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &site.path("content"));
        site
    }

    pub fn empty() -> Self {
        // In memory, where there is one: publishing waits for the disk.
        let shared = Path::new("/dev/shm");
        let dir = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
        Site { dir: dir.expect("a folder for the site") }
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// Puts `to` in the place of the only `from` of a file.
    pub fn replace(self, file: &str, from: &str, to: &str) -> Self {
        let text = self.read(file);
        let found = text.matches(from).count();
        assert_eq!(found, 1, "{file} has {found} times, not once:\n{from}");
        self.write(file, text.replacen(from, to, 1))
    }

    pub fn write(self, file: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect(file);
        fs::write(path, bytes).expect(file);
        self
    }

    pub fn append(self, file: &str, text: &str) -> Self {
        let before = self.read(file);
        self.write(file, before + text)
    }

    pub fn remove(self, file: &str) -> Self {
        let path = self.path(file);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect(file);
        self
    }

    pub fn link(self, file: &str, target: impl AsRef<Path>) -> Self {
        symlink(target, self.path(file)).expect(file);
        self
    }

    /// Lays a folder over the site: its files take the place of those of the site, and `modifica.diff` changes some.
    pub fn lay_over(self, folder: &Path) -> Self {
        for part in ["content", "themes"] {
            if folder.join(part).exists() {
                copy(&folder.join(part), &self.path(part));
            }
        }
        let changes = folder.join("modifica.diff");
        if changes.exists() { self.patch(&fs::read_to_string(&changes).expect("modifica.diff")) } else { self }
    }

    /// Applies changes written as a diff without line numbers: `--- file`, then lines with `-`, `+` or a space before
    /// them. `@@` begins another change of the same file; `+++ /dev/null` takes the file away.
    fn patch(mut self, changes: &str) -> Self {
        let mut file = "";
        let (mut from, mut to) = (Vec::new(), Vec::new());
        for line in changes.lines().chain(["--- "]) {
            let (mark, rest) = line.split_at_checked(1).unwrap_or((" ", ""));
            let is_end = line.starts_with("--- ") || line == "@@";
            if is_end && !from.is_empty() {
                self = self.replace(file, &from.join("\n"), &to.join("\n"));
                from.clear();
                to.clear();
            }
            match mark {
                _ if line.starts_with("--- ") => file = &line[4..],
                _ if line == "@@" => {}
                _ if line == "+++ /dev/null" => self = self.remove(file),
                "-" => from.push(rest),
                "+" => to.push(rest),
                " " => {
                    from.push(rest);
                    to.push(rest);
                }
                _ => panic!("modifica.diff: {line}"),
            }
        }
        assert!(to.is_empty(), "modifica.diff: a change has to say what it takes the place of");
        self
    }

    /// `concilia` with these arguments, in the folder of the site.
    pub fn concilia<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Run<'_> {
        Run::new(self, &["timeout", SECONDS_UNTIL_IT_HANGS], args)
    }

    /// The same behind a wrapper, such as one that makes it another user.
    pub fn wrapped<A: AsRef<OsStr>>(&self, wrapper: &[&str], args: impl IntoIterator<Item = A>) -> Run<'_> {
        Run::new(self, &[&["timeout", SECONDS_UNTIL_IT_HANGS], wrapper].concat(), args)
    }

    pub fn check(&self) -> Output {
        self.concilia(["check"]).output()
    }

    /// Builds the site, which has to succeed.
    pub fn built(self) -> Self {
        self.concilia(["build"]).output().exits(0);
        self
    }

    /// What was published.
    pub fn published(&self) -> Tree {
        tree(&self.path("public"))
    }
}

/// The binary about to run, in an environment with nothing of ours in it.
pub struct Run<'a> {
    site: &'a Site,
    command: Command,
}

impl<'a> Run<'a> {
    fn new<A: AsRef<OsStr>>(site: &'a Site, wrapper: &[&str], args: impl IntoIterator<Item = A>) -> Self {
        let mut command = Command::new(wrapper[0]);
        command.args(&wrapper[1..]).arg(BINARY).args(args).current_dir(site.root()).stdin(Stdio::null());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        Run { site, command }
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn in_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub fn output(mut self) -> Output {
        let output = self.command.output().expect("the binary runs");
        let shown = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("messages are UTF-8");
            // The folder has another name every time.
            text.replace(&*self.site.root().to_string_lossy(), "<sito>")
        };
        let (stdout, stderr) = (shown(&output.stdout), shown(&output.stderr));
        assert_ne!(output.status.code(), Some(124), "it hangs\n{stderr}");
        assert!(!stderr.contains("panicked at"), "{stderr}");
        Output { code: output.status.code(), stdout, stderr }
    }
}

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    /// None where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "exit\n{}{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "nothing says\n{text}\nbut\n{}", self.stderr);
        self
    }

    /// Nothing but the closing line of a run that found nothing.
    #[track_caller]
    pub fn says_nothing(self) -> Self {
        let is_closing = ["Tutto a posto: ", "Pubblicato in `"].iter().any(|start| self.stderr.starts_with(start));
        assert!(is_closing && self.stderr.lines().count() == 1 && !self.stderr.contains(';'), "{}", self.stderr);
        assert_eq!(self.stdout, "");
        self
    }

    /// The codes of all the findings, in the order of the report.
    pub fn codes(&self) -> Vec<String> {
        let titles = self.stderr.lines().filter_map(|line| {
            let rest = ["errore[", "avviso[", "nota["].iter().find_map(|name| line.strip_prefix(name))?;
            rest.split_once("]: ").map(|(code, _)| code.to_owned())
        });
        titles.collect()
    }
}

/// Every file below a folder; what a link points to stands for the link.
pub fn tree(root: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("a readable folder"));
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(root).expect("below").to_str().expect("UTF-8").to_owned();
            let bytes = match fs::read_link(entry.path()) {
                Ok(target) => target.into_os_string().into_encoded_bytes(),
                Err(_) => fs::read(entry.path()).expect(&name),
            };
            (name, bytes)
        })
        .collect()
}

/// Copies a folder with all that is in it, links as links.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a readable folder");
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)
        } else if entry.file_type().is_symlink() {
            symlink(fs::read_link(entry.path()).expect("a link"), &target)
        } else {
            fs::copy(entry.path(), &target).map(drop)
        }
        .unwrap_or_else(|error| panic!("{}: {error}", target.display()));
    }
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
