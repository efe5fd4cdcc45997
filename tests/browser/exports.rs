//! What JavaScript calls.

use js_sys::{Array, Object, Reflect, Uint8Array};
use probant::browser::{challenge, step, verify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}

fn object(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap()
}

#[wasm_bindgen_test]
async fn any_bytes_give_a_report() {
    for input in [&b""[..], b"{", b"\xff\xfe", b"https://localhost/", &[0; 4096]] {
        let report = verify(input.to_vec(), object(r#"{"now":"2023-11-14T22:13:20Z"}"#), None).await.unwrap();
        assert_eq!(get(&report, "schema"), 1);
        assert_eq!(get(&report, "at"), "2023-11-14T22:13:20Z");
        assert!(get(&report, "attested").is_null());
        let stepped = step(input, &Array::new(), &JsValue::UNDEFINED, 1_700_000_000_999.0).unwrap();
        let text = |value| js_sys::JSON::stringify(value).unwrap();
        assert_eq!(text(&stepped), text(&report), "both entries say the same");
    }
}

#[wasm_bindgen_test]
async fn the_clock_decides_where_no_time_is_given() {
    let before = js_sys::Date::now();
    let report = verify(Vec::new(), JsValue::UNDEFINED, None).await.unwrap();
    let at = js_sys::Date::parse(&get(&report, "at").as_string().unwrap());
    assert!((before - 1_000.0..=js_sys::Date::now()).contains(&at));
}

#[wasm_bindgen_test]
async fn misuse_is_refused_in_words() {
    let refused = verify(Vec::new(), object(r#"{"network":"maybe"}"#), None).await.unwrap_err();
    assert_eq!(refused, "options.network: neither allow nor never");
    let refused = step(b"", &Array::new(), &object(r#"{"trusted":true}"#), 0.0).unwrap_err();
    assert_eq!(refused, "policy.trusted: no such option");
    assert!(step(b"", &Array::new(), &JsValue::NULL, f64::NAN).is_err());
    for answer in
        ["{}", r#"{"url":"https://a.example/"}"#, r#"{"url":"https://a.example/","failure":"lost"}"#]
    {
        assert!(step(b"", &Array::of1(&object(answer)), &JsValue::NULL, 0.0).is_err(), "{answer}");
    }
}

#[wasm_bindgen_test]
fn challenges_are_fresh() {
    let challenges = Array::new();
    for _ in 0..100 {
        let challenge = challenge().unwrap();
        assert!(
            challenge.len() == 22
                && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        );
        assert!(!challenges.includes(&challenge.as_str().into(), 0));
        challenges.push(&challenge.into());
    }
}

#[wasm_bindgen(inline_js = r#"
    const real = globalThis.fetch;
    let served = {}, asked = [];
    export function serve(documents) {
        [served, asked] = [documents, []];
        globalThis.fetch = async (url) => {
            asked.push(url);
            if (!(url in served)) throw new TypeError("Failed to fetch");
            return new Response(served[url]);
        };
    }
    export function restore() { globalThis.fetch = real; return asked; }
"#)]
extern "C" {
    fn serve(documents: &Object);
    fn restore() -> Array;
}

const BADGE: &[u8] = include_bytes!("../cases/status/ok_did_web/input.json");
const DOCUMENTS: [(&str, &[u8]); 2] = [
    (
        "https://college.example/.well-known/did.json",
        include_bytes!("../cases/status/ok_did_web/evidence/1.json"),
    ),
    ("https://college.example/status/1", include_bytes!("../cases/status/ok_did_web/evidence/2.json")),
];
const NOW: &str = r#"{"now":"2026-11-22T12:00:00Z"}"#;

/// `id status reason` of each row.
fn rows(report: &JsValue) -> Vec<String> {
    let row = |check: JsValue| {
        ["id", "status", "reason"].map(|name| get(&check, name).as_string().unwrap_or_default()).join(" ")
    };
    Array::from(&get(report, "checks")).iter().map(row).collect()
}

#[wasm_bindgen_test]
async fn a_badge_is_checked_with_the_documents_that_it_needs() {
    let (documents, evidence) = (Object::new(), Array::new());
    for (url, bytes) in DOCUMENTS {
        let bytes = Uint8Array::from(bytes);
        Reflect::set(&documents, &url.into(), &bytes).unwrap();
        let answer = object("{}");
        Reflect::set(&answer, &"url".into(), &url.into()).unwrap();
        Reflect::set(&answer, &"bytes".into(), &bytes).unwrap();
        evidence.push(&answer);
    }
    serve(&documents);
    let report = verify(BADGE.to_vec(), object(NOW), None).await.unwrap();
    let asked = restore();
    assert_eq!(asked.length(), 2, "each document once");
    assert_eq!(get(&report, "headline"), "genuine");
    assert_eq!(Array::from(&get(&report, "needs")).length(), 0);
    let now = js_sys::Date::parse(&get(&object(NOW), "now").as_string().unwrap());
    let stepped = step(BADGE, &evidence, &JsValue::UNDEFINED, now).unwrap();
    let text = |value| js_sys::JSON::stringify(value).unwrap();
    assert_eq!(text(&stepped), text(&report), "given or fetched, the documents lead to one report");
}

#[wasm_bindgen_test]
async fn a_document_that_cannot_be_had_leaves_its_check_unknown() {
    serve(&Object::new());
    let blocked = verify(BADGE.to_vec(), object(NOW), None).await.unwrap();
    let never = object(&NOW.replace('}', r#","network":"never"}"#));
    let offline = verify(BADGE.to_vec(), never, None).await.unwrap();
    assert!(restore().length() > 0);
    for (report, reason) in [(blocked, "blocked-by-browser"), (offline, "offline")] {
        assert_eq!(get(&report, "verdict"), "incomplete");
        assert!(rows(&report).contains(&format!("issuer.key unknown {reason}")), "{:?}", rows(&report));
    }
}
