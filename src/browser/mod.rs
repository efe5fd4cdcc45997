//! The browser host: what JavaScript calls, and the loop that fetches what a verification needs.
//!
//! Results are data: any bytes give a report. A promise is rejected, or a call throws, for misuse alone (options of
//! the wrong shape, an `onNeed` that throws) and when this module itself breaks; after that the instance must be
//! replaced, since a trap leaves its memory as it was in the middle of its work.

mod convert;
mod fetch;
#[cfg(feature = "parts")]
mod parts;
mod read;
mod rounds;
mod task;
#[cfg(test)]
mod tests;
mod write;

#[cfg(feature = "parts")]
use js_sys::Function;
use js_sys::{Array, Date, Object, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::evidence::Evidence;
#[cfg(feature = "parts")]
use crate::part::Part;

pub use rounds::Host;

/// The standard library's allocator weighs six times as much.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Verifies `input`, with the documents that this needs.
///
/// # Errors
/// Options or answers that are none; what the host's functions threw; a fault of this module.
#[wasm_bindgen(unchecked_return_type = "Promise<Report>")]
pub fn verify(
    input: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Options | undefined")] options: JsValue,
    host: Option<Host>,
) -> Promise {
    task::promise(fetch_and_verify(input, options, host))
}

async fn fetch_and_verify(input: Vec<u8>, options: JsValue, host: Option<Host>) -> Result<JsValue, JsValue> {
    let options = convert::from_js(&options, read::options)?;
    let host = host.unwrap_or_else(|| Object::new().unchecked_into());
    let now = options.now.map_or_else(|| convert::time(Date::now()), Ok)?;
    let report = |evidence: &Evidence| crate::verify_with_picture(&input, evidence, &options.policy, now);
    convert::to_js(&rounds::run(report, &options, &host).await?)
}

/// Verifies `input` with the documents in `evidence` alone, at `now` (milliseconds since 1970). For hosts with a
/// transport of their own: answer the report's needs and call again.
///
/// # Errors
/// A policy or an answer that is none.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn step(
    input: &[u8],
    #[wasm_bindgen(unchecked_param_type = "Answer[]")] evidence: &Array,
    #[wasm_bindgen(unchecked_param_type = "Policy | undefined")] policy: &JsValue,
    now: f64,
) -> Result<JsValue, JsValue> {
    let mut known = Evidence::default();
    for answer in evidence.iter() {
        known.add(convert::answer(&answer)?);
    }
    let policy = convert::from_js(policy, read::policy)?;
    let now = convert::time(now)?;
    convert::to_js(&crate::verify(input, &known, &policy, now))
}

/// Loads the part `name` of the core, from where `source` says or else from beside the first module: for hosts that
/// call [`step`], where a row's reason is `part-not-loaded`. [`verify`] does so by itself.
///
/// # Errors
/// No such part; what `source` or the browser throw.
#[cfg(feature = "parts")]
#[wasm_bindgen(js_name = loadPart, unchecked_return_type = "Promise<void>")]
pub fn load_part(
    #[wasm_bindgen(unchecked_param_type = "PartName")] name: &str,
    #[wasm_bindgen(unchecked_param_type = "PartSource | undefined")] source: Option<Function>,
) -> Promise {
    let part = Part::ALL.into_iter().find(|part| part.name() == name);
    task::promise(async move {
        parts::load(part.ok_or("part: no such part")?, source.as_ref()).await?;
        Ok(JsValue::UNDEFINED)
    })
}

/// 128 random bits in base64url, for a presentation to answer.
///
/// # Errors
/// There is no source of randomness here.
#[wasm_bindgen]
pub fn challenge() -> Result<String, JsValue> {
    let mut bytes = [0; 16];
    random(&mut bytes)?;
    Ok(crate::codec::to_base64url(&bytes))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn random(bytes: &mut [u8]) -> Result<(), JsValue>;
}
