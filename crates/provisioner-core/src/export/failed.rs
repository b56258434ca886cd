//! What a run misses, as files. In: a run. Out: a CSV file with each device and its reason; a list of the names that a new
//! run may ask for.

use super::csv::field;
use super::writer::PIECE_BYTES;
use crate::model::report::Rejection;
use crate::run::Run;

/// The columns, in order.
const COLUMNS: [&str; 3] = ["DeviceName", "Code", "Meaning"];

/// Hands the file to `piece`, about a megabyte at a time. `meanings` says in words what each of [`Rejection::PLAIN`] is.
/// Gives the number of devices in it.
pub fn failed_csv(run: &Run, meanings: &[String], piece: &mut dyn FnMut(&[u8])) -> u32 {
    let mut out = Vec::new();
    let mut count = 0;
    line(&mut out, COLUMNS);
    run.each_failed(&mut |device| {
        let said;
        let meaning = match device.reason {
            // The vendor joins several reasons by a bar (help.aliyun.com/document_detail/69483.html).
            Rejection::Said(words) => {
                said = words.replace('|', "; ");
                said.as_str()
            }
            plain => {
                let place = Rejection::PLAIN.iter().position(|other| other == plain);
                place.and_then(|place| meanings.get(place)).map_or("", String::as_str)
            }
        };
        line(&mut out, [device.device_name, device.code, meaning]);
        count += 1;
        if out.len() >= PIECE_BYTES {
            piece(&out);
            out.clear();
        }
    });
    piece(&out);
    count
}

/// The devices that a new run may ask for by name, in the form of a list: a name, or a name and its nickname, a line.
#[must_use]
pub fn list_to_try(run: &Run) -> String {
    let mut list = String::new();
    run.each_failed(&mut |device| {
        if device.may_be_tried {
            list.push_str(device.device_name);
            if !device.nickname.is_empty() {
                list.push(',');
                list.push_str(device.nickname);
            }
            list.push('\n');
        }
    });
    list
}

fn line(out: &mut Vec<u8>, values: [&str; COLUMNS.len()]) {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        field(out, b',', "", value);
    }
    out.extend(b"\r\n");
}
