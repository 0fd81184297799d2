//! The promises of publishing, through the binary itself: the library is put through more in `publish_faults`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::support::{BINARY, Site, Tree, is_root};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

/// A site with one generation published, and the records of the next.
fn changed() -> (Site, Tree, Tree) {
    let next = |site: Site| site.replace(NIDO, "titolo: Un nido vicino al lavoro", "titolo: Un nido nuovo");
    let new = next(Site::small()).built().published();
    let site = Site::small().built();
    let old = site.published();
    assert_ne!(old, new);
    (next(site), old, new)
}

/// What is published, our own lock and work folder apart.
fn seen(site: &Site) -> Tree {
    let mut tree = site.published();
    tree.retain(|path, _| !path.starts_with(".concilia-lock") && !path.starts_with(".concilia-work"));
    tree
}

#[test]
fn killed_at_any_change_the_site_is_the_old_or_the_new_one_and_the_next_build_repairs_it() {
    let calls = "mkdir,linkat,unlink,rmdir,rename,renameat2,write,fsync,syncfs,flock";
    let (mut olds, mut news) = (0, 0);
    for call in calls.split(',') {
        let mut n = 1;
        loop {
            let (site, old, new) = changed();
            let injection = format!("inject={call}:signal=SIGKILL:when={n}");
            let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "signal=none", "-e", &injection];
            let output = site.wrapped(&strace, ["build"]).env("RAYON_NUM_THREADS", "1").output();
            let state = seen(&site);
            if output.code == Some(0) {
                assert_eq!(state, new, "{call}");
                break;
            }
            assert!(state == old || state == new, "killed at {call} number {n}: {:?}", output);
            if state == old {
                olds += 1
            } else {
                news += 1
            }
            site.concilia(["build"]).output().exits(0);
            assert_eq!(site.published(), new, "after {call} number {n}");
            // All the points of a small build are many alike: the first ones closely, then further apart.
            n += 1 + n / 3;
        }
    }
    assert!(olds > 10 && news > 3, "{olds} {news}: the kills did not hit both sides of the exchange");
}

#[test]
fn a_full_disk_and_a_read_only_one_leave_the_old_site_and_a_message() {
    let (site, old, _) = changed();
    let unshare = if is_root() { "-m" } else { "-Urm" };
    // Room for one site and a little more.
    let full = "mkdir small; mount -t tmpfs -o size=$(($(du -sk public | cut -f1) + 12))k none small && \
                cp -a public small/public && { \"$0\" build --out small/public; code=$?; } && \
                diff -r public small/public && exit $code";
    let run = |script: &str| {
        let output =
            Command::new("unshare").args([unshare, "sh", "-c", script, BINARY]).current_dir(site.root()).output();
        let output = output.expect("unshare");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, told) = run(full);
    assert!(told.contains("spazio esaurito"), "{told}");
    assert_eq!(code, Some(2), "{told}");
    let (code, told) = run("mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" && \"$0\" build");
    assert!(told.contains("sola lettura"), "{told}");
    assert_eq!(code, Some(2), "{told}");
    assert_eq!(site.published(), old);
}

#[test]
fn two_builds_at_once_both_end_and_one_whole_site_stands() {
    let (site, _, new) = changed();
    let start = || {
        let mut command = Command::new(BINARY);
        command.arg("build").current_dir(site.root()).stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().expect("the binary runs")
    };
    let builds: Vec<_> = (0..4).map(|_| start()).collect();
    for build in builds {
        let output = build.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(site.published(), new);
}

#[test]
fn files_of_others_stay_and_a_folder_of_others_is_refused() {
    let (site, _, new) = changed();
    let site = site.write("public/appunti/miei.txt", "miei").write("public/.gitignore", "*");
    site.concilia(["build"]).output().exits(0);
    assert_eq!(site.read("public/appunti/miei.txt"), "miei");
    let mut tree = site.published();
    tree.retain(|path, _| path != "appunti/miei.txt" && path != ".gitignore");
    assert_eq!(tree, new);
    let site = Site::small().write("altrui/tesi.txt", "tesi");
    site.concilia(["build", "--out", "altrui"]).output().exits(2).says("altrui");
    assert_eq!(fs::read_dir(site.path("altrui")).expect("a folder").count(), 1);
}

/// The user may keep new files to himself, and the web server is somebody else.
#[test]
fn what_is_published_is_for_everybody_to_read_whatever_the_umask() {
    let site = Site::small();
    site.wrapped(&["sh", "-c", "umask 077; exec \"$0\" \"$@\""], ["build"]).output().exits(0);
    for entry in walkdir::WalkDir::new(site.path("public")) {
        let entry = entry.expect("a readable folder");
        let mode = entry.metadata().expect("its mode").permissions().mode() & 0o777;
        let wanted = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        assert_eq!(mode, wanted, "{}: {mode:o}", entry.path().display());
    }
}

#[test]
fn the_output_cannot_be_the_content_or_around_it() {
    for out in ["content", ".", "content/public", "themes"] {
        let site = Site::small()
            .replace("content/sito.yaml", "piano_corrente:", "tema: prova\npiano_corrente:")
            .write("themes/prova/assets/x.txt", "x");
        let before = crate::support::tree(site.root());
        site.concilia(["build", "--out", out]).output().exits(2);
        assert_eq!(crate::support::tree(site.root()), before, "{out}");
    }
}
