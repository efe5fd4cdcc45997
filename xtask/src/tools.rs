//! Programs that the commands need: found, installed where that is safe, or named.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::sh;

/// The first of `names` on the `PATH`.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let dirs: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name))).find_map(|file| {
        [file.clone(), file.with_extension("exe"), file.with_extension("cmd")]
            .into_iter()
            .find(|f| f.is_file())
    })
}

/// The compiler's WASM target. rustup does not always install it from `rust-toolchain.toml`.
pub fn add_wasm_target() -> Result<()> {
    let libraries =
        sh::output(sh::program("rustc").args(["--print=target-libdir", "--target=wasm32-unknown-unknown"]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    sh::run(sh::program("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
}

/// Node, of a version that the tests run on.
pub fn require_node() -> Result<()> {
    let version = sh::output(sh::program("node").arg("--version")).context("Node 20 or later is needed")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    ensure!(major.is_some_and(|n| n >= 20), "Node 20 or later is needed; this is {}", version.trim());
    Ok(())
}

/// Chromium and its driver.
pub struct Browser {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

/// Finds Chromium and its driver; on Debian, as root, installs them.
pub fn require_browser() -> Result<Browser> {
    if let Some(found) = find_browser() {
        return Ok(found);
    }
    apt_install(&["chromium", "chromium-driver"])?;
    find_browser().context("Chromium was installed but is not on the PATH")
}

/// Finds Firefox; on Debian, as root, installs it.
pub fn require_firefox() -> Result<PathBuf> {
    let found = || find(&["firefox-esr", "firefox"]);
    if let Some(found) = found() {
        return Ok(found);
    }
    apt_install(&["firefox-esr"])?;
    found().context("Firefox was installed but is not on the PATH")
}

fn find_browser() -> Option<Browser> {
    Some(Browser {
        browser: find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])?,
        driver: find(&["chromedriver"])?,
    })
}

fn apt_install(packages: &[&str]) -> Result<()> {
    let install = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    let debian = Path::new("/etc/debian_version").exists() && find(&["apt-get"]).is_some();
    if !debian || sh::output(sh::program("id").arg("-u"))?.trim() != "0" {
        bail!("a browser is missing (on Debian: sudo {install})");
    }
    let apt = || {
        let mut command = sh::program("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    sh::run(apt().args(["update", "--quiet"]))?;
    sh::run(apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages))
}
