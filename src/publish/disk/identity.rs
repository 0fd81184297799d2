//! Which file it is, whose, and who may read it.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// What the disk knows a file by, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub disk: u64,
    pub inode: u64,
}

#[cfg(unix)]
mod kind {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};

    use super::{File, Identity, Metadata, Path, fs, io};

    impl From<Metadata> for Identity {
        fn from(found: Metadata) -> Self {
            Self { disk: found.dev(), inode: found.ino() }
        }
    }

    impl Identity {
        /// Of a link its own.
        pub fn of(path: &Path) -> io::Result<Self> {
            fs::symlink_metadata(path).map(Self::from)
        }

        pub fn of_open(file: &File) -> io::Result<Self> {
            file.metadata().map(Self::from)
        }
    }

    /// The umask takes away what the user does not want to give; what is published is for everybody to read all the
    /// same, and the web server is somebody else.
    pub fn open_for_all(path: &Path, made: &Metadata) -> io::Result<()> {
        let for_all = if made.is_dir() { 0o755 } else { 0o644 };
        let mode = made.mode();
        if mode & for_all == for_all {
            return Ok(());
        }
        fs::set_permissions(path, fs::Permissions::from_mode(mode | for_all))
    }

    pub fn make_private(path: &Path) -> io::Result<()> {
        fs::DirBuilder::new().mode(0o700).create(path)
    }

    pub fn resemble(own: &Path, other: &Path) {
        let Ok(theirs) = fs::symlink_metadata(other) else { return };
        let _ = chown(own, Some(theirs.uid()), Some(theirs.gid()));
        let _ = fs::set_permissions(own, theirs.permissions());
    }
}

#[cfg(windows)]
mod kind {
    use super::{File, Identity, Metadata, Path, fs, io};

    impl Identity {
        pub fn of(path: &Path) -> io::Result<Self> {
            Self::of_handle(winapi_util::Handle::from_path_any(path)?)
        }

        pub fn of_open(file: &File) -> io::Result<Self> {
            Self::of_handle(file)
        }

        fn of_handle(handle: impl winapi_util::AsHandleRef) -> io::Result<Self> {
            let found = winapi_util::file::information(handle)?;
            Ok(Self { disk: found.volume_serial_number(), inode: found.file_index() })
        }
    }

    /// Who may read comes from the folder around.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
    pub fn open_for_all(_: &Path, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub fn make_private(path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    pub fn resemble(_: &Path, _: &Path) {}
}

pub use kind::{make_private, open_for_all, resemble};
