//! What publishing promises when it is killed, starved, locked out or raced.
//!
//! The builder is this very test binary, started again. `strace` kills it, or makes a call fail, at every single call
//! that changes the disk, one after the other, until a run gets through: no timing is involved, and no point is missed.
//! Mounts are made in a mount namespace of their own, which is gone with the process.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use concilia::publish::{Entry, MANIFEST, Manifest, Publication, PublishError};

type Tree = BTreeMap<PathBuf, Vec<u8>>;

const ONE: &[(&str, &str)] = &[
    ("index.html", "home"),
    ("progetti/win/index.html", "win"),
    ("progetti/old/index.html", "gone in the next"),
    ("assets/s.css", "a{}"),
];
const TWO: &[(&str, &str)] = &[
    ("index.html", "home, new"),
    ("progetti/win/index.html", "win"),
    ("progetti/new/index.html", "new"),
    ("assets/s.css", "a{}"),
];
const FOREIGN: &[(&str, &str)] =
    &[(".gitignore", "*"), ("notes/mine.txt", "mine"), ("progetti/old/mine.txt", "mine too")];

/// Every call with which the builder changes something. Opening a file to create it is not among them: the call that
/// follows finds the same state.
const CHANGES: &str = "mkdir,mkdirat,link,linkat,symlinkat,unlink,unlinkat,rmdir,rename,renameat,renameat2,write,\
                       fsync,syncfs,flock,chmod,chown,setxattr,utimensat";

/// `nobody`, everywhere that matters.
const NOBODY: u32 = 65534;

const OUT: &str = "PUBLISH_FAULTS_OUT";
const SITE: &str = "PUBLISH_FAULTS_SITE";
const HOLD: &str = "PUBLISH_FAULTS_HOLD";

/// Not a test: the builder, when this binary is started again.
#[test]
fn builder() {
    let (Some(out), Ok(name)) = (std::env::var_os(OUT), std::env::var(SITE)) else { return };
    // One thread, so that "the n-th call" means one thing.
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    let build = || -> Result<(), PublishError> {
        let publication = Publication::begin(Path::new(&out), &[])?;
        if std::env::var_os(HOLD).is_some() {
            println!("\nheld");
            let _ = std::io::stdin().read(&mut [0]);
        }
        for (path, bytes) in site(&name) {
            publication.write(&path, &bytes)?;
        }
        let outcome = publication.commit()?;
        println!("{outcome:?}");
        Ok(())
    };
    let code = match build() {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("{error}");
            2
        }
    };
    std::process::exit(code);
}

fn site(name: &str) -> BTreeMap<String, Vec<u8>> {
    let small = |site: &[(&str, &str)]| {
        site.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect::<BTreeMap<_, _>>()
    };
    match name {
        "one" => small(ONE),
        "two" => small(TWO),
        // More than fits on the disks that the tests make.
        "big" => (0..200).map(|n| (format!("p/{n}/index.html"), vec![b'x'; 5000])).collect(),
        // Many pages, each of which says which generation it is of.
        generation => (0..150).map(|n| (format!("p/{n}/index.html"), generation.as_bytes().to_vec())).collect(),
    }
}

struct Sandbox {
    dir: tempfile::TempDir,
    /// As another user, who cannot write beside the output.
    is_confined: bool,
}

impl Sandbox {
    fn new() -> Self {
        // In memory a sync costs nothing, and there are hundreds.
        let shared = Path::new("/dev/shm");
        let dir = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
        Self { dir: dir.unwrap(), is_confined: false }
    }

    /// The first generation, and some files of others.
    fn with_one() -> Self {
        let sandbox = Self::new();
        sandbox.fill();
        sandbox
    }

