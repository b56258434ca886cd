//! One file of every format, for readers that are not ours. In: a folder. Out: the files, and `expected.json`, which is
//! written from the rows themselves and not by an exporter. `cargo xtask test export` runs it.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use provisioner_core::export::heavy::age::{Encrypted, Lock};
use provisioner_core::export::heavy::device_files::{DeviceFiles, Kinds};
use provisioner_core::export::heavy::labels::Labels;
use provisioner_core::export::heavy::xlsx::Xlsx;
use provisioner_core::export::manifest::{FileDigest, FileRecord, Manifest, RunRecord, Tool};
use provisioner_core::export::nvs::{NAMESPACE, Nvs};
use provisioner_core::export::template::Template;
use provisioner_core::export::{Context, Csv, Delimiter, FileFormat, FileWriter, Json, Ndjson, Paper, Rows};
use provisioner_core::model::device::DeviceRow;
use provisioner_core::secret::Secret;
use provisioner_core::table::Table;
use provisioner_core::time::WallTime;

const AT: WallTime = WallTime(1_456_231_584_000);
const PRODUCT_KEY: &str = "a1SimCloud1";
const PRODUCT_SECRET: &str = "pVfLpS1u3A9JM0go";
const PASSPHRASE: &str = "correct horse battery staple";
/// Enough to open and quick to make: the cost of guessing is not what is tested.
const WORK_FACTOR: u8 = 10;

/// Names with every sign that the vendor allows, and such as spreadsheets, file systems and C misread.
const NAMES: [&str; 16] = [
    "plain-name",
    "0012345",
    "12E5",
    "1E100",
    "MAR-1",
    "2026-11-22",
    "12:30",
    "-dash",
    "@formula",
    "TRUE",
    "Case",
    "case",
    "a.b_c:d@e-f",
    "dots.",
    "COM1",
    "thirty-two-characters-0123456789",
];
const NICKNAMES: [&str; 4] = ["", "灯_1", "Éclair ランプ", "=1+1"];

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder to write to"));
    fs::create_dir_all(&folder).unwrap();
    let (table, expected) = table();
    fs::write(folder.join("expected.json"), serde_json::to_string(&expected).unwrap()).unwrap();

    let apply_ids = ["9007199254740993".to_owned(), String::new()];
    let rows = Rows::all(&table, Context { product_key: PRODUCT_KEY, apply_ids: &apply_ids });
    let samples = Samples { folder: &folder, rows };
    let files = samples.write_all();
    let manifest = manifest(rows.len(), files).to_json();
    fs::write(folder.join("manifest.json"), manifest).unwrap();
}

/// The rows, and the same rows as the readers are to find them.
fn table() -> (Table, Vec<serde_json::Value>) {
    let mut table = Table::default();
    let mut expected = Vec::new();
    for number in 0..200_u32 {
        let index = number as usize;
        let name = NAMES.get(index).map_or_else(|| format!("device-{number:05}"), |&name| name.to_owned());
        let nickname = NICKNAMES[index % NICKNAMES.len()];
        // Some secrets are digits alone: a spreadsheet would round them.
        let secret =
            if number % 3 == 0 { format!("{number:032}") } else { format!("{number:x}").repeat(32)[..32].to_owned() };
        let row = DeviceRow {
            device_name: name.clone(),
            device_secret: Secret::new(secret.clone()),
            iot_id: format!("Iot{number}000100"),
            device_id: format!("d{number}"),
        };
        table.insert_with_nickname(number / 100, &row, nickname);
        expected.push(serde_json::json!({
            "ProductKey": PRODUCT_KEY,
            "DeviceName": name,
            "DeviceSecret": secret,
            "IotId": row.iot_id,
            "DeviceId": row.device_id,
            "Nickname": nickname,
            "ApplyId": if number < 100 { "9007199254740993" } else { "" },
        }));
    }
    (table, expected)
}

struct Samples<'s> {
    folder: &'s Path,
    rows: Rows<'s>,
}

