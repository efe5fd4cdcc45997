//! Third-party suites, in the folder that `PROBANT_CORPUS` names, else in `../shared/corpus`.

#![allow(dead_code, reason = "each test file uses a part")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// One suite: its manifest and its files.
pub(crate) struct Suite {
    folder: PathBuf,
    manifest: Value,
}

/// The folder of the suite `name`. Without any third-party data there is none, which is said aloud; where the data was
/// named, a missing suite is a failure.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("PROBANT_CORPUS").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = named.clone().unwrap_or_else(beside).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(named.is_none(), "PROBANT_CORPUS has no {name}");
    eprintln!("SKIPPED: no third-party test data for {name}; name its folder in PROBANT_CORPUS");
    None
}

/// The suite `name`; `None` where [`folder`] gives none.
pub(crate) fn suite(name: &str) -> Option<Suite> {
    let mut suite = Suite { folder: folder(name)?, manifest: Value::Null };
    suite.manifest = serde_json::from_slice(&suite.read("manifest.json")).expect("a manifest is JSON");
    Some(suite)
}

impl Suite {
    /// Its cases.
    pub(crate) fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.manifest["cases"].as_array().expect("cases").iter().map(Case)
    }

    /// The names of the files that are not cases themselves.
    #[allow(dead_code, reason = "not every test needs them")]
    pub(crate) fn support_files(&self) -> impl Iterator<Item = &str> {
        self.manifest["support_files"].as_object().expect("support files").keys().map(String::as_str)
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, file: &str) -> Vec<u8> {
        let path = self.folder.join(file);
        fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }
}

/// One case of a manifest.
pub(crate) struct Case<'a>(pub(crate) &'a Value);

impl<'a> Case<'a> {
    /// A member that is a string; empty where there is none.
    pub(crate) fn str(&self, name: &str) -> &'a str {
        self.0[name].as_str().unwrap_or_default()
    }

    /// Whether an independent check found the signature good.
    #[allow(dead_code, reason = "not every test needs it")]
    pub(crate) fn confirmed(&self) -> bool {
        self.0["signature_confirmed"] == true
    }
}
