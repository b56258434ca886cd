//! The browser as its own developer tools see it (Chrome DevTools Protocol). In: where the browser listens. Out: the
//! page and the workers that belong to it; what is in their heaps and memories.
//!
//! The driver stays attached; a browser takes several developers at once.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::WebSocket;
use tungstenite::protocol::WebSocketConfig;

/// More than the picture of a heap takes on two busy cores.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the page's own session is called; those of workers have names that the browser gives.
pub const PAGE: &str = "";

/// A worker of the page's, or of such a worker's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    pub session: String,
    /// `worker`, or `service_worker`.
    pub kind: String,
    pub url: String,
}

pub struct Devtools {
    socket: WebSocket<TcpStream>,
    calls: u64,
    workers: Vec<Worker>,
    picture: String,
}

impl Devtools {
    /// Attaches to the one page of a browser, and to whatever that has started and will start.
    pub fn attach(address: &str) -> Self {
        let mut answer = ureq::get(format!("http://{address}/json/list")).call().unwrap();
        let targets: Vec<Value> = serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
        let page = targets.iter().find(|target| target["type"] == "page").unwrap();
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // A memory comes in one message.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let url = page["webSocketDebuggerUrl"].as_str().unwrap();
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(config)).unwrap();
        let mut devtools = Self { socket, calls: 0, workers: Vec::new(), picture: String::new() };
        devtools.follow(PAGE);
        devtools
    }

    /// The workers that there are.
    pub fn workers(&mut self) -> Vec<Worker> {
        // What has happened before this is answered comes before the answer.
        self.call(PAGE, "Page.getNavigationHistory", json!({}));
        self.workers.clone()
    }

    /// Waits until the workers are as they should be, and gives them.
    pub fn workers_that(&mut self, what: &str, are: impl Fn(&[Worker]) -> bool) -> Vec<Worker> {
        let started_at = Instant::now();
        loop {
            let workers = self.workers();
            if are(&workers) {
                return workers;
            }
            assert!(started_at.elapsed() < PATIENCE, "waited in vain for {what}: {workers:?}");
        }
    }

    /// Asks a session something, and waits for the answer.
    pub fn call(&mut self, session: &str, method: &str, parameters: Value) -> Value {
        let id = self.send(session, method, parameters);
        loop {
            let mut message = self.receive();
            if message["id"] == id {
                assert!(message["error"].is_null() && message["result"]["exceptionDetails"].is_null(), "{message}");
                return message["result"].take();
            }
        }
    }

    /// What an expression of JavaScript's comes to. The driver's own scripts leave what they return in the page's heap.
    pub fn evaluate(&mut self, session: &str, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        self.call(session, "Runtime.evaluate", asked)["result"]["value"].take()
    }

    /// A picture of a session's JS heap, all texts in it, in the browser's JSON; first garbage is thrown away.
    pub fn heap(&mut self, session: &str) -> String {
        self.call(session, "HeapProfiler.collectGarbage", json!({}));
        self.picture.clear();
        self.call(session, "HeapProfiler.takeHeapSnapshot", json!({ "reportProgress": false }));
        std::mem::take(&mut self.picture)
    }

    /// Lets a function of JavaScript's make a text of all living objects of a class, after garbage has been thrown away.
    pub fn of_all(&mut self, session: &str, class: &str, function: &str) -> String {
        let group = json!({ "objectGroup": "search" });
        let expression = format!("{class}.prototype");
        let prototype = json!({ "expression": expression, "objectGroup": "search" });
        let prototype = self.call(session, "Runtime.evaluate", prototype)["result"]["objectId"].take();
        let asked = json!({ "prototypeObjectId": prototype, "objectGroup": "search" });
        let objects = self.call(session, "Runtime.queryObjects", asked)["objects"]["objectId"].take();
        // What classes are made of counts as living too.
        let script =
            format!("function () {{ return ({function})(this.filter((it) => it !== it.constructor.prototype)) }}");
        let asked = json!({ "objectId": objects, "functionDeclaration": script });
        let text = self.call(session, "Runtime.callFunctionOn", asked)["result"]["value"].take();
        self.call(session, "Runtime.releaseObjectGroup", group);
        text.as_str().unwrap().to_owned()
    }

    /// The bytes of a session's WebAssembly memories.
    pub fn memories(&mut self, session: &str) -> Vec<u8> {
        // As digits, so that what is read leaves no second copy that another search would find.
        let read = "(all) => all.map((memory) => new Uint8Array(memory.buffer).toHex()).join('')";
        bytes_of(&self.of_all(session, "WebAssembly.Memory", read))
    }

    /// Attaches to all workers that a session starts.
    fn follow(&mut self, session: &str) {
        let how = json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true });
        self.send(session, "Target.setAutoAttach", how);
    }

    fn send(&mut self, session: &str, method: &str, parameters: Value) -> u64 {
        self.calls += 1;
        let mut message = json!({ "id": self.calls, "method": method, "params": parameters });
        if session != PAGE {
            message["sessionId"] = session.into();
        }
        self.socket.send(message.to_string().into()).unwrap();
        self.calls
    }

    fn receive(&mut self) -> Value {
        let text = self.socket.read().unwrap().into_text().unwrap();
        let mut message: Value = serde_json::from_str(&text).unwrap();
        let news = &message["params"];
        let text_of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match message["method"].as_str() {
            Some("Target.attachedToTarget") => {
                let (session, target) = (text_of(&news["sessionId"]), &news["targetInfo"]);
                let (kind, url) = (text_of(&target["type"]), text_of(&target["url"]));
                self.workers.push(Worker { session: session.clone(), kind, url });
                self.follow(&session);
            }
            Some("Target.detachedFromTarget") => {
                self.workers.retain(|worker| news["sessionId"] != worker.session.as_str());
            }
            Some("HeapProfiler.addHeapSnapshotChunk") => {
                self.picture.push_str(news["chunk"].as_str().unwrap());
                message.take();
            }
            _ => {}
        }
        message
    }
}

/// How many buffers live in a heap, by its picture: the browser shows nobody what is in them.
pub fn buffers_in(picture: &str) -> usize {
    let picture: Value = serde_json::from_str(picture).unwrap();
    let place = |list: &Value, name: &str| list.as_array().unwrap().iter().position(|field| field == name).unwrap();
    let (meta, store) = (&picture["snapshot"]["meta"], place(&picture["strings"], "backing_store"));
    let fields = &meta["edge_fields"];
    let [kind, name] = ["type", "name_or_index"].map(|field| place(fields, field));
    let internal = place(&meta["edge_types"][kind], "internal");
    let edges = picture["edges"].as_array().unwrap().chunks_exact(fields.as_array().unwrap().len());
    edges.filter(|edge| edge[kind] == internal && edge[name] == store).count()
}

fn bytes_of(digits: &str) -> Vec<u8> {
    let two = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap();
    digits.as_bytes().chunks_exact(2).map(two).collect()
}