impl Samples<'_> {
    fn write_all(&self) -> Vec<FileRecord> {
        let nvs = Nvs::new(NAMESPACE, Some(Secret::new(PRODUCT_SECRET.to_owned()))).unwrap();
        fs::write(self.folder.join("nvs-config.csv"), nvs.config()).unwrap();
        for number in 0..3 {
            let mut device = Vec::new();
            nvs.device(&self.rows.record(number), &mut device);
            fs::write(self.folder.join(format!("nvs-device-{number}.csv")), device).unwrap();
        }
        let template =
            Template::parse("{{{{\"{{DeviceName}}\":\"{{DeviceSecret}}\"}} {{Number}} {{ IotId }}\n").unwrap();
        let kinds = Kinds { json: true, c_header: true, nvs: Some(nvs.clone()) };
        let sheet = Paper::A4 { columns: 3, rows: 8, margin_y_mm: 4.5, margin_x_mm: 0.0, gap_mm: 0.0 };
        let roll = Paper::Roll { width_mm: 50.0, height_mm: 30.0 };
        let mut files = vec![
            self.save("machine.csv", &mut Csv::default()),
            self.save("semicolon-bom.csv", &mut Csv::for_machines(Delimiter::Semicolon, true)),
            self.save("tab.csv", &mut Csv::for_machines(Delimiter::Tab, false)),
            self.save("excel.csv", &mut Csv::for_excel(Delimiter::Comma, true)),
            self.save("array.json", &mut Json),
            self.save("lines.ndjson", &mut Ndjson),
            self.save("nvs-values.csv", &mut { nvs }),
            self.save("template.txt", &mut { template }),
            self.save("devices.zip", &mut DeviceFiles::new(kinds)),
            self.save("workbook.xlsx", &mut Xlsx::new(AT).unwrap()),
            self.save("sheet.html", &mut Labels::new(sheet, false).unwrap()),
            self.save("roll.html", &mut Labels::new(roll, true).unwrap()),
        ];
        let passphrase = Lock::passphrase(&Secret::new(PASSPHRASE.to_owned()), WORK_FACTOR).unwrap();
        files.push(self.save_encrypted("passphrase.csv.age", passphrase));
        let identity = age::x25519::Identity::generate();
        let secret = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
        fs::write(self.folder.join("identity.txt"), format!("{secret}\n")).unwrap();
        files.push(
            self.save_encrypted("recipient.csv.age", Lock::recipients(&identity.to_public().to_string()).unwrap()),
        );
        files
    }

    fn save(&self, name: &str, format: &mut dyn FileFormat) -> FileRecord {
        let mut writer = FileWriter::new(self.rows.len());
        let (mut bytes, mut digest) = (Vec::new(), FileDigest::default());
        while let Some(piece) = writer.next_piece(&self.rows, format).unwrap() {
            digest.update(piece);
            bytes.extend(piece);
        }
        fs::write(self.folder.join(name), bytes).unwrap();
        digest.finish(name.to_owned(), self.rows.len(), name.ends_with(".age"))
    }

    fn save_encrypted(&self, name: &str, lock: Lock) -> FileRecord {
        let mut format = Encrypted::new(Box::new(Csv::default()), lock).unwrap();
        let record = self.save(name, &mut format);
        let file = fs::File::open(self.folder.join(&record.name)).unwrap();
        format.into_proof().check(file).unwrap();
        record
    }
}

fn manifest(devices: u32, files: Vec<FileRecord>) -> Manifest {
    let run = RunRecord {
        product_key: PRODUCT_KEY.to_owned(),
        iot_instance_id: None,
        region_id: "cn-shanghai".to_owned(),
        endpoint_host: "simcloud".to_owned(),
        started_at: AT,
        ended_at: Some(AT),
        verdict: None,
        requested: devices,
        created: devices,
        downloaded: devices,
        calls: 0,
        batches: Vec::new(),
    };
    Manifest { tool: Tool::THIS, written_at: AT, run, request_ids: Vec::new(), files }
}
