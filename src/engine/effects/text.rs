//! Bytes of a file, and GB18030, whose tables the browser has. In: a file, bytes, a text. Out: bytes, a text, bytes.

use std::collections::BTreeMap;

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    /// Encoding Standard, `TextDecoder`.
    type TextDecoder;
    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str, options: &Object) -> Result<TextDecoder, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> Result<String, JsValue>;
}

/// What a file holds; none if the browser cannot read it.
pub(in crate::engine) async fn bytes_of(file: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The text, if the bytes are text in GB18030.
pub(in crate::engine) fn decode_gb18030(bytes: &[u8]) -> Option<String> {
    decoder(true)?.decode(bytes).ok()
}

/// The text in GB18030, if one or two bytes of it are enough for each of its characters. Browsers write UTF-8 only: what
/// each pair of bytes means is asked of them, and turned round.
pub(in crate::engine) fn encode_gb18030(text: &str) -> Option<Vec<u8>> {
    // Encoding Standard, "gb18030 decoder": leads, and trails without 0x7F. A line end after each keeps them apart.
    let trails = || (0x40..=0xFE).filter(|&trail| trail != 0x7F);
    let pairs = || (0x81..=0xFE).flat_map(move |lead| trails().map(move |trail| [lead, trail]));
    let table: Vec<u8> = pairs().flat_map(|[lead, trail]| [lead, trail, b'\n']).collect();
    let meanings = decoder(false)?.decode(&table).ok()?;
    let mut pair_of = BTreeMap::new();
    for (pair, meaning) in pairs().zip(meanings.split('\n')) {
        let mut characters = meaning.chars();
        if let (Some(character), None) = (characters.next(), characters.next()) {
            pair_of.insert(character, pair);
        }
    }
    let mut bytes = Vec::new();
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() => bytes.push(byte),
            _ => bytes.extend(pair_of.get(&character)?),
        }
    }
    Some(bytes)
}

fn decoder(is_fatal: bool) -> Option<TextDecoder> {
    let options = Object::new();
    Reflect::set(&options, &"fatal".into(), &is_fatal.into()).ok()?;
    TextDecoder::new("gb18030", &options).ok()
}
