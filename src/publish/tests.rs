//! What publishing promises when nothing goes wrong. What it promises when something does is in
//! `tests/suite/publish_faults.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::result::Result;
use std::time::{Duration, SystemTime};

use super::*;

type Site<'a> = &'a [(&'a str, &'a str)];

const ONE: Site<'static> =
    &[("index.html", "home"), ("progetti/win/index.html", "win"), ("progetti/old/index.html", "old"), ("s.css", "a{}")];
const TWO: Site<'static> =
    &[("index.html", "home, new"), ("progetti/win/index.html", "win"), ("s.css", "a{}"), ("feed.xml", "<feed/>")];

struct Sandbox {
    dir: tempfile::TempDir,
}

impl Sandbox {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// One with the first generation in place.
    fn published() -> Self {
        let sandbox = Self::new();
        sandbox.publish(ONE).unwrap();
        sandbox
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.out().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.out().join(path)).unwrap()
    }

    fn publish(&self, site: Site) -> Result<Outcome, PublishError> {
        publish(&self.out(), site)
    }

    fn has_no_litter(&self) -> bool {
        let names = |path: &Path| -> Vec<_> {
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        names(self.dir.path()) == ["public"]
            && !names(&self.out()).iter().any(|name| name.starts_with(".concilia") && name != MANIFEST)
    }
}

fn publish(out: &Path, site: Site) -> Result<Outcome, PublishError> {
    let publication = Publication::begin(out, &[])?;
    for (path, text) in site {
        publication.write(path, text.as_bytes())?;
    }
    publication.commit()
}

fn inodes(root: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let meta = entry.path().symlink_metadata().unwrap();
            (entry.path().strip_prefix(root).unwrap().to_owned(), (meta.ino(), meta.modified().unwrap()))
        })
        .collect()
}

/// The manifest of a folder whose files are as it says.
fn kept(out: &Path) -> Manifest {
    let manifest = Manifest::load(out).unwrap().unwrap();
    for (path, entry) in &manifest.files {
        assert_eq!(Entry::of(&fs::read(out.join(path)).unwrap()), *entry, "{path}");
    }
    manifest
}

fn assert_is(out: &Path, site: Site) {
    let wanted: BTreeMap<String, Entry> =
        site.iter().map(|(path, text)| ((*path).to_owned(), Entry::of(text.as_bytes()))).collect();
    assert_eq!(kept(out).files, wanted);
}

#[test]
fn the_first_generation_makes_the_folder_and_its_parents() {
    let sandbox = Sandbox::new();
    let out = sandbox.dir.path().join("a/b/public");
    let outcome = publish(&out, ONE).unwrap();
    assert_eq!(outcome, Outcome { written: 4, ..Outcome::default() });
    assert_is(&out, ONE);
}

#[test]
fn only_what_changed_is_a_new_inode_and_what_is_gone_is_removed() {
    let sandbox = Sandbox::published();
    let before = inodes(&sandbox.out());
    let outcome = sandbox.publish(TWO).unwrap();
    assert_eq!(outcome, Outcome { written: 2, unchanged: 2, removed: 1, ..Outcome::default() });
    assert_is(&sandbox.out(), TWO);
    let after = inodes(&sandbox.out());
    for path in ["progetti/win/index.html", "s.css"] {
        assert_eq!(before[Path::new(path)], after[Path::new(path)], "{path}");
    }
    assert_ne!(before[Path::new("index.html")].0, after[Path::new("index.html")].0);
    assert!(!sandbox.out().join("progetti/old").exists());
    assert!(sandbox.has_no_litter());
}

#[test]
fn the_same_again_touches_nothing_at_all() {
    let sandbox = Sandbox::published();
    sandbox.put(".gitignore", "*");
    let stat = |path: &str| {
        let meta = fs::metadata(sandbox.out().join(path)).unwrap();
        (meta.ino(), meta.modified().unwrap(), meta.ctime(), meta.ctime_nsec())
    };
    let all = ["", "progetti", "index.html", MANIFEST, ".gitignore"];
    let before = all.map(stat);
    let outcome = sandbox.publish(ONE).unwrap();
    assert_eq!(outcome, Outcome { unchanged: 4, ..Outcome::default() });
    assert_eq!(before, all.map(stat));
    assert!(sandbox.has_no_litter());
}

