//! Between JavaScript's values and ours.

use js_sys::{ArrayBuffer, JSON, Uint8Array};
use serde::Serialize;
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
    /// The clock's where absent.
    pub(super) now: Option<Timestamp>,
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
    type JsAnswer;

    #[wasm_bindgen(method, getter)]
    fn url(this: &JsAnswer) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &JsAnswer) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn failure(this: &JsAnswer) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = finalUrl)]
    fn final_url(this: &JsAnswer) -> Option<String>;
}

/// Reads an answer that names its URL.
pub(super) fn answer(given: &JsValue) -> Result<Answer, JsValue> {
    let url = given.is_object().then(|| given.unchecked_ref::<JsAnswer>().url()).flatten();
    answer_to(&url.ok_or("answer.url: missing")?, given)
}

/// Reads the answer to `url`: bytes, a failure's code, or an object that has one of them.
pub(super) fn answer_to(url: &str, given: &JsValue) -> Result<Answer, JsValue> {
    let mut final_url = None;
    let body = if let Some(bytes) = bytes(given) {
        Ok(bytes)
    } else if let Some(code) = given.as_string() {
        Err(failure(&code)?)
    } else if !given.is_object() {
        return Err("answer: neither bytes nor a failure".into());
    } else {
        let given: &JsAnswer = given.unchecked_ref();
        final_url = given.final_url();
        match given.failure() {
            Some(code) => Err(failure(&code)?),
            None => Ok(bytes(&given.bytes()).ok_or("answer: neither bytes nor a failure")?),
        }
    };
    Ok(Answer { url: url.into(), body, final_url })
}

fn failure(code: &str) -> Result<Failure, JsValue> {
    let failure = Failure::ALL.iter().find(|failure| failure.code() == code);
    failure.copied().ok_or_else(|| ["answer.failure: no such failure: ", code].concat().into())
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    let is_bytes = value.is_instance_of::<Uint8Array>() || value.is_instance_of::<ArrayBuffer>();
    is_bytes.then(|| Uint8Array::new(value).to_vec())
}

/// Reads a point in time in milliseconds since 1970.
pub(super) fn time(milliseconds: f64) -> Result<Timestamp, Misuse> {
    if !milliseconds.is_finite() {
        return Err(Misuse::at("now", "not a time"));
    }
    #[allow(clippy::cast_possible_truncation, reason = "saturates")]
    Ok(Timestamp::from_unix((milliseconds / 1_000.0).floor() as i64))
}

/// Reads `value`; `undefined` and `null` are the default.
pub(super) fn from_js<T: Default>(value: &JsValue, read: Reader<T>) -> Result<T, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    let text = JSON::stringify(value)?.as_string().unwrap_or_default();
    match json::parse(text.as_bytes()) {
        Ok(json) => Ok(read(&json)?),
        Err(_) => Err("options: not plain data".into()),
    }
}

/// A string: an `Error` made here does not survive the way out of a worker in every browser.
impl From<Misuse> for JsValue {
    fn from(misuse: Misuse) -> Self {
        misuse.to_string().into()
    }
}

/// Makes a plain object.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = to_json(value).map_err(|error| error.to_string())?;
    JSON::parse(&text)
}
