//! What JavaScript calls.

use js_sys::{Array, Reflect};
use probant::browser::{challenge, step, verify};
use wasm_bindgen::JsValue;
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
        assert!(get(&report, "verdict").is_null());
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