#[test]
fn two_fresh_builds_are_the_same_bytes_in_whatever_order_they_were_written() {
    let (one, two) = (Sandbox::new(), Sandbox::new());
    one.publish(ONE).unwrap();
    let backwards: Vec<_> = ONE.iter().rev().copied().collect();
    two.publish(&backwards).unwrap();
    assert_eq!(one.text(MANIFEST), two.text(MANIFEST));
    two.publish(TWO).unwrap();
    two.publish(ONE).unwrap();
    assert_eq!(one.text(MANIFEST), two.text(MANIFEST));
}

#[test]
fn a_folder_of_somebody_else_is_refused_untouched() {
    let sandbox = Sandbox::new();
    sandbox.put("foto.jpg", "x");
    let error = sandbox.publish(ONE).unwrap_err();
    assert!(matches!(error, PublishError::NotOurs { .. }), "{error}");
    assert!(error.to_string().contains("foto.jpg"));
    assert_eq!(inodes(&sandbox.out()).len(), 1);
    assert!(sandbox.has_no_litter());
}

#[test]
fn a_placeholder_does_not_make_a_folder_foreign_and_stays() {
    for name in [".gitignore", ".gitkeep"] {
        let sandbox = Sandbox::new();
        sandbox.put(name, "*");
        let before = inodes(&sandbox.out());
        assert_eq!(sandbox.publish(ONE).unwrap().carried, 1);
        assert_eq!(before[Path::new(name)], inodes(&sandbox.out())[Path::new(name)]);
        assert_is(&sandbox.out(), ONE);
    }
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.out().join(".gitignore/x")).unwrap();
    assert!(matches!(sandbox.publish(ONE), Err(PublishError::NotOurs { .. })));
}

#[test]
fn a_manifest_that_cannot_be_read_is_not_guessed_at() {
    let sandbox = Sandbox::published();
    sandbox.put(MANIFEST, "{\"format\": 1, \"fi");
    assert!(matches!(sandbox.publish(TWO), Err(PublishError::Manifest { .. })));
    assert_eq!(sandbox.text("index.html"), "home");
    assert!(sandbox.has_no_litter());
}

#[test]
fn a_file_is_no_output_folder() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.out(), "x").unwrap();
    assert!(matches!(sandbox.publish(ONE), Err(PublishError::NotAFolder(_))));
    assert!(publish(&sandbox.out().join("below"), ONE).is_err());
}

