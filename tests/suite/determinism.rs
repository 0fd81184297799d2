//! The same records give the same bytes, whatever the machine and the day.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use crate::support::{Site, Tree};

/// The shipped content after `change`, built with these variables.
fn built(env: &[(&str, &str)], change: impl FnOnce(&Site)) -> Tree {
    let site = Site::shipped();
    change(&site);
    let run = site.concilia(["build", "--base-url", "https://esempio.it/piano/"]);
    env.iter().fold(run, |run, (name, value)| run.env(name, value)).output().exits(0);
    site.published()
}

#[track_caller]
fn assert_same(one: &Tree, two: &Tree) {
    assert!(one.len() > 80);
    let different: Vec<_> =
        one.iter().filter(|(path, bytes)| two.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(different.is_empty() && one.len() == two.len(), "{different:?}");
}

#[test]
fn neither_threads_nor_locale_nor_time_zone_change_a_byte() {
    let one = built(&[("RAYON_NUM_THREADS", "1"), ("LANG", "C"), ("TZ", "UTC")], |_| {});
    for env in [
        [("RAYON_NUM_THREADS", "8"), ("LANG", "it_IT.UTF-8"), ("TZ", "Pacific/Kiritimati")],
        [("RAYON_NUM_THREADS", "3"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "America/Adak")],
    ] {
        assert_same(&one, &built(&env, |_| {}));
    }
}

/// Folders list their files in the order in which they came: here from the last to the first, with dates of other days.
#[test]
fn neither_the_order_nor_the_dates_of_files_change_a_byte() {
    let shuffle = |site: &Site| {
        let old = site.path("content");
        let new = site.path("content-new");
        let mut files: Vec<_> = walkdir::WalkDir::new(&old)
            .into_iter()
            .map(|entry| entry.expect("a readable folder"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.into_path())
            .collect();
        files.sort();
        for (n, file) in files.iter().rev().enumerate() {
            let target = new.join(file.strip_prefix(&old).expect("below"));
            fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
            fs::write(&target, fs::read(file).expect("a file")).expect("a file");
            let date = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * n as u64);
            File::options().write(true).open(&target).and_then(|file| file.set_modified(date)).expect("a date");
        }
        fs::remove_dir_all(&old).expect("the old folder");
        fs::rename(&new, &old).expect("the new folder");
    };
    assert_same(&built(&[], |_| {}), &built(&[], shuffle));
}

#[test]
fn a_second_build_over_the_first_touches_nothing() {
    use std::os::unix::fs::MetadataExt;
    let site = Site::shipped().built();
    let stamps = || -> Vec<_> {
        let stamp = |path: &str| {
            let metadata = fs::metadata(site.path("public").join(path)).expect(path);
            (path.to_owned(), metadata.ino(), metadata.modified().expect("a date"))
        };
        site.published().keys().map(|path| stamp(path)).collect()
    };
    let (before, bytes) = (stamps(), site.published());
    site.concilia(["build"]).output().exits(0);
    assert_same(&bytes, &site.published());
    assert_eq!(before, stamps());
}

/// Two reports of many problems are the same too, whatever thread finds them first.
#[test]
fn a_report_is_the_same_on_every_run() {
    let report = |threads: &str| {
        let site = Site::small()
            .replace("content/piani/2025-2027/progetti/nido.yaml", "alleanza: monte", "alleanza: x")
            .replace("content/piani/2025-2027/progetti/sollievo.yaml", "alleanza: monte", "aleanza: monte")
            .replace("content/piani/2025-2027/alleanze/piano.yaml", "capofila: comune-beta", "capofila: [1, 2]")
            .write("content/storia/vuota.yaml", "");
        site.concilia(["check"]).env("RAYON_NUM_THREADS", threads).output().exits(1).stderr
    };
    let one = report("1");
    assert!((0..5).all(|_| report("8") == one));
}