    /// The same, where only the output itself can be written to.
    fn confined() -> Self {
        let mut sandbox = Self::with_one();
        sandbox.is_confined = true;
        if is_root() {
            let own = |path: &Path| std::os::unix::fs::lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
            walkdir::WalkDir::new(sandbox.out()).into_iter().for_each(|entry| own(entry.unwrap().path()));
            // What stands around the test binary may be closed to others.
            // By another process: a copy that this one holds open for writing, even for an instant, is inherited by
            // whatever another test starts meanwhile, and cannot be run.
            let copied =
                Command::new("cp").arg(std::env::current_exe().unwrap()).arg(sandbox.dir.path().join("exe")).status();
            assert!(copied.unwrap().success());
        }
        fs::set_permissions(sandbox.dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
        sandbox
    }

    fn fill(&self) {
        assert!(self.run("one", &[]).status.success());
        for (path, text) in FOREIGN {
            let path = self.out().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        symlink("/nowhere", self.out().join("link")).unwrap();
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    /// The builder, with `wrapper` in front of it.
    fn command(&self, name: &str, wrapper: &[&str]) -> Command {
        let mut words: Vec<PathBuf> = Vec::new();
        let copy = self.dir.path().join("exe");
        if self.is_confined && is_root() {
            let id = NOBODY.to_string();
            words.extend(["setpriv", "--reuid", &id, "--regid", &id, "--clear-groups"].map(PathBuf::from));
        }
        words.extend(wrapper.iter().map(PathBuf::from));
        words.push(if copy.exists() { copy } else { std::env::current_exe().unwrap() });
        let mut command = Command::new(words.remove(0));
        let module = module_path!().split_once("::").map(|(_, module)| format!("{module}::")).unwrap_or_default();
        command
            .args(words)
            .args(["--exact", &format!("{module}builder"), "--nocapture", "--quiet", "--test-threads=1"])
            .env(OUT, self.out())
            .env(SITE, name)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, name: &str, wrapper: &[&str]) -> Output {
        let mut command = self.command(name, wrapper);
        command.output().unwrap_or_else(|error| panic!("{:?}: {error}", command.get_program()))
    }

    /// Under `strace`, which does to the calls what `injections` say.
    fn traced(&self, name: &str, injections: &[String]) -> Output {
        let log = "/dev/null";
        let mut wrapper = vec!["strace", "-f", "-qq", "-o", log, "-e", "signal=none"];
        for injection in injections {
            wrapper.extend(["-e", injection]);
        }
        self.run(name, &wrapper)
    }

    /// In a mount namespace, after `setup`, a line of shell in which `$P` is the output.
    fn mounted(&self, name: &str, setup: &str) -> Output {
        let script = format!("P={:?}; set -e; {setup}; \"$0\" \"$@\"", self.out());
        let flags = if is_root() { "-m" } else { "-Urm" };
        let output = self.run(name, &["unshare", flags, "sh", "-c", &script]);
        assert!(
            !stderr(&output).contains("unshare"),
            "these tests mount: run them as root, or where user namespaces are allowed: {}",
            stderr(&output)
        );
        output
    }

    /// The visible files, but for our own besides the manifest: foreign ones apart.
    fn state(&self) -> State {
        let tree = read(&self.out());
        for (name, wanted) in [("one", State::One), ("two", State::Two)] {
            if tree.as_ref().is_some_and(|tree| *tree == whole(name)) {
                return wanted;
            }
        }
        tree.map_or(State::Missing, State::Mixed)
    }

    fn litter(&self) -> Vec<String> {
        let names = |path: &Path| -> Vec<_> {
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let mut litter = names(self.dir.path());
        litter.retain(|name| name != "public" && name != "exe");
        litter.extend(names(&self.out()).into_iter().filter(|name| name.contains("concilia") && name != MANIFEST));
        litter
    }

    /// The next build, whatever has been before, ends well and leaves nothing behind.
    fn assert_next_run_repairs(&self, context: &str) {
        let output = self.run("two", &[]);
        assert!(output.status.success(), "{context}: {}", stderr(&output));
        assert_eq!(self.state(), State::Two, "{context}");
        assert_eq!(self.litter(), [""; 0], "{context}");
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = fs::set_permissions(self.dir.path(), fs::Permissions::from_mode(0o755));
    }
}

#[derive(Debug, PartialEq)]
enum State {
    One,
    Two,
    Missing,
    Mixed(Tree),
}

/// All that must be visible: the generation, its manifest, and the files of others.
fn whole(name: &str) -> Tree {
    let mut tree: Tree = site(name).into_iter().map(|(path, bytes)| (path.into(), bytes)).collect();
    tree.insert(MANIFEST.into(), manifest(name));
    tree.extend(FOREIGN.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec())));
    tree.insert("link".into(), b"/nowhere".to_vec());
    tree
}

fn manifest(name: &str) -> Vec<u8> {
    let files: Vec<_> = site(name)
        .iter()
        .map(|(path, bytes)| {
            let entry = Entry::of(bytes);
            format!("\n\"{path}\": {{\"size\": {}, \"sha256\": \"{}\"}}", entry.size, entry.hex())
        })
        .collect();
    format!("{{\n\"format\": 2,\n\"files\": {{{}\n}}\n}}\n", files.join(",")).into_bytes()
}

/// Every file below, our lock and work folder apart; `None` if there is no such folder.
fn read(root: &Path) -> Option<Tree> {
    root.symlink_metadata().ok()?;
    let ours = |path: &Path| path.file_name().is_some_and(|name| name == ".concilia-lock" || name == ".concilia-work");
    let entries = walkdir::WalkDir::new(root).into_iter().filter_entry(|entry| !ours(entry.path()));
    let files = entries.map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    let tree = files.map(|entry| {
        let path = entry.path();
        let bytes = match path.read_link() {
            Ok(aim) => aim.into_os_string().into_encoded_bytes(),
            Err(_) => fs::read(path).unwrap(),
        };
        (path.strip_prefix(root).unwrap().to_owned(), bytes)
    });
    Some(tree.collect())
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Kills the builder at every call that changes something; returns how many states of each kind were seen.
fn kill_everywhere(
    make: impl Fn() -> Sandbox,
    also: &[&str],
    spare: &str,
    check: impl Fn(&Sandbox, &State, &str),
) -> (usize, usize, usize) {
    let (mut old, mut new, mut other) = (0, 0, 0);
    // `strace` counts each call for itself.
    for call in CHANGES.split(',').filter(|call| *call != spare) {
        for n in 1.. {
            let sandbox = make();
            let mut injections: Vec<String> = also.iter().map(|also| (*also).to_owned()).collect();
            injections.push(format!("inject={call}:signal=SIGKILL:when={n}"));
            let output = sandbox.traced("two", &injections);
            let context = format!("killed at {call} number {n}");
            let state = sandbox.state();
            if output.status.success() {
                assert_eq!(state, State::Two);
                assert_eq!(sandbox.litter(), [""; 0]);
                break;
            }
            assert_eq!(output.status.signal(), Some(9), "{context}: {}", stderr(&output));
            check(&sandbox, &state, &context);
            match state {
                State::One => old += 1,
                State::Two => new += 1,
                _ => other += 1,
            }
            sandbox.assert_next_run_repairs(&context);
        }
    }
    (old, new, other)
}

#[test]
fn killed_anywhere_the_output_is_the_old_or_the_new_generation() {
    let (old, new, _) = kill_everywhere(Sandbox::with_one, &[], "", |_, state, context| {
        assert!(matches!(state, State::One | State::Two), "{context}: {state:?}");
    });
    assert!(old > 30 && new > 10, "{old} {new}: the kills did not hit both sides of the exchange");
}

#[test]
fn killed_anywhere_in_the_first_generation_there_is_nothing_or_all_of_it() {
    let only_two = |sandbox: &Sandbox| {
        let wanted = site("two").into_keys().map(PathBuf::from).chain([MANIFEST.into()]);
        read(&sandbox.out())
            .is_none_or(|tree| tree.keys().cloned().eq(wanted.collect::<std::collections::BTreeSet<_>>()))
    };
    for call in CHANGES.split(',') {
        for n in 1.. {
            let sandbox = Sandbox::new();
            let output = sandbox.traced("two", &[format!("inject={call}:signal=SIGKILL:when={n}")]);
            assert!(only_two(&sandbox), "killed at {call} number {n}");
            if output.status.success() {
                break;
            }
            assert!(sandbox.run("two", &[]).status.success());
            assert!(sandbox.out().exists() && only_two(&sandbox));
            assert_eq!(sandbox.litter(), [""; 0]);
        }
    }
}

#[test]
fn without_exchange_a_killed_run_is_completed_by_the_next() {
    let (old, new, missing) = kill_everywhere(
        Sandbox::with_one,
        &["inject=renameat2:error=EINVAL"],
        "renameat2",
        |sandbox, state, context| {
            assert!(!matches!(state, State::Mixed(_)), "{context}: {state:?}");
            if *state == State::Missing {
                // The repair alone brings a whole generation back.
                drop(Publication::begin(&sandbox.out(), &[]).unwrap());
                assert_eq!(sandbox.state(), State::Two, "{context}");
            }
        },
    );
    assert!(old > 30 && new > 10 && missing == 1, "{old} {new} {missing}");
}

#[test]
fn where_the_folder_cannot_move_a_killed_run_is_completed_by_the_next() {
    let (old, new, mixed) = kill_everywhere(Sandbox::confined, &[], "", |_, state, context| {
        if let State::Mixed(tree) = state {
            // Not one generation, but never a file cut short and never a foreign one lost.
            let (one, two) = (whole("one"), whole("two"));
            for (path, bytes) in tree {
                assert!([one.get(path), two.get(path)].contains(&Some(bytes)), "{context}: {}", path.display());
            }
            for (path, _) in FOREIGN {
                assert!(tree.contains_key(Path::new(path)), "{context}: {path}");
            }
        }
        assert_ne!(*state, State::Missing, "{context}");
    });
    assert!(old > 10 && new > 5 && mixed > 3, "{old} {new} {mixed}");
}

#[test]
fn what_a_confined_builder_left_is_completed_by_one_who_may_work_beside() {
    let (_, _, mixed) = kill_everywhere(Sandbox::confined, &[], "", |sandbox, state, context| {
        if matches!(state, State::Mixed(_)) {
            fs::set_permissions(sandbox.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
            drop(Publication::begin(&sandbox.out(), &[]).unwrap());
            assert_eq!(sandbox.state(), State::Two, "{context}");
        }
    });
    assert!(mixed > 3);
}

#[test]
fn a_call_that_fails_anywhere_leaves_a_whole_generation_and_a_message() {
    let cases = [
        ("mkdir,linkat,write", "ENOSPC", "spazio esaurito"),
        ("write", "EDQUOT", "spazio esaurito"),
        ("fsync,syncfs,unlink,rmdir,rename,renameat2,linkat", "EIO", "disco"),
        ("mkdir", "EROFS", "sola lettura"),
    ];
    for (calls, errno, words) in cases {
        let mut told = 0;
        for call in calls.split(',') {
            let mut at_ease = 0;
            for n in 1.. {
                let sandbox = Sandbox::with_one();
                let output = sandbox.traced("two", &[format!("inject={call}:error={errno}:when={n}")]);
                let context = format!("{errno} at {call} number {n}: {}{}", stdout(&output), stderr(&output));
                let state = sandbox.state();
                assert!(matches!(state, State::One | State::Two), "{context}: {state:?}");
                match output.status.code() {
                    Some(0) => assert_eq!(state, State::Two, "{context}"),
                    Some(2) => {
                        told += 1;
                        assert!(stderr(&output).contains(words), "{context}");
                    }
                    // The test harness itself could not write its own line.
                    code => assert_eq!((code, call), (Some(101), "write"), "{context}"),
                }
                sandbox.assert_next_run_repairs(&context);
                // Some failures late in the run are borne in silence, so one that changes nothing is not the end.
                at_ease = if output.status.success() { at_ease + 1 } else { 0 };
                if at_ease == 12 {
                    break;
                }
            }
        }
        assert!(told > 0, "{errno}");
    }
}

#[test]
fn a_full_disk_leaves_the_old_generation_and_a_clear_message() {
    for limit in ["size=256k", "size=10m,nr_inodes=60"] {
        let sandbox = Sandbox::with_one();
        let copy = sandbox.dir.path().join("seen");
        let setup = format!(
            "mkdir \"$P-full\"; mount -t tmpfs -o {limit} none \"$P-full\"; cp -a \"$P\" \"$P-full/public\"; \
             export {OUT}=\"$P-full/public\"; trap 'cp -a \"$P-full\" {copy:?}' EXIT"
        );
        let output = sandbox.mounted("big", &setup);
        assert_eq!(output.status.code(), Some(2), "{}{}", stdout(&output), stderr(&output));
        assert!(stderr(&output).contains("spazio esaurito"), "{}", stderr(&output));
        // The disk is gone with its namespace; this is what was on it when the builder ended.
        assert_eq!(read(&copy.join("public")), Some(whole("one")));
        assert_eq!(fs::read_dir(&copy).unwrap().count(), 1, "litter");
    }
}

#[test]
fn a_read_only_output_is_refused_untouched() {
    let around = "mount --bind \"$P/..\" \"$P/..\"; mount -o remount,bind,ro \"$P/..\"";
    let itself = "mount --bind \"$P\" \"$P\"; mount -o remount,bind,ro \"$P\"";
    for setup in [around, itself] {
        let sandbox = Sandbox::with_one();
        let output = sandbox.mounted("two", setup);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("sola lettura"), "{}", stderr(&output));
        assert_eq!(sandbox.state(), State::One);
        assert_eq!(sandbox.litter(), [""; 0]);
    }
    let confined = Sandbox::confined();
    fs::set_permissions(confined.out(), fs::Permissions::from_mode(0o555)).unwrap();
    let output = confined.run("two", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("permesso"), "{}", stderr(&output));
    assert_eq!(confined.state(), State::One);
}

#[test]
fn a_mount_point_is_published_into_with_a_warning() {
    let sandbox = Sandbox::with_one();
    let output = sandbox.mounted("two", "mount --bind \"$P\" \"$P\"");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("gap: true") && stdout(&output).contains("per un istante"), "{}", stdout(&output));
    assert_eq!(sandbox.state(), State::Two);
    assert_eq!(sandbox.litter(), [""; 0]);
}

#[test]
fn a_mount_point_inside_the_output_is_refused_untouched() {
    let sandbox = Sandbox::with_one();
    let output = sandbox.mounted("two", "mount -t tmpfs none \"$P/notes\"");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("altro disco"), "{}", stderr(&output));
    assert_eq!(sandbox.state(), State::One);
    assert_eq!(sandbox.litter(), [""; 0]);
}

#[test]
fn without_exchange_it_works_and_warns() {
    let sandbox = Sandbox::with_one();
    let output = sandbox.traced("two", &["inject=renameat2:error=EINVAL".into()]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("gap: true"), "{}", stdout(&output));
    assert_eq!((sandbox.state(), sandbox.litter().len()), (State::Two, 0));
}

#[test]
fn without_hard_links_files_keep_their_dates_and_foreign_ones_their_inodes() {
    let sandbox = Sandbox::with_one();
    let meta = |path: &str| fs::metadata(sandbox.out().join(path)).unwrap();
    let before = (meta("assets/s.css"), meta("notes/mine.txt"));
    let output = sandbox.traced("two", &["inject=linkat:error=EPERM".into()]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(before.0.modified().unwrap(), meta("assets/s.css").modified().unwrap());
    assert_eq!(before.1.ino(), meta("notes/mine.txt").ino());
    assert_eq!((sandbox.state(), sandbox.litter().len()), (State::Two, 0));
}

fn hold(sandbox: &Sandbox) -> Child {
    let mut child =
        sandbox.command("two", &[]).env(HOLD, "1").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.map(Result::unwrap).any(|line| line == "held"));
    child
}

#[test]
fn a_second_build_waits_ten_seconds_then_exits_two() {
    let sandbox = Sandbox::with_one();
    let mut first = hold(&sandbox);
    let start = Instant::now();
    let second = sandbox.run("one", &[]);
    // It cannot have given up before; how much later it is told of it is up to the machine.
    assert!(start.elapsed().as_secs() >= 10, "{:?}", start.elapsed());
    assert_eq!(second.status.code(), Some(2));
    assert!(stderr(&second).contains("un'altra pubblicazione"), "{}", stderr(&second));
    assert_eq!(sandbox.state(), State::One);
    first.stdin.take().unwrap().write_all(b"\n").unwrap();
    assert!(first.wait().unwrap().success());
    assert_eq!((sandbox.state(), sandbox.litter().len()), (State::Two, 0));
}

#[test]
fn a_killed_build_holds_nobody_up() {
    let sandbox = Sandbox::with_one();
    let mut first = hold(&sandbox);
    first.kill().unwrap();
    first.wait().unwrap();
    // A lock that outlived its owner would make this run give up.
    sandbox.assert_next_run_repairs("after the kill of the one that held the lock");
}

/// What a reader sees through one open folder; `None` if it was not one whole generation.
fn generation_seen(folder: &fs::File) -> Option<()> {
    let root = PathBuf::from(format!("/proc/self/fd/{}/.", folder.as_raw_fd()));
    let manifest = Manifest::load(&root).ok()??;
    let first = Entry::of(&fs::read(root.join("p/0/index.html")).ok()?);
    let is_there = |path: &String| fs::read(root.join(path)).is_ok_and(|bytes| Entry::of(&bytes) == first);
    let is_whole = manifest.files.iter().all(|(path, entry)| *entry == first && is_there(path));
    let is_known = |file: walkdir::DirEntry| {
        let path = file.path().strip_prefix(&root).unwrap_or(file.path()).to_string_lossy().into_owned();
        manifest.files.contains_key(&path) || path.starts_with("late/") || path.starts_with('.')
    };
    let files =
        walkdir::WalkDir::new(&root).into_iter().filter(|file| !matches!(file, Ok(file) if file.file_type().is_dir()));
    let is_alone = files.into_iter().all(|file| file.is_ok_and(is_known));
    (is_whole && is_alone).then_some(())
}

/// Builders, readers and somebody who drops files into the output, all at once.
#[test]
fn readers_always_find_a_whole_generation_and_nobody_loses_a_file() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run("generation 0", &[]).status.success());
    let out = sandbox.out();
    let (done, seen, late) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let now = || fs::metadata(&out).unwrap().ino();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let folder = fs::File::open(&out).unwrap();
                let is_whole = generation_seen(&folder).is_some();
                // A folder that has been exchanged under the reader is being emptied, and is not the output any more.
                if folder.metadata().unwrap().ino() == now() {
                    assert!(is_whole);
                    seen.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                fs::metadata(out.join("p/149/index.html")).unwrap();
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        scope.spawn(|| {
            let mut n = 0;
            while !done.load(Ordering::Relaxed) {
                let path = out.join(format!("late/{n}"));
                // The folder may go between the two calls: then nothing was written, and we try again.
                let made = fs::create_dir_all(path.parent().unwrap());
                if made.is_ok() && fs::File::create_new(&path).is_ok_and(|mut file| file.write_all(b"late").is_ok()) {
                    n += 1;
                    late.store(n, Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let builders: Vec<_> = (0..2)
            .map(|builder| {
                let sandbox = &sandbox;
                scope.spawn(move || {
                    for n in 0..25 {
                        let output = sandbox.run(&format!("generation {builder}-{n}"), &[]);
                        assert!(output.status.success(), "{}", stderr(&output));
                        assert!(stdout(&output).contains("gap: false"), "{}", stdout(&output));
                    }
                })
            })
            .collect();
        let results: Vec<_> = builders.into_iter().map(|builder| builder.join()).collect();
        done.store(true, Ordering::Relaxed);
        assert!(results.iter().all(Result::is_ok));
    });
    assert!(seen.load(Ordering::Relaxed) > 10, "{seen:?}");
    let late = late.load(Ordering::Relaxed);
    assert!(late > 10);
    for n in 0..late {
        assert_eq!(fs::read_to_string(out.join(format!("late/{n}"))).unwrap_or_default(), "late", "late/{n} of {late}");
    }
    assert_eq!(sandbox.litter(), [""; 0]);
}

/// As above, but every builder is killed sooner or later.
#[test]
fn builders_killed_at_any_time_never_leave_less_than_a_generation() {
    let sandbox = Sandbox::with_one();
    for n in 0..60_u64 {
        let name = if n % 2 == 0 { "two" } else { "one" };
        let mut child = sandbox.command(name, &[]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(n * 150));
        child.kill().unwrap();
        child.wait().unwrap();
        let state = sandbox.state();
        assert!(matches!(state, State::One | State::Two), "{n}: {state:?}");
    }
    sandbox.assert_next_run_repairs("after sixty kills");
}
