//! English: the page's own errors, and the frame of every notice. In: trouble. Out: what happened, what is true, what to do.

use super::super::NoticeTexts;
use crate::page::state::EngineFault;
use crate::words::Words;

/// Errors and warnings.
pub(super) const NOTICE: NoticeTexts = NoticeTexts {
    engine,
    address: || Words {
        what: "A credential stood in the address of this page. It was ignored and removed from the address bar.".into(),
        quote: String::new(),
        items: Vec::new(),
        already: "The address may still be in the browser's history, and in the logs of whatever sent you here.".into(),
        todo: "Treat that AccessKey as leaked: disable it in the RAM console and make a new one. Type credentials \
               into the form only."
            .into(),
    },
    already: "Already true",
    todo: "What to do",
    code: "Code",
    request_id: "RequestId",
    reference: "code and RequestId",
    recommend: "Alibaba Cloud Error Center: this code (opens a new tab)",
    error: "Error",
    warning: "Warning",
    more: |count| format!("{count} earlier messages"),
};

fn engine(fault: EngineFault, detail: &str) -> Words {
    let (what, already, todo) = match fault {
        EngineFault::Refused => (
            "The engine, a background worker that does all the work, could not be started.",
            "Nothing was sent.",
            "Use a current Chrome, Edge, Firefox or Safari. If it is current, a policy or an extension blocks module \
             workers or WebAssembly for this site: allow them, then reload.",
        ),
        EngineFault::Silent => (
            "The engine has not started yet. Its file may still be loading, or something blocks it.",
            "Nothing was sent.",
            "Wait a little on a slow line. If this stays, check that engine files are served beside this page and that \
             no policy or extension blocks WebAssembly, then reload.",
        ),
        EngineFault::Stopped => (
            "The engine stopped because of an error in this program.",
            "Batches that the cloud has accepted stay there, with the ApplyIds shown here. Rows that were not saved \
             to a file are gone from this tab.",
            "Note the ApplyIds, then reload the page. The console lists the batches and downloads their credentials.",
        ),
        EngineFault::Garbled => (
            "The engine and the page do not understand each other: they are of different versions.",
            "What the page shows may be out of date.",
            "Note the ApplyIds, then reload the page without the browser's cache.",
        ),
    };
    Words { what: what.into(), quote: detail.into(), items: Vec::new(), already: already.into(), todo: todo.into() }
}
