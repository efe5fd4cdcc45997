//! Futures on promises, in little code: a task is polled again whenever a promise that it waits for is settled, and
//! waits for nothing else. The usual executor, with its queue and its wakers, weighs 1.2 kB more.

use core::cell::{Cell, RefCell};
use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

type Outcome = Result<JsValue, JsValue>;

struct Task {
    /// `None` while it is polled and once it is done.
    work: Cell<Option<Pin<Box<dyn Future<Output = Outcome>>>>>,
    resolve: Function,
    reject: Function,
}

thread_local! {
    /// The task that is being polled.
    static CURRENT: RefCell<Option<Rc<Task>>> = const { RefCell::new(None) };
}

#[wasm_bindgen]
extern "C" {
    /// What `Promise.allSettled` tells of one promise.
    type Settled;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Settled) -> String;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Settled) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn reason(this: &Settled) -> JsValue;
}

/// A promise of what `work` comes to. It begins at once.
pub(super) fn promise(work: impl Future<Output = Outcome> + 'static) -> Promise {
    let mut work: Option<Pin<Box<dyn Future<Output = Outcome>>>> = Some(Box::pin(work));
    Promise::new(&mut |resolve, reject| {
        poll(&Rc::new(Task { work: Cell::new(work.take()), resolve, reject }));
    })
}

/// Takes `task` as far as it goes.
fn poll(task: &Rc<Task>) {
    let Some(mut work) = task.work.take() else { return };
    // A host's function may begin another task in the middle of this one.
    let outer = CURRENT.replace(Some(task.clone()));
    let outcome = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    CURRENT.set(outer);
    let (settle, value) = match outcome {
        Poll::Pending => return task.work.set(Some(work)),
        Poll::Ready(Ok(value)) => (&task.resolve, value),
        Poll::Ready(Err(error)) => (&task.reject, error),
    };
    // The functions that settle a promise never throw.
    let _ = settle.call1(&JsValue::UNDEFINED, &value);
}

/// Waits for `promise`, within a task.
pub(super) async fn settled(promise: &JsValue) -> Outcome {
    let heard = Rc::new(Cell::new(None));
    let (hear, task) = (heard.clone(), CURRENT.with_borrow(Clone::clone));
    let callback = Closure::once(move |all: JsValue| {
        hear.set(Some(all.unchecked_into::<Array>().get(0)));
        if let Some(task) = task {
            poll(&task);
        }
    });
    let _ = Promise::all_settled(&Array::of1(promise)).then(&callback);
    let settled = poll_fn(|_| heard.take().map_or(Poll::Pending, Poll::Ready)).await;
    let settled: Settled = settled.unchecked_into();
    if settled.status() == "fulfilled" { Ok(settled.value()) } else { Err(settled.reason()) }
}
