//! Code that a page loads only where a credential needs it.
//!
//! The shipped WASM is one crate in several modules: `cargo xtask build` moves what is reachable only through the entry
//! functions that it lists (`xtask/src/split.rs`) out of the first. Whoever calls an entry function asks [`need`] first.
//! Where the part is not there, the row says so, and the host loads the part and verifies again.
//!
//! Whether code is here is a property of the program that runs, like its memory, and no evidence about a credential:
//! so it is neither handed through every function nor listed among a report's needs. Without the feature `parts`,
//! which only the split module is built with, every part is always here.

use crate::report::{Args, Explain, Reason, Status};

/// A part of the program beside the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Rare algorithms and formats.
    Wide,
    /// Pairings on BLS12-381.
    Bbs,
    /// Files and pages that hold credentials: PDF, ZIP, HTML.
    Files,
    /// Blockcerts, and the blockchains they are anchored in.
    Chain,
    /// Comprehensive records, and formats that are told apart and shown more than checked.
    Records,
    /// JSON Schema, for schemas that credentials name.
    Schemas,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 6] =
        [Part::Wide, Part::Bbs, Part::Files, Part::Chain, Part::Records, Part::Schemas];

    /// Its name, which is that of its file.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Wide => "wide",
            Part::Bbs => "bbs",
            Part::Files => "files",
            Part::Chain => "chain",
            Part::Records => "records",
            Part::Schemas => "schemas",
        }
    }
}

/// A part is not here: not loaded yet, or not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded(pub Part);

/// Never a failure of the credential: what could not be checked is unknown.
impl Explain for NotLoaded {
    fn reason(&self) -> Reason {
        Reason::PartNotLoaded
    }

    fn status(&self) -> Status {
        Status::Unknown
    }

    fn args(&self) -> Args {
        Args::from([("part".into(), self.0.name().into())])
    }
}

/// Asks for `part`, before one of its entry functions is called.
///
/// # Errors
/// [`NotLoaded`]; that it was wanted is noted.
#[cfg_attr(
    not(all(feature = "parts", target_arch = "wasm32")),
    expect(clippy::unnecessary_wraps, reason = "all are here")
)]
pub(crate) fn need(part: Part) -> Result<(), NotLoaded> {
    #[cfg(all(feature = "parts", target_arch = "wasm32"))]
    return loading::need(part);
    #[cfg(not(all(feature = "parts", target_arch = "wasm32")))]
    {
        let _ = part;
        Ok(())
    }
}

#[cfg(all(feature = "parts", target_arch = "wasm32"))]
pub(crate) mod loading {
    //! Which parts are here, and which were wanted.

    use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

    use super::{NotLoaded, Part};

    /// One bit for each part.
    static LOADED: AtomicU8 = AtomicU8::new(0);
    static WANTED: AtomicU8 = AtomicU8::new(0);

    const fn bit(part: Part) -> u8 {
        1 << part as u8
    }

    pub(super) fn need(part: Part) -> Result<(), NotLoaded> {
        if LOADED.load(Relaxed) & bit(part) != 0 {
            return Ok(());
        }
        WANTED.fetch_or(bit(part), Relaxed);
        Err(NotLoaded(part))
    }

    /// Notes that `part` is here from now on.
    pub(crate) fn loaded(part: Part) {
        LOADED.fetch_or(bit(part), Relaxed);
    }

    /// The parts that were wanted and not here since this was last asked.
    pub(crate) fn wanted() -> impl Iterator<Item = Part> {
        let wanted = WANTED.swap(0, Relaxed);
        Part::ALL.into_iter().filter(move |part| wanted & bit(*part) != 0)
    }
}
