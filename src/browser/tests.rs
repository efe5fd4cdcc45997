//! The fetch loop in a real browser: against this page's own server, and against a `fetch` that misbehaves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::AbortController;

use super::convert::{self, Network, Options};
use super::{fetch, read, rounds, task, write};
use crate::evidence::{Evidence, Lookups, Picture};
use crate::json;
use crate::policy::{DangerouslyAllow, Pin, Policy, Recipient, Trust};
use crate::report::{CheckId, Failure, Need, NeedKind, Report};
use crate::time::Timestamp;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
    const real = globalThis.fetch;
    export const requests = [];
    export function fake(behaviours) {
        globalThis.fetch = (url, init) => {
            requests.push({ url, ...init, headers: Object.fromEntries(init.headers) });
            return new Promise((resolve, reject) => {
                init.signal.addEventListener("abort", () => reject(init.signal.reason));
                behaviours[url]?.(resolve, reject, init.signal);
            });
        };
    }
    export function restore() { globalThis.fetch = real; return requests.splice(0); }
    export const origin = () => location.origin;
    export function offline(value) {
        Object.defineProperty(navigator, "onLine", { value: !value, configurable: true });
    }
    const stream = (pull) => new Response(new ReadableStream({ pull }));
    const moved = (to, response) => Object.defineProperty(response, "url", { value: to });
    export const behaviours = {
        "https://a.example/ok": (resolve) => resolve(new Response("one")),
        "https://b.example/ok": (resolve) => setTimeout(resolve, 20, new Response("two")),
        "https://a.example/gone": (resolve) => resolve(new Response("", { status: 410 })),
        "https://a.example/fault": (resolve) => resolve(new Response("", { status: 503 })),
        "https://a.example/cors": (resolve, reject) => reject(new TypeError("Failed to fetch")),
        "https://a.example/hang": () => {},
        "https://a.example/stall": (resolve, reject, signal) => resolve(stream((controller) => {
            controller.enqueue(new Uint8Array(3));
            return new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
        })),
        "https://a.example/endless": (resolve) => resolve(stream((controller) => {
            controller.enqueue(new Uint8Array(1 << 20));
        })),
        "https://a.example/moved": (resolve) => resolve(moved("https://b.example/there", new Response("here"))),
        "https://a.example/inside": (resolve) => resolve(moved("https://10.0.0.1/there", new Response("here"))),
        "https://a.example/empty": (resolve) => resolve(new Response(null, { status: 204 })),
    };
"#)]
extern "C" {
    fn fake(behaviours: &JsValue);
    fn restore() -> Array;
    fn origin() -> String;
    fn offline(value: bool);
    #[wasm_bindgen(thread_local_v2, js_name = behaviours)]
    static BEHAVIOURS: JsValue;
}

