//! The audit record as a document to be printed. In: the record. Out: HTML without script, its print rules in it.
//!
//! It is saved, filed and printed apart from the page, so it carries its style, and its words are those of the record.

use core::fmt::Write as _;

use serde::Serialize;

use super::audit::AuditRecord;
use crate::time::WallTime;

/// Black on white whatever the reader's theme; table heads come again on every sheet, and no row is torn apart.
const STYLE: &str = "@page{size:A4;margin:15mm}body{font:10pt/1.4 sans-serif;color:#000;background:#fff;max-width:180mm;\
                     margin:10mm auto}h1{font-size:16pt;margin:0 0 2mm}h2{font-size:12pt;margin:6mm 0 2mm}\
                     table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;\
                     border-bottom:.2mm solid #888;padding:.8mm 3mm .8mm 0}\
                     td:first-child,td:last-child{overflow-wrap:anywhere}\
                     thead{display:table-header-group}tr{break-inside:avoid}@media print{body{margin:0;max-width:none}}";

/// The document.
pub(super) fn page(record: &AuditRecord) -> String {
    let run = &record.run;
    let title = format!("Audit record: {} devices for {}", run.requested, run.product_key);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title><style>{STYLE}</style>\
         </head><body><h1>{0}</h1>\n<table><tbody>",
        escaped(&title)
    );
    let temporary = if record.temporary { " (temporary)" } else { "" };
    let time = |at: Option<WallTime>| at.map_or_else(|| "not yet".to_owned(), WallTime::timestamp);
    for (name, value) in [
        ("Written", format!("{} by {} {}", record.written_at.timestamp(), record.tool.name, record.tool.version)),
        ("AccessKey ID", format!("{}{temporary}", record.access_key_id.shown())),
        ("Endpoint", format!("{}, {}", run.endpoint_host, run.region_id)),
        ("ProductKey", run.product_key.clone()),
        ("IotInstanceId", run.iot_instance_id.clone().unwrap_or_else(|| "none".to_owned())),
        ("Started", run.started_at.timestamp()),
        ("Ended", time(run.ended_at)),
        ("Verdict", run.verdict.map_or_else(|| "none yet".to_owned(), |verdict| word(&verdict))),
        ("Devices", format!("{} asked for, {} made, {} read", run.requested, run.created, run.downloaded)),
        ("Calls", run.calls.to_string()),
    ] {
        let _ = write!(html, "<tr><th scope=\"row\">{name}</th><td>{}</td></tr>", escaped(&value));
    }
    html.push_str("</tbody></table>\n");
    let batches = (1..).zip(&run.batches).map(|(number, batch): (u32, _)| {
        let created = batch.created.map_or_else(|| "unknown".to_owned(), |created| created.to_string());
        vec![
            number.to_string(),
            batch.apply_id.clone().unwrap_or_else(|| "none".to_owned()),
            word(&batch.state),
            batch.requested.to_string(),
            created,
            batch.downloaded.to_string(),
        ]
    });
    table(&mut html, "Batches", &["Batch", "ApplyId", "State", "Asked for", "Made", "Read"], batches);
    let events = record.events.iter().map(|event| {
        let batch = event.batch.map(|batch| batch.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![event.at.timestamp(), event.what.to_owned(), batch, text(&event.code), text(&event.request_id)]
    });
    table(&mut html, "What happened", &["When", "What", "Batch", "Code", "RequestId"], events);
    let files = record.files.iter().map(|file| {
        let kind = if file.encrypted { "encrypted" } else { "plain" };
        vec![file.name.clone(), file.rows.to_string(), file.bytes.to_string(), kind.to_owned(), file.sha256.clone()]
    });
    table(&mut html, "Files", &["Name", "Rows", "Bytes", "Kind", "SHA-256"], files);
    html.push_str("</body></html>\n");
    html
}

fn table(html: &mut String, heading: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let _ = write!(html, "<h2>{heading}</h2>\n<table><thead><tr>");
    for column in columns {
        let _ = write!(html, "<th scope=\"col\">{column}</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for value in row {
            let _ = write!(html, "<td>{}</td>", escaped(&value));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table>\n");
}

/// The name of a state as JSON has it; published programs are built without `Debug`'s.
fn word(state: &impl Serialize) -> String {
    serde_json::to_value(state).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Text as HTML has it between tags and within quotes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::facts::Facts;
    use super::super::facts::tests::facts;
    use super::super::manifest::FileDigest;
    use super::*;

    #[test]
    fn the_document_has_every_batch_event_and_file_and_runs_nothing() {
        let file = FileDigest::default().finish("<a>.csv".into(), 10, false);
        let html = AuditRecord::new(&Facts { files: vec![file], ..facts() }).to_page();
        for part in [
            "9007199254740993",
            "<td>Refused</td>",
            "<td>BatchRefused</td><td>2</td><td>iot.system.SystemException</td><td>R-2</td>",
            "<td>&lt;a&gt;.csv</td><td>10</td><td>0</td><td>plain</td><td>e3b0c44298fc1c14",
            "LTAI****1234 (temporary)",
            "10 made",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("<script") && !html.contains("<a>"));
        assert_eq!(html.matches("<tr>").count(), html.matches("</tr>").count());
    }

    #[test]
    fn a_run_that_goes_on_has_no_end_and_no_verdict() {
        let mut facts = Facts { ended_at: None, ..facts() };
        facts.report.verdict = None;
        let html = AuditRecord::new(&facts).to_page();
        assert!(html.contains("Ended</th><td>not yet") && html.contains("Verdict</th><td>none yet"), "{html}");
    }
}
