//! Every place in which a page can leave something, as bytes to be searched. In: a page, and the browser's developer
//! tools. Out: its places, each with what is known to be there; and, once the browser has ended, what is on the disk.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::devtools::{Devtools, PAGE, buffers_in};

/// What the test leaves in each place that the page itself may leave empty.
pub const CANARY: &str = "Cn4yKp2TqWv8ZsXr6LhB";
/// The same for places that scripts end up in: it is put together there, so that no script holds it.
pub const HALVES: [&str; 2] = ["Hq7mVx3JzRt5", "Nd9PwKc2YbGf"];

/// The address of a call, without the server's.
pub const CALL: &str = "/proxy/simcloud/";

/// A place, as it was when it was looked at.
pub struct Place {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// Names of what has to be found there, if the search is worth anything.
    pub known: &'static [&'static str],
}

fn place(name: &'static str, known: &'static [&'static str], bytes: impl Into<Vec<u8>>) -> Place {
    Place { name, bytes: bytes.into(), known }
}

/// Puts a canary into the heap, and a small and a large buffer. The text is long: it is not to be cut off.
const PLANT_HELD: &str = "(...halves) => {
    self.held = 'x'.repeat(1e5) + halves.join('');
    self.buffers = [5, 500].map((length) => new Uint8Array(length));
}";

/// Puts canaries wherever the page itself may leave nothing.
const PLANT: &str = "async (canary) => {
    window.apart = document.createElement('p');
    window.apart.append(window.held);
    document.documentElement.dataset.canary = canary;
    document.cookie = `canary=${canary}; Secure; Max-Age=3600`;
    localStorage.canary = sessionStorage.canary = canary;
    history.replaceState(canary, '');
    console.log(canary);
    const opening = indexedDB.open('canary');
    opening.onupgradeneeded = () => opening.result.createObjectStore('canary').put(new TextEncoder().encode(canary), 1);
    await new Promise((resolve) => { opening.onsuccess = resolve; });
    opening.result.close();
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle('canary', { create: true })).createWritable();
    await file.write(canary);
    await file.close();
}";

/// Leaves canaries in a page or in a worker, so that a search can be seen to find something.
pub fn plant(devtools: &mut Devtools, session: &str) {
    let [first, second] = HALVES;
    devtools.evaluate(session, &format!("({PLANT_HELD})('{first}', '{second}')"));
    if session == PAGE {
        devtools.evaluate(session, &format!("({PLANT})('{CANARY}')"));
    }
}

/// What is kept for this origin, of every kind, as texts.
const KEPT: &str = "(() => {
    const text = (bytes) => new TextDecoder('latin1').decode(bytes);
    const answer = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
    const show = (_, value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? text(value) : value;
    const databases = async () => {
        const texts = [];
        for (const { name } of await indexedDB.databases()) {
            const database = await answer(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
                const records = database.transaction(store).objectStore(store);
                texts.push(name, store, await answer(records.getAllKeys()), await answer(records.getAll()));
            }
            database.close();
        }
        return JSON.stringify(texts, show);
    };
    const kept = async () => {
        const texts = [];
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                texts.push(name, request.url, text(await (await cache.match(request)).arrayBuffer()));
            }
        }
        return texts.join();
    };
    const files = async (folder) => {
        const texts = [];
        for await (const [name, entry] of folder.entries()) {
            texts.push(name, await (entry.kind === 'file' ? entry.getFile().then((file) => file.text()) : files(entry)));
        }
        return texts.join();
    };
    return Promise.all([databases(), kept(), navigator.storage.getDirectory().then(files)]);
})()";

/// What is shown, and what is kept for the tab, as texts.
const SHOWN: &str = "[
    JSON.stringify([location.href, history.state, document.title, performance.getEntries().map((entry) => entry.name)]),
    document.documentElement.outerHTML,
    JSON.stringify([...document.querySelectorAll('input, textarea, select')].map((field) => field.value)),
    JSON.stringify(localStorage), JSON.stringify(sessionStorage)]";

/// Nodes that are in no document any more, and yet held by somebody.
const APART: &str = "(all) => all.filter((node) => !node.isConnected)
    .map((node) => [node.outerHTML, node.nodeValue, node.value, node.textContent]).join()";

fn texts<const COUNT: usize>(found: &Value) -> [String; COUNT] {
    let texts = found.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned());
    texts.collect::<Vec<_>>().try_into().unwrap()
}

/// All places of a page that is open.
pub fn of_page(devtools: &mut Devtools, console: &str) -> Vec<Place> {
    // Before anything else, since what the other searches read becomes garbage in it.
    let heap = devtools.heap(PAGE);
    // The memory's, and the two that were planted: a message that lives on would be one more.
    assert_eq!(buffers_in(&heap), 3, "buffers in the page");
    let memory = devtools.memories(PAGE);
    let apart = devtools.of_all(PAGE, "Node", APART);
    let entries = devtools.call(PAGE, "Page.getNavigationHistory", json!({}));
    let cookies = devtools.call(PAGE, "Network.getAllCookies", json!({}));
    let [address, document, fields, local, session] = texts(&devtools.evaluate(PAGE, SHOWN));
    let [databases, caches, files] = texts(&devtools.evaluate(PAGE, KEPT));
    vec![
        place(
            "address, history, resources that were loaded",
            &["ProductKey", "canary"],
            address + &entries.to_string(),
        ),
        place("document", &["ProductKey", "canary"], document),
        place("fields", &["ProductKey"], fields),
        place("nodes out of the document", &["held"], apart),
        place("console", &["canary"], console),
        place("JS heap", &["held"], heap),
        place("WebAssembly memory", &["ProductKey"], memory),
        place("cookies", &["canary"], cookies.to_string()),
        place("local storage", &["canary"], local),
        place("session storage", &["canary"], session),
        place("IndexedDB", &["canary"], databases),
        place("Cache Storage", &["site"], caches),
        place("private files (OPFS)", &["canary"], files),
    ]
}

/// The places of an engine.
pub fn of_engine(devtools: &mut Devtools, session: &str) -> [Place; 2] {
    plant(devtools, session);
    let heap = devtools.heap(session);
    let memory = devtools.memories(session);
    [place("engine: JS heap", &["held"], heap), place("engine: WebAssembly memory", &["action"], memory)]
}

/// Every file of a folder, one after the other.
pub fn of_folder(name: &'static str, folder: &Path, known: &'static [&'static str]) -> Place {
    place(name, known, bytes_below(folder))
}

fn bytes_below(folder: &Path) -> Vec<u8> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let bytes = paths.flat_map(|path| match fs::symlink_metadata(&path).unwrap() {
        data if data.is_dir() => bytes_below(&path),
        data if data.is_file() => fs::read(&path).unwrap(),
        // What the browser locks its folder with: a link that leads nowhere, and a socket.
        _ => Vec::new(),
    });
    bytes.collect()
}

/// A file.
pub fn of_file(name: &'static str, file: &Path, known: &'static [&'static str]) -> Place {
    place(name, known, fs::read(file).unwrap())
}

/// A text.
pub fn of_text(name: &'static str, text: String, known: &'static [&'static str]) -> Place {
    place(name, known, text)
}
