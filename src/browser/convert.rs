//! Between JavaScript's values and ours.

use js_sys::{ArrayBuffer, JSON, Uint8Array};
use serde::de::value::{Error as Unknown, StrDeserializer};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::read::{Misuse, Reader};
use super::write::to_json;
use crate::evidence::Answer;
use crate::json;
use crate::policy::Policy;
use crate::report::Failure;
use crate::time::Timestamp;

/// How to verify.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) policy: Policy,
    pub(super) network: Network,
    /// Milliseconds since 1970; the clock's where absent.
    pub(super) now: Option<f64>,
    /// Longest wait for one document, in milliseconds.
    pub(super) timeout: f64,
    /// Longest wait for all documents, in milliseconds.
    pub(super) deadline: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            policy: Policy::default(),
            network: Network::Allow,
            now: None,
            timeout: 10_000.0,
            deadline: 15_000.0,
        }
    }
}

/// Whether documents may be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    Allow,
    Never,
}

#[wasm_bindgen]
extern "C" {
    /// The answer to a need: `{ url, bytes, finalUrl? }` or `{ url, failure }`.
    #[derive(Debug)]
    pub type JsAnswer;

    #[wasm_bindgen(method, getter)]
    fn url(this: &JsAnswer) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &JsAnswer) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn failure(this: &JsAnswer) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = finalUrl)]
    fn final_url(this: &JsAnswer) -> Option<String>;
}

/// Reads an answer.
pub(super) fn answer(answer: &JsAnswer) -> Result<Answer, JsValue> {
    let url = answer.url().ok_or("an answer without url")?;
    let body = match answer.failure() {
        Some(code) => Err(failure(&code)?),
        None => Ok(bytes(&answer.bytes()).ok_or("an answer without bytes and failure")?),
    };
    Ok(Answer { url, body, final_url: answer.final_url() })
}

/// Reads a failure's code.
pub(super) fn failure(code: &str) -> Result<Failure, JsValue> {
    let failure = Failure::deserialize(StrDeserializer::<Unknown>::new(code));
    failure.map_err(|_: Unknown| format!("{code}: no such failure").into())
}

/// Reads bytes, where they are bytes.
pub(super) fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    let is_bytes = value.is_instance_of::<Uint8Array>() || value.is_instance_of::<ArrayBuffer>();
    is_bytes.then(|| Uint8Array::new(value).to_vec())
}

/// Reads a point in time in milliseconds since 1970.
pub(super) fn time(milliseconds: f64) -> Result<Timestamp, JsValue> {
    if !milliseconds.is_finite() {
        return Err("now: not a time".into());
    }
    #[allow(clippy::cast_possible_truncation, reason = "saturates")]
    Ok(Timestamp::from_unix((milliseconds / 1_000.0).floor() as i64))
}

/// Reads `value`, which the caller calls `name`; `undefined` and `null` are the default.
pub(super) fn from_js<T: Default>(name: &str, value: &JsValue, read: Reader<T>) -> Result<T, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    let text = JSON::stringify(value)?.as_string().unwrap_or_default();
    let json = json::parse(text.as_bytes()).map_err(|_| Misuse::new("not plain data"));
    // A string: an `Error` made here does not survive the way out of a worker in every browser.
    json.and_then(|json| read(&json)).map_err(|misuse| misuse.inside(name).to_string().into())
}

/// Makes a plain object.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = to_json(value).map_err(|error| error.to_string())?;
    JSON::parse(&text)
}
