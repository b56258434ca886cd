//! What makes files that need large libraries: a program in a worker of its own, loaded for one file and ended with it,
//! because only the end of its worker gives its memory back. In: what `crates/exporter` takes. Out: what it answers.

use js_sys::Uint8Array;
use provisioner_core::export::FileFault;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Starts the worker; in `worker.js`.
    #[wasm_bindgen(js_name = openExporter)]
    fn open() -> Line;

    /// The line to it: one question at a time.
    #[derive(Clone)]
    type Line;
    #[wasm_bindgen(method, catch)]
    async fn ask(this: &Line, method: &str, argument: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn end(this: &Line);
}

/// The program; its worker ends when this is dropped.
pub(in crate::engine) struct Exporter {
    line: Line,
    has_answered: bool,
}

/// The way to end it while it is being asked.
#[derive(Clone)]
pub(in crate::engine) struct Ending(Line);

impl Ending {
    /// Ends the program; whoever waits for its answer hears that.
    pub(in crate::engine) fn end(&self) {
        self.0.end();
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        self.line.end();
    }
}

impl Exporter {
    /// Starts loading it.
    pub(in crate::engine) fn open() -> Self {
        Self { line: open(), has_answered: false }
    }

    /// The way to end it from elsewhere.
    pub(in crate::engine) fn ending(&self) -> Ending {
        Ending(self.line.clone())
    }

    /// Asks a method that answers with bytes.
    pub(in crate::engine) async fn bytes(&mut self, method: &str, argument: &JsValue) -> Result<Uint8Array, FileFault> {
        self.ask(method, argument).await.map(JsCast::unchecked_into)
    }

    /// Asks any method.
    pub(in crate::engine) async fn ask(&mut self, method: &str, argument: &JsValue) -> Result<JsValue, FileFault> {
        let answer = self.line.ask(method, argument).await;
        let answer = answer.map_err(|reason| self.fault(&reason))?;
        self.has_answered = true;
        Ok(answer)
    }

    /// Bytes are a fault that the program found itself, nothing is its end by us, and a text is what the browser says.
    fn fault(&self, reason: &JsValue) -> FileFault {
        if reason.is_null() {
            return FileFault::Cancelled;
        }
        match reason.dyn_ref::<Uint8Array>() {
            Some(bytes) => postcard::from_bytes(&bytes.to_vec()).unwrap_or(FileFault::Broke(String::new())),
            None => {
                let words = reason.as_string().unwrap_or_default();
                if self.has_answered { FileFault::Broke(words) } else { FileFault::NotLoaded(words) }
            }
        }
    }
}