#[test]
fn foreign_files_links_and_folders_are_carried_as_they_are() {
    let sandbox = Sandbox::published();
    sandbox.put("progetti/win/note.txt", "mine");
    sandbox.put(".git/objects/aa", "blob");
    // Inside a folder whose last page goes away.
    sandbox.put("progetti/old/keep.txt", "keep");
    fs::create_dir(sandbox.out().join("empty")).unwrap();
    fs::set_permissions(sandbox.out().join("empty"), fs::Permissions::from_mode(0o700)).unwrap();
    symlink("/nowhere", sandbox.out().join("dangling")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret"), "x").unwrap();
    symlink(elsewhere.path(), sandbox.out().join("linked")).unwrap();
    let before = inodes(&sandbox.out());

    assert_eq!(sandbox.publish(TWO).unwrap().carried, 5);

    let after = inodes(&sandbox.out());
    for path in ["progetti/win/note.txt", ".git/objects/aa", "progetti/old/keep.txt", "dangling", "linked"] {
        assert_eq!(before[Path::new(path)], after[Path::new(path)], "{path}");
    }
    assert!(elsewhere.path().join("secret").exists());
    assert_eq!(fs::metadata(sandbox.out().join("empty")).unwrap().mode() & 0o777, 0o700);
    assert_is(&sandbox.out(), TWO);
    assert!(sandbox.has_no_litter());
}

#[test]
fn foreign_files_that_arrive_while_publishing_come_along() {
    let sandbox = Sandbox::published();
    let publication = Publication::begin(&sandbox.out(), &[]).unwrap();
    sandbox.put("late/note.txt", "late");
    for (path, text) in TWO {
        publication.write(path, text.as_bytes()).unwrap();
    }
    sandbox.put("progetti/later.txt", "later");
    assert_eq!(publication.commit().unwrap().carried, 2);
    assert_eq!(sandbox.text("late/note.txt"), "late");
    assert_eq!(sandbox.text("progetti/later.txt"), "later");
    assert_is(&sandbox.out(), TWO);
}

#[test]
fn what_arrives_after_the_links_were_made_is_moved_across_or_put_aside() {
    let sandbox = Sandbox::published();
    let old = sandbox.dir.path().join("old");
    fs::rename(sandbox.out(), &old).unwrap();
    sandbox.publish(TWO).unwrap();
    let put = |path: &str, text: &str| {
        fs::create_dir_all(old.join(path).parent().unwrap()).unwrap();
        fs::write(old.join(path), text).unwrap();
    };
    put("new/folder/a.txt", "a");
    put("feed.xml", "not the feed");
    put("replaced.txt", "newer");
    put("same.txt", "same");
    sandbox.put("replaced.txt", "older");
    fs::hard_link(old.join("same.txt"), sandbox.out().join("same.txt")).unwrap();
    let carried = [(PathBuf::from("replaced.txt"), fs::metadata(sandbox.out().join("replaced.txt")).unwrap().ino())];
    let (ours, new) = (Manifest::load(&old).unwrap().unwrap(), Manifest::load(&sandbox.out()).unwrap().unwrap());
    let swept = Sweep {
        within: &Folder::open(sandbox.dir.path()).unwrap(),
        name: Path::new("old"),
        shown: &Folder::open(&sandbox.out()).unwrap(),
        ours: &ours,
        new: &new,
        carried: &carried.into(),
    }
    .run()
    .unwrap();
    assert_eq!(swept.moved, 3);
    assert_eq!(swept.warnings.len(), 1, "{:?}", swept.warnings);
    assert_eq!(sandbox.text("new/folder/a.txt"), "a");
    assert_eq!(sandbox.text("replaced.txt"), "newer");
    assert_eq!(sandbox.text("feed.xml"), "<feed/>");
    assert_eq!(sandbox.text("feed.xml.concilia-salvato"), "not the feed");
    assert!(sandbox.has_no_litter());
}

#[test]
fn a_foreign_file_in_the_way_is_refused_before_anything_changes() {
    for path in ["feed.xml", "feed.xml/below", "feed.xml/below/deeper"] {
        let sandbox = Sandbox::published();
        sandbox.put(path, "mine");
        let before = inodes(&sandbox.out());
        let error = sandbox.publish(TWO).unwrap_err();
        assert!(matches!(error, PublishError::Foreign(_)), "{error}");
        assert!(error.to_string().contains("feed.xml"), "{error}");
        assert_eq!(before, inodes(&sandbox.out()));
        assert!(sandbox.has_no_litter());
    }
    let sandbox = Sandbox::published();
    sandbox.put("lavori", "mine");
    assert!(matches!(sandbox.publish(&[("lavori/index.html", "x")]), Err(PublishError::Foreign(_))));
    let sandbox = Sandbox::published();
    symlink("/tmp", sandbox.out().join("lavori")).unwrap();
    assert!(matches!(sandbox.publish(&[("lavori/index.html", "x")]), Err(PublishError::Foreign(_))));
    assert!(!Path::new("/tmp/index.html").exists());
}

#[test]
fn a_foreign_file_with_the_very_bytes_wanted_becomes_ours() {
    let sandbox = Sandbox::published();
    sandbox.put("feed.xml", "<feed/>");
    sandbox.publish(TWO).unwrap();
    assert_is(&sandbox.out(), TWO);
    assert!(!sandbox.out().join("feed.xml.concilia-salvato").exists());
    assert!(sandbox.has_no_litter());
}

#[test]
fn a_page_edited_by_hand_is_written_again_whatever_its_date_says() {
    let sandbox = Sandbox::published();
    let path = sandbox.out().join("index.html");
    let date = fs::metadata(&path).unwrap().modified().unwrap();
    // Same length, and the date set back.
    fs::write(&path, "hack").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(date).unwrap();
    let edited = fs::metadata(&path).unwrap().ino();
    assert_eq!(sandbox.publish(ONE).unwrap().written, 1);
    assert_eq!(sandbox.text("index.html"), "home");
    assert_ne!(fs::metadata(&path).unwrap().ino(), edited);
}

#[test]
fn a_page_deleted_or_turned_into_something_else_by_hand_is_written_again() {
    let sandbox = Sandbox::published();
    let (page, style) = (sandbox.out().join("index.html"), sandbox.out().join("s.css"));
    fs::remove_file(&page).unwrap();
    fs::remove_file(&style).unwrap();
    symlink("/etc/hostname", &style).unwrap();
    assert_eq!(sandbox.publish(ONE).unwrap().written, 2);
    assert!(style.symlink_metadata().unwrap().is_file());
    assert_is(&sandbox.out(), ONE);

    fs::remove_file(&page).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(&page).status().unwrap();
    assert!(pipe.success());
    assert_eq!(sandbox.publish(ONE).unwrap().written, 1);
    assert_is(&sandbox.out(), ONE);
}

#[test]
fn pages_may_turn_into_folders_and_back() {
    let sandbox = Sandbox::new();
    for site in [&[("a", "x")] as Site, &[("a/b", "x"), ("c", "y")], &[("a", "x"), ("c/d/e", "y")]] {
        sandbox.publish(site).unwrap();
        assert_is(&sandbox.out(), site);
    }
    assert!(sandbox.has_no_litter());
}

#[test]
fn two_routes_on_one_path_are_refused_and_nothing_is_published() {
    let cases: [(Site, &str); 4] = [
        (&[("a", "x"), ("a", "x")], "due volte"),
        (&[("a", "x"), ("a/b", "x")], "insieme"),
        (&[("a/b/c", "x"), ("a", "x")], "insieme"),
        (&[("../a", "x")], "`..`"),
    ];
    for (site, words) in cases {
        let sandbox = Sandbox::published();
        let publication = Publication::begin(&sandbox.out(), &[]).unwrap();
        let errors: Vec<_> =
            site.iter().filter_map(|(path, text)| publication.write(path, text.as_bytes()).err()).collect();
        assert_eq!(errors.len(), 1);
        assert!(errors[0].to_string().contains(words), "{}", errors[0]);
        assert!(matches!(publication.commit(), Err(PublishError::Incomplete(_))));
        assert_is(&sandbox.out(), ONE);
        assert!(sandbox.has_no_litter());
    }
}

#[test]
fn dropped_without_commit_it_was_never_there() {
    let sandbox = Sandbox::published();
    let before = inodes(&sandbox.out());
    let publication = Publication::begin(&sandbox.out(), &[]).unwrap();
    publication.write("index.html", b"changed").unwrap();
    drop(publication);
    assert_eq!(before, inodes(&sandbox.out()));
    assert!(sandbox.has_no_litter());

    let fresh = Sandbox::new();
    drop(Publication::begin(&fresh.out(), &[]).unwrap());
    assert_eq!(fs::read_dir(fresh.dir.path()).unwrap().count(), 0);
}

#[test]
fn a_linked_output_is_published_where_it_leads_and_stays_a_link() {
    let sandbox = Sandbox::new();
    let real = sandbox.dir.path().join("srv/site");
    symlink("srv/site", sandbox.out()).unwrap();
    for site in [ONE, TWO] {
        sandbox.publish(site).unwrap();
        assert!(sandbox.out().is_symlink());
        assert_is(&real, site);
    }
    assert_eq!(fs::read_dir(sandbox.dir.path().join("srv")).unwrap().count(), 1);
}

#[test]
fn the_output_keeps_its_own_permissions() {
    let sandbox = Sandbox::published();
    fs::set_permissions(sandbox.out(), fs::Permissions::from_mode(0o2750)).unwrap();
    sandbox.publish(TWO).unwrap();
    assert_eq!(fs::metadata(sandbox.out()).unwrap().mode() & 0o7777, 0o2750);
}

#[test]
fn content_and_output_do_not_mix() {
    let sandbox = Sandbox::new();
    let content = sandbox.dir.path().join("content");
    fs::create_dir_all(content.join("piani")).unwrap();
    symlink(&content, sandbox.dir.path().join("alias")).unwrap();
    for out in ["content", "content/public", "alias/public", ".", "content/piani/../public"] {
        let error = Publication::begin(&sandbox.dir.path().join(out), &[&content]).unwrap_err();
        assert!(matches!(error, PublishError::Nested { .. }), "{out}: {error}");
    }
    drop(Publication::begin(&sandbox.dir.path().join("content-public"), &[&content]).unwrap());
    assert_eq!(fs::read_dir(&content).unwrap().count(), 1);
}

#[test]
fn a_second_one_is_told_to_wait_and_then_gets_its_turn() {
    let sandbox = Sandbox::published();
    let first = Publication::begin(&sandbox.out(), &[]).unwrap();
    let patience = Duration::from_millis(100);
    assert!(matches!(Publication::begin_within(&sandbox.out(), &[], patience), Err(PublishError::Busy(_))));
    for (path, text) in TWO {
        first.write(path, text.as_bytes()).unwrap();
    }
    std::thread::scope(|scope| {
        let second = scope.spawn(|| sandbox.publish(ONE));
        std::thread::sleep(patience);
        first.commit().unwrap();
        second.join().unwrap().unwrap();
    });
    assert_is(&sandbox.out(), ONE);
    assert!(sandbox.has_no_litter());
}

#[test]
fn many_threads_may_write() {
    use rayon::prelude::*;
    let sandbox = Sandbox::new();
    let publication = Publication::begin(&sandbox.out(), &[]).unwrap();
    (0..500_u32).into_par_iter().for_each(|n| {
        publication.write(&format!("a/{}/{}/{n}.html", n % 7, n % 50), &n.to_le_bytes()).unwrap();
    });
    assert_eq!(publication.commit().unwrap().written, 500);
    assert_eq!(kept(&sandbox.out()).files.len(), 500);
}

#[test]
fn a_file_made_from_the_same_is_lent_to_the_next_generation() {
    let sandbox = Sandbox::new();
    let (key, other) = ([1; 32], [2; 32]);
    let set = |bytes: &[u8], key| {
        let publication = Publication::begin(&sandbox.out(), &[]).unwrap();
        publication.write_made("piano.pdf", bytes, key).unwrap();
        publication.commit().unwrap();
    };
    let lent = |key| Publication::begin(&sandbox.out(), &[]).unwrap().lend("piano.pdf", key);
    assert_eq!(lent(&key), None, "nothing is published yet");
    set(b"pdf", Some(key));
    assert_eq!(lent(&key).as_deref(), Some(&b"pdf"[..]));
    assert_eq!(lent(&other), None);
    sandbox.put("piano.pdf", "PDF");
    assert_eq!(lent(&key), None, "somebody has touched it");
    set(b"pdf", None);
    assert_eq!(lent(&key), None, "nobody said what it was made from");
}

#[test]
fn a_manifest_of_before_there_were_keys_is_read() {
    let sandbox = Sandbox::published();
    let old = sandbox.text(MANIFEST).replace("\"format\": 2", "\"format\": 1");
    sandbox.put(MANIFEST, &old);
    assert_eq!(sandbox.publish(TWO).unwrap().removed, 1);
    assert!(sandbox.text(MANIFEST).contains("\"format\": 2"));
}
