//! What only a page can show: tests that run in the main thread of a browser. In: a document. Out: verdicts.
#![cfg(target_arch = "wasm32")]

use iot_provisioner::protocol::Event;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_file_crosses_from_the_engine_with_its_blob_kept() {
    let text = js_sys::Array::of1(&"ProductKey,DeviceName".into());
    let blob = Blob::new_with_str_sequence(&text).expect("a browser makes blobs");
    let event = Event::File { name: "devices.csv".to_owned(), rows: 7, blob: blob.clone() };

    let value = serde_wasm_bindgen::to_value(&event).expect("an event is plain data");
    let Ok(Event::File { name, rows, blob: arrived }) = serde_wasm_bindgen::from_value(value) else {
        panic!("another event arrived");
    };

    assert_eq!((name.as_str(), rows), ("devices.csv", 7));
    assert!(js_sys::Object::is(arrived.unchecked_ref(), blob.unchecked_ref()), "the blob was copied or lost");
}