/// Makes reports that need what `rounds` name, each round once the one before it is answered. Their `args` tell what
/// came of it.
fn scripted(rounds: &'static [&'static [&'static str]]) -> impl Fn(&Evidence) -> (Report, Option<Picture>) {
    move |evidence| {
        let lookups = Lookups::new(evidence, false);
        let mut report = crate::verify(b"", evidence, &Policy::default(), Timestamp::from_unix(0));
        for round in rounds {
            for url in *round {
                let came = match lookups.get(NeedKind::StatusList, url, CheckId::Revocation) {
                    Ok(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                    Err(missing) => missing.cause.map_or("pending".into(), code),
                };
                report.args.insert((*url).into(), came);
            }
            if report.args.iter().any(|(_, came)| came == "pending") {
                break;
            }
        }
        (report.needs, report.evidence, _) = lookups.into_parts();
        (report, None)
    }
}

fn code(failure: Failure) -> String {
    write::to_json(&failure).unwrap().trim_matches('"').into()
}

fn quick() -> Options {
    Options { timeout: 200.0, deadline: 250.0, ..Options::default() }
}

fn host(members: &[(&str, &JsValue)]) -> rounds::Host {
    let host = Object::new();
    for (name, value) in members {
        Reflect::set(&host, &(*name).into(), value).unwrap();
    }
    host.unchecked_into()
}

/// Does `work` as a task does it.
async fn within_task<T: 'static>(work: impl Future<Output = T> + 'static) -> T {
    let done = Rc::new(Cell::new(None));
    let put = done.clone();
    let promise = task::promise(async move {
        put.set(Some(work.await));
        Ok(JsValue::UNDEFINED)
    });
    JsFuture::from(promise).await.unwrap();
    done.take().unwrap()
}

/// The report that the loop comes to.
async fn run(
    report: impl Fn(&Evidence) -> (Report, Option<Picture>) + 'static,
    options: Options,
    host: rounds::Host,
) -> Result<Report, JsValue> {
    within_task(async move { rounds::run(report, &options, &host).await }).await
}

/// What came of each URL, with the misbehaving `fetch`; and the requests that it saw.
async fn outcomes(
    rounds: &'static [&'static [&'static str]],
    options: Options,
    host: rounds::Host,
) -> (Vec<String>, Array) {
    BEHAVIOURS.with(fake);
    let report = run(scripted(rounds), options, host).await.unwrap();
    let requests = restore();
    assert!(report.needs.is_empty());
    let outcome = |url: &&str| report.args.get(url).unwrap_or_default().to_owned();
    (rounds.iter().copied().flatten().map(outcome).collect(), requests)
}

fn text(value: &JsValue, path: &[&str]) -> String {
    let found = path.iter().fold(value.clone(), |value, name| Reflect::get(&value, &(*name).into()).unwrap());
    found.as_string().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn every_way_to_fail_has_its_own_name() {
    let rounds: &[&[&str]] = &[&[
        "https://a.example/ok",
        "https://a.example/gone",
        "https://a.example/fault",
        "https://a.example/cors",
        "https://a.example/endless",
        "https://a.example/moved",
        "https://a.example/inside",
        "https://a.example/empty",
        "https://127.0.0.1/never-asked",
    ]];
    let (came, requests) = outcomes(rounds, Options::default(), host(&[])).await;
    let expected =
        ["one", "gone", "server-error", "blocked-by-browser", "too-large", "here", "policy", "", "policy"];
    assert_eq!(came, expected);
    assert_eq!(requests.length(), 8, "each address once, and never a refused one");
    let first = requests.get(0);
    assert_eq!(text(&first, &["url"]), "https://a.example/ok");
    assert_eq!(text(&first, &["credentials"]), "omit");
    assert_eq!(text(&first, &["referrerPolicy"]), "no-referrer");
    assert!(text(&first, &["headers", "accept"]).contains("application/vc"));
}

#[wasm_bindgen_test]
async fn time_runs_out_for_one_document_and_for_all() {
    let rounds: &[&[&str]] = &[
        &["https://a.example/hang", "https://a.example/stall", "https://b.example/ok"],
        &["https://a.example/hang?2"],
        &["https://a.example/ok"],
    ];
    let start = js_sys::Date::now();
    let (came, requests) = outcomes(rounds, quick(), host(&[])).await;
    let took = js_sys::Date::now() - start;
    assert_eq!(came, ["timeout", "timeout", "two", "timeout", "timeout"]);
    assert!((240.0..2_000.0).contains(&took), "{took} ms");
    assert_eq!(requests.length(), 4, "nothing is asked for once the time for all is up");
}

#[wasm_bindgen_test]
async fn offline_is_not_blocked() {
    offline(true);
    let (came, _) = outcomes(&[&["https://a.example/cors"]], quick(), host(&[])).await;
    offline(false);
    assert_eq!(came, ["offline"]);
}

#[wasm_bindgen_test]
async fn nothing_is_fetched_where_the_network_is_not_allowed() {
    let options = Options { network: Network::Never, ..quick() };
    let own = Closure::<dyn Fn(JsValue) -> JsValue>::new(|need: JsValue| {
        if text(&need, &["url"]).ends_with("ok") {
            Uint8Array::from(&b"own"[..]).into()
        } else {
            JsValue::UNDEFINED
        }
    });
    let rounds: &[&[&str]] =
        &[&["https://a.example/ok", "https://a.example/gone"], &["https://b.example/ok"]];
    let (came, requests) = outcomes(rounds, options, host(&[("onNeed", own.as_ref())])).await;
    assert_eq!(came, ["own", "offline", "own"]);
    assert_eq!(requests.length(), 0);
}

#[wasm_bindgen_test]
async fn the_host_answers_first_and_is_told_how_far_it_is() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::new(RefCell::new(Vec::new()));
    let on_need = {
        let asked = asked.clone();
        Closure::<dyn Fn(JsValue) -> JsValue>::new(move |need: JsValue| {
            asked.borrow_mut().push(text(&need, &["host"]));
            match text(&need, &["url"]).as_str() {
                "https://a.example/hang" => {
                    js_sys::Promise::<JsValue>::resolve(&JsValue::from("declined")).into()
                }
                "https://a.example/stall" => Uint8Array::from(&b"buffer"[..]).buffer().into(),
                "https://a.example/cors" => js_sys::JSON::parse(r#"{"failure":"not-found"}"#).unwrap(),
                "https://a.example/fault" => {
                    let answer = js_sys::JSON::parse(r#"{"finalUrl":"https://192.168.0.1/"}"#).unwrap();
                    Reflect::set(&answer, &"bytes".into(), &Uint8Array::new_with_length(1)).unwrap();
                    answer
                }
                _ => JsValue::NULL,
            }
        })
    };
    let on_progress = {
        let told = told.clone();
        Closure::<dyn Fn(JsValue)>::new(move |progress: JsValue| {
            let number = |name: &str| Reflect::get(&progress, &name.into()).unwrap().as_f64().unwrap();
            told.borrow_mut().push((number("round"), number("known"), number("total")));
        })
    };
    let host = host(&[("onNeed", on_need.as_ref()), ("onProgress", on_progress.as_ref())]);
    let rounds: &[&[&str]] = &[
        &["https://a.example/hang", "https://a.example/stall", "https://a.example/ok"],
        &["https://b.example/ok", "https://a.example/cors", "https://a.example/fault"],
    ];
    let (came, requests) = outcomes(rounds, quick(), host).await;
    assert_eq!(came, ["declined", "buffer", "one", "two", "not-found", "policy"]);
    assert_eq!(requests.length(), 2);
    assert_eq!(
        *asked.borrow(),
        ["a.example", "a.example", "a.example", "b.example", "a.example", "a.example"]
    );
    let first = [0.0, 1.0, 2.0, 3.0].map(|known| (1.0, known, 3.0));
    let second = [3.0, 4.0, 5.0, 6.0].map(|known| (2.0, known, 6.0));
    assert_eq!(*told.borrow(), [first, second].concat());
}

#[wasm_bindgen_test]
async fn a_host_that_answers_nonsense_or_throws_is_told() {
    for (answer, expected) in [
        (JsValue::from(7), "answer: neither bytes nor a failure"),
        (JsValue::from("because"), "answer.failure: no such failure: because"),
        (js_sys::Promise::reject(&"mine".into()).into(), "mine"),
    ] {
        let on_need = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |_| answer.clone());
        let host = host(&[("onNeed", on_need.as_ref())]);
        let result = run(scripted(&[&["https://a.example/ok"]]), quick(), host).await;
        assert_eq!(result.err().and_then(|e| e.as_string()).as_deref(), Some(expected));
    }
}

/// A picture is shown once the documents are there, each once, and what is read in it may need documents again.
#[wasm_bindgen_test]
async fn a_host_that_reads_pictures_is_shown_them() {
    let work = |evidence: &Evidence| {
        let (mut report, _) = scripted(&[&["https://a.example/ok"]])(evidence);
        let lookups = Lookups::new(evidence, false);
        for (picture, name) in [(&b"one"[..], Some("one.png")), (b"two", None)] {
            let read = lookups.code_in(picture, name).map(String::from_utf8_lossy);
            report
                .args
                .insert(name.unwrap_or("unnamed").into(), read.unwrap_or("nothing".into()).into_owned());
        }
        (report, lookups.into_parts().2)
    };
    let shown = Rc::new(RefCell::new(Vec::new()));
    let on_picture = Closure::<dyn Fn(Uint8Array, JsValue) -> JsValue>::new({
        let shown = shown.clone();
        move |bytes: Uint8Array, name: JsValue| {
            shown.borrow_mut().push((bytes.to_vec(), name.as_string()));
            if name.is_undefined() {
                JsValue::NULL
            } else {
                js_sys::Promise::resolve::<JsValue>(&"a code".into()).into()
            }
        }
    });
    fake(&BEHAVIOURS.with(Clone::clone));
    let report = run(work, quick(), host(&[("onPicture", on_picture.as_ref())])).await.unwrap();
    restore();
    let arg = |name: &str| report.args.get(name).unwrap_or_default().to_owned();
    assert_eq!([arg("https://a.example/ok"), arg("one.png"), arg("unnamed")], ["one", "a code", "nothing"]);
    assert_eq!(*shown.borrow(), [(b"one".to_vec(), Some("one.png".to_owned())), (b"two".to_vec(), None)]);
}

#[wasm_bindgen_test]
async fn the_signal_stops_what_is_under_way() {
    let controller = AbortController::new().unwrap();
    let abort = Closure::<dyn Fn()>::new({
        let controller = controller.clone();
        move || controller.abort()
    });
    let on_progress = Closure::<dyn Fn(JsValue)>::new(move |_| {
        let _ = js_sys::global().unchecked_into::<Timers>().set_timeout(abort.as_ref().unchecked_ref(), 30);
    });
    let host = host(&[("signal", &controller.signal()), ("onProgress", on_progress.as_ref())]);
    let rounds: &[&[&str]] =
        &[&["https://a.example/hang", "https://a.example/stall"], &["https://a.example/ok"]];
    let (came, requests) = outcomes(rounds, Options::default(), host).await;
    assert_eq!(came, ["declined", "declined", "declined"]);
    assert_eq!(requests.length(), 2);
}

#[wasm_bindgen]
extern "C" {
    type Timers;
    #[wasm_bindgen(method, js_name = setTimeout)]
    fn set_timeout(this: &Timers, call: &Function, milliseconds: i32) -> JsValue;
}

/// The page's own server, and the browser's own `fetch`.
#[wasm_bindgen_test]
async fn a_real_fetch_does_the_same() {
    let server = origin();
    let get = async |url: String, max_bytes: u32| {
        let mut final_url = None;
        let need = Need {
            id: url.clone(),
            kind: NeedKind::StatusList,
            url,
            host: String::new(),
            why: CheckId::Revocation,
            max_bytes,
            accept: "text/html".into(),
            optional: false,
        };
        within_task(async move { fetch::fetch(&need, 5_000.0, None, &mut final_url).await.unwrap() }).await
    };
    let page = get(format!("{server}/"), 1 << 20).await.unwrap();
    assert!(String::from_utf8_lossy(&page).contains("<script"));
    assert_eq!(get(format!("{server}/"), page.len() as u32).await, Ok(page.clone()));
    assert_eq!(get(format!("{server}/"), page.len() as u32 - 1).await, Err(Failure::TooLarge));
    assert_eq!(get(format!("{server}/no/such/page"), 1 << 20).await, Err(Failure::NotFound));
    // A port that browsers never connect to: refused as a missing CORS header is.
    assert_eq!(get("http://127.0.0.1:1/".into(), 1 << 20).await, Err(Failure::BlockedByBrowser));
}

#[wasm_bindgen_test]
async fn tasks_run_side_by_side_and_one_within_another() {
    let inner = Rc::new(RefCell::new(None));
    let begin = Closure::<dyn Fn(JsValue) -> JsValue>::new({
        let inner = inner.clone();
        move |_| {
            inner.replace(Some(task::promise(async {
                let work = scripted(&[&["https://b.example/ok"]]);
                let report = rounds::run(work, &quick(), &host(&[])).await?;
                Ok(report.args.get("https://b.example/ok").unwrap_or_default().into())
            })));
            JsValue::UNDEFINED
        }
    });
    let with_inner = host(&[("onNeed", begin.as_ref())]);
    let (came, requests) = outcomes(&[&["https://a.example/ok"]], quick(), with_inner).await;
    assert_eq!(came, ["one"]);
    assert_eq!(requests.length(), 2);
    let inner = inner.take().unwrap();
    assert_eq!(JsFuture::from(inner).await.unwrap(), "two");
}

#[wasm_bindgen_test]
async fn a_trap_rejects_the_promise() {
    let trap = |_: &Evidence| -> (Report, Option<Picture>) { core::arch::wasm32::unreachable() };
    let error = run(trap, quick(), host(&[])).await.unwrap_err();
    assert_eq!(text(&error, &["constructor", "name"]), "RuntimeError");
}

#[wasm_bindgen_test]
fn options_are_read_whole_or_not_at_all() {
    let full = r#"{"policy":{"trust":{"pinned":[{"id":"did:key:z6Mk","name":"A"},{"id":"b"}]},
        "recipient":{"email":"a@b","name":"N","id":"did:x"},"challenge":"c","domain":"d",
        "require":["currency.revocation"],"dangerouslyAllow":{"http":true,"testNetworks":true}},
        "network":"never","now":1999,"timeout":2,"deadline":3}"#;
    let options = read::options(&json::parse(full.as_bytes()).unwrap()).unwrap();
    let policy = Policy {
        trust: Trust {
            pinned: vec![
                Pin { id: "did:key:z6Mk".into(), name: Some("A".into()) },
                Pin { id: "b".into(), name: None },
            ],
        },
        recipient: Some(Recipient {
            email: Some("a@b".into()),
            name: Some("N".into()),
            id: Some("did:x".into()),
        }),
        challenge: Some("c".into()),
        domain: Some("d".into()),
        require: vec![CheckId::Revocation],
        dangerously_allow: DangerouslyAllow { http: true, test_networks: true },
    };
    let expected = Options {
        policy: policy.clone(),
        network: Network::Never,
        now: Some(Timestamp::from_unix(1)),
        timeout: 2.0,
        deadline: 3.0,
    };
    assert_eq!(format!("{options:?}"), format!("{expected:?}"));
    // The names are those of the derived reader.
    let json: serde_json::Value = serde_json::from_str(full).unwrap();
    let derived: Policy = serde_json::from_value(json["policy"].clone()).unwrap();
    assert_eq!(format!("{derived:?}"), format!("{policy:?}"));

    for (json, expected) in [
        ("[]", "options: not an object"),
        (r#"{"polcy":{}}"#, "options.polcy: no such option"),
        (r#"{"policy":{"trust":{"pinned":[{}]}}}"#, "pinned.id: missing"),
        (r#"{"policy":{"require":["proof"]}}"#, "policy.require: no such check"),
        (r#"{"now":"yesterday"}"#, "options.now: not a time"),
        (r#"{"network":"ask"}"#, "options.network: neither allow nor never"),
        (r#"{"policy":{"dangerouslyAllow":{"http":1}}}"#, "dangerouslyAllow.http: neither true nor false"),
    ] {
        let value = js_sys::JSON::parse(json).unwrap();
        let error = convert::from_js(&value, read::options).unwrap_err();
        assert_eq!(error.as_string().as_deref(), Some(expected));
    }
    let none = convert::from_js(&JsValue::UNDEFINED, read::options).unwrap();
    assert_eq!((none.timeout, none.deadline, none.network), (10_000.0, 15_000.0, Network::Allow));
}

/// The texts of a report cross unchanged, also those that mean something to JavaScript.
#[wasm_bindgen_test]
fn reports_are_written_as_serde_json_writes_them() {
    let (mut report, _) = scripted(&[&["https://a.example/ok", "http://refused"]])(&Evidence::default());
    for text in ["__proto__", "\"\\\u{8}\n\u{1f}", "\u{2028}", "é😀", "</script>"] {
        report.args.insert(text.into(), text.into());
    }
    let text = write::to_json(&report).unwrap();
    let expected = serde_json::to_value(&report).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), expected);
    let object = convert::to_js(&report).unwrap();
    let args = Reflect::get(&object, &"args".into()).unwrap();
    let own = Reflect::own_keys(&args).unwrap();
    assert!(own.includes(&"__proto__".into(), 0));
}
