//! Probant checks a credential where the reader is: one pure function from bytes to a report.

pub mod budget;
mod cbor;
mod chain;
pub mod codec;
pub mod evidence;
pub mod format;
mod inflate;
pub mod input;
pub mod integrity;
pub mod json;
pub mod key;
mod order;
pub mod part;
pub mod policy;
pub mod proof;
pub mod rdf;
pub mod recipient;
pub mod report;
pub mod schema;
pub mod status;
pub mod time;
pub mod trust;

#[cfg(target_arch = "wasm32")]
pub mod browser;

pub use evidence::{Answer, Evidence, Picture};
pub use format::{verify, verify_with_picture};
pub use policy::Policy;
pub use report::Report;
pub use time::Timestamp;
