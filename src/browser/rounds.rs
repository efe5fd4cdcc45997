//! The loop: verify, load what parts of the program and answer what documents are needed, verify again.

use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::task::Poll;

use js_sys::{Array, Function, Uint8Array};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

use super::convert::{self, Network, Options};
use super::fetch::fetch;
use super::task::settled;
use crate::budget::MAX_NEEDS;
use crate::evidence::{Answer, Evidence, Picture};
use crate::report::{Failure, Need, NeedKind, Report};

#[wasm_bindgen]
extern "C" {
    /// The page's part in a verification: `{ onNeed?, onPicture?, onProgress?, signal?, loadPart? }`.
    #[wasm_bindgen(typescript_type = "Host")]
    #[derive(Debug)]
    pub type Host;

    #[wasm_bindgen(method, getter, js_name = onNeed)]
    fn on_need(this: &Host) -> Option<Function>;
    #[wasm_bindgen(method, getter, js_name = onPicture)]
    fn on_picture(this: &Host) -> Option<Function>;
    #[wasm_bindgen(method, getter, js_name = onProgress)]
    fn on_progress(this: &Host) -> Option<Function>;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &Host) -> Option<AbortSignal>;
    #[cfg(feature = "parts")]
    #[wasm_bindgen(method, getter, js_name = loadPart)]
    fn load_part(this: &Host) -> Option<Function>;

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn clock() -> f64;
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = apply)]
    fn apply(function: &mut dyn FnMut(), this: &JsValue, arguments: &Array) -> Result<JsValue, JsValue>;
}

/// Makes a report, answers what it needs, and makes it again, until nothing more is needed and all pictures were shown
/// to a host that reads them.
pub(super) async fn run(
    report: impl Fn(&Evidence) -> (Report, Option<Picture>),
    options: &Options,
    host: &Host,
) -> Result<Report, JsValue> {
    let mut evidence = Evidence::default();
    let mut left = options.deadline;
    let mut number = 1;
    #[cfg(feature = "parts")]
    let mut tried = Vec::new();
    loop {
        let (report, picture) = guarded(|| report(&evidence))?;
        #[cfg(feature = "parts")]
        if super::parts::load_wanted(&mut tried, host.load_part().as_ref()).await {
            continue;
        }
        // Each round answers every need of the one before, and more than MAX_NEEDS are never asked for.
        if report.needs.is_empty() || number > MAX_NEEDS {
            // Each is answered once, and there are few.
            let (Some(picture), Some(on_picture)) = (picture, host.on_picture()) else {
                return Ok(report);
            };
            let (bytes, file) = (Uint8Array::from(picture.bytes.as_slice()), JsValue::from(picture.file));
            let text = settled(&on_picture.call2(&JsValue::UNDEFINED, &bytes, &file)?).await?;
            let body = text.as_string().map(String::into_bytes).ok_or(Failure::NotFound);
            evidence.add(Answer { url: picture.url, body, final_url: None });
            continue;
        }
        let known = report.evidence.len();
        let round = Round { host, number, known: Cell::new(known), total: known + report.needs.len() };
        round.tell()?;
        let answers = join_all(report.needs.iter().map(|need| round.answer(need, options, left))).await;
        let mut waited: f64 = 0.0;
        for answer in answers {
            let (answer, milliseconds) = answer?;
            waited = waited.max(milliseconds);
            evidence.add(answer);
        }
        left -= waited;
        number += 1;
    }
}

/// One round, and how far it is.
struct Round<'a> {
    host: &'a Host,
    number: usize,
    known: Cell<usize>,
    total: usize,
}

impl Round<'_> {
    /// Answers `need`; gives the milliseconds that the network took, of the `left` that it may, beside the answer.
    async fn answer(&self, need: &Need, options: &Options, left: f64) -> Result<(Answer, f64), JsValue> {
        let mut waited = 0.0;
        let answer = match self.ask(need).await? {
            Some(answer) => answer,
            None => {
                let mut answer =
                    Answer { url: need.url.clone(), body: Err(Failure::Offline), final_url: None };
                let signal = self.host.signal();
                // Nobody is told who looks at a credential for what it does not depend on.
                let unasked = need.kind == NeedKind::Resource;
                if unasked || signal.as_ref().is_some_and(AbortSignal::aborted) {
                    answer.body = Err(Failure::Declined);
                } else if options.network == Network::Allow {
                    let start = clock();
                    let limit = options.timeout.min(left);
                    answer.body = fetch(need, limit, signal.as_ref(), &mut answer.final_url).await?;
                    waited = clock() - start;
                }
                answer
            }
        };
        self.known.set(self.known.get() + 1);
        self.tell()?;
        Ok((answer, waited))
    }

    /// What the host itself answers.
    async fn ask(&self, need: &Need) -> Result<Option<Answer>, JsValue> {
        let Some(on_need) = self.host.on_need() else { return Ok(None) };
        let given = on_need.call1(&JsValue::UNDEFINED, &convert::to_js(need)?)?;
        let given = settled(&given).await?;
        let answers = !given.is_undefined() && !given.is_null();
        answers.then(|| convert::answer_to(&need.url, &given)).transpose()
    }

    fn tell(&self) -> Result<(), JsValue> {
        #[derive(Serialize)]
        struct Progress {
            round: usize,
            known: usize,
            total: usize,
        }
        let Some(on_progress) = self.host.on_progress() else { return Ok(()) };
        let progress = Progress { round: self.number, known: self.known.get(), total: self.total };
        on_progress.call1(&JsValue::UNDEFINED, &convert::to_js(&progress)?)?;
        Ok(())
    }
}

/// Does `work`. A trap in it is an exception here, which rejects the promise; otherwise it would never be settled.
fn guarded<T>(work: impl Fn() -> T) -> Result<T, JsValue> {
    let mut done = None;
    apply(&mut || done = Some(work()), &JsValue::UNDEFINED, &Array::new())?;
    done.ok_or_else(|| "the verification did not end".into())
}

/// Waits for all `futures`, side by side.
async fn join_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    poll_fn(|context| {
        for (future, output) in &mut running {
            if output.is_none()
                && let Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *output = Some(ready);
            }
        }
        if running.iter().all(|(_, output)| output.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, output)| output).collect()
}
