//! Loading the parts of the program that were not loaded with it.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::task::settled;
use crate::part::{Part, loading};

#[wasm_bindgen(module = "/src/browser/part.js")]
extern "C" {
    #[wasm_bindgen(js_name = load)]
    fn load_once(name: &str, source: Option<&Function>, exports: &JsValue, table: &JsValue) -> Promise;
}

/// Loads `part`, from where `source` says or else from beside the first module.
///
/// # Errors
/// What `source` or the browser throw.
pub(super) async fn load(part: Part, source: Option<&Function>) -> Result<(), JsValue> {
    let loaded = load_once(part.name(), source, &wasm_bindgen::exports(), &wasm_bindgen::function_table());
    settled(&loaded).await?;
    loading::loaded(part);
    Ok(())
}

/// Loads the parts that the last verification wanted, but for those that were `tried` before. Gives whether any came.
pub(super) async fn load_wanted(tried: &mut Vec<Part>, source: Option<&Function>) -> bool {
    let mut any = false;
    // Read at once: other verifications may run while this one waits.
    let wanted: Vec<Part> = loading::wanted().filter(|part| !tried.contains(part)).collect();
    for part in wanted {
        tried.push(part);
        // Why it could not be had changes nothing: the rows say that it was not.
        any |= load(part, source).await.is_ok();
    }
    any
}
