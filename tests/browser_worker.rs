//! In a worker of a real browser.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "browser/exports.rs"]
mod exports;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
