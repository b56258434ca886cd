//! A run belongs to one tab: a Web Lock by its id, held as long as the worker lives. In: an id. Out: whether it is ours.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Takes the lock if no other tab holds it. A browser without Web Locks (all have had them since 2022) lets everybody.
pub(in crate::engine) async fn take(id: &str) -> bool {
    try_take(id).await.unwrap_or(true)
}

async fn try_take(id: &str) -> Result<bool, JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into())?;
    let name = JsValue::from(["iot-provisioner/", id].concat());
    let mut held = Ok(JsValue::UNDEFINED);
    let told = Promise::new(&mut |resolve, _| {
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let is_ours = !lock.is_null();
            resolve.call1(&JsValue::NULL, &is_ours.into()).unwrap_or_default();
            // A promise that is never kept holds the lock.
            if is_ours { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
        });
        held = request.call3(&locks, &name, &options, &granted);
    });
    // A browser that denies storage denies locks too, and says so in what the request itself gives.
    let answer = Promise::race(&Array::of2(&told, &held?));
    Ok(JsFuture::from(answer).await?.is_truthy())
}
