//! One document from the network, under the transport rules: no cookies, no referrer, bounded in size and time, and
//! every way to fail told apart.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, ReadableStreamReadResult, ReferrerPolicy,
    RequestCredentials, RequestInit, Response,
};

use super::task::settled;
use crate::report::{Failure, Need};

#[wasm_bindgen]
extern "C" {
    // Global in windows and in workers alike.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn fetch_url(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(call: &Function, milliseconds: f64, argument: &str) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);

    type Navigator;
    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Option<Navigator>;
    #[wasm_bindgen(method, getter, js_name = onLine)]
    fn on_line(this: &Navigator) -> Option<bool>;
}

/// Fetches what `need` names, within `milliseconds` and until `stop` is aborted; notes where redirects led.
pub(super) async fn fetch(
    need: &Need,
    milliseconds: f64,
    stop: Option<&AbortSignal>,
    final_url: &mut Option<String>,
) -> Result<Result<Vec<u8>, Failure>, JsValue> {
    // Timers count whole milliseconds.
    if milliseconds < 1.0 {
        return Ok(Err(Failure::Timeout));
    }
    let limit = Limit::new(milliseconds, stop)?;
    Ok(document(need, &limit, final_url).await)
}

async fn document(
    need: &Need,
    limit: &Limit<'_>,
    final_url: &mut Option<String>,
) -> Result<Vec<u8>, Failure> {
    // Method, mode, redirects and cache are as fetch has them: GET, CORS, followed, the browser's own.
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_headers(&Array::of1(&Array::of2(&"accept".into(), &need.accept.as_str().into())));
    init.set_signal(Some(&limit.controller.signal()));
    let response = fetch_url(&need.url, &init).map_err(|_| limit.cause())?;
    let response = settled(&response).await.map_err(|_| limit.cause())?;
    let response: Response = response.unchecked_into();
    // Redirects were followed already; the core judges where they led.
    *final_url = Some(response.url()).filter(|url| !url.is_empty() && *url != need.url);
    match response.status() {
        200..=299 => {}
        404 => return Err(Failure::NotFound),
        410 => return Err(Failure::Gone),
        _ => return Err(Failure::ServerError),
    }
    let Some(body) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let part = settled(&reader.read()).await.map_err(|_| limit.cause())?;
        let part: ReadableStreamReadResult = part.unchecked_into();
        if part.get_done() == Some(true) {
            return Ok(bytes);
        }
        let part: Uint8Array = part.get_value().unchecked_into();
        if bytes.len() as u64 + u64::from(part.length()) > u64::from(need.max_bytes) {
            return Err(Failure::TooLarge);
        }
        bytes.extend(part.to_vec());
    }
}

/// What ends a request early: its time limit or the host's signal.
struct Limit<'a> {
    controller: AbortController,
    timer: JsValue,
    stop: Option<&'a AbortSignal>,
    abort: Function,
}

/// What the request is aborted with when its time is up.
const TIME_UP: &str = "timeout";

impl<'a> Limit<'a> {
    fn new(milliseconds: f64, stop: Option<&'a AbortSignal>) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        // Bound in JavaScript: no closure of ours has to outlive this call.
        let abort: Function = Reflect::get(&controller, &"abort".into())?.unchecked_into();
        let abort = abort.bind0(&controller);
        let timer = set_timeout(&abort, milliseconds, TIME_UP);
        if let Some(signal) = stop {
            signal.add_event_listener_with_callback("abort", &abort)?;
        }
        Ok(Limit { controller, timer, stop, abort })
    }

    /// Why a request was rejected.
    fn cause(&self) -> Failure {
        let signal = self.controller.signal();
        if signal.aborted() {
            return if signal.reason() == TIME_UP { Failure::Timeout } else { Failure::Declined };
        }
        // Pages cannot tell a missing CORS header from a dead host.
        match NAVIGATOR.with(|navigator| navigator.as_ref().and_then(Navigator::on_line)) {
            Some(false) => Failure::Offline,
            _ => Failure::BlockedByBrowser,
        }
    }
}

impl Drop for Limit<'_> {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        // Whatever is still under way is of no use.
        self.controller.abort();
        if let Some(signal) = self.stop {
            // Fails for what is no event target alone, and listening would have failed then.
            let _ = signal.remove_event_listener_with_callback("abort", &self.abort);
        }
    }
}
