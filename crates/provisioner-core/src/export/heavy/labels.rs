//! Label sheets with QR codes. In: rows, a paper, whether the secret is on it. Out: one HTML document whose print rules
//! are in millimetres, and each label as an SVG picture in it, or alone.
//!
//! The QR code holds `ProductKey,DeviceName`, and `,DeviceSecret` behind it only where that was asked for; the secret
//! is never printed as text. Print at 100 %, without the browser's own margins.

use core::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

use crate::export::audit_page::escaped;
use crate::export::{ExportError, FileFormat, LabelFault, Paper, Record};

/// Millimetres of an A4 page (ISO 216).
const A4: (f64, f64) = (210.0, 297.0);
/// The smallest module of a QR code, in millimetres: two dots of a label printer with 203 dots an inch.
pub const MODULE_MM_MIN: f64 = 0.25;
/// Light modules around a QR code (ISO/IEC 18004, 6.3.8).
const QUIET_MODULES: usize = 4;
/// Millimetres between a label's edge and what is on it.
const PADDING_MM: f64 = 1.0;
/// Millimetres of the text's height, about 7 points, and the share of it that a letter of a monospace font is wide.
const TEXT_MM: f64 = 2.4;
const LETTER_WIDTH: f64 = 0.6;
/// A document of labels.
#[derive(Clone, Debug)]
pub struct Labels {
    paper: Paper,
    label: Label,
    with_secret: bool,
}

/// A label's size in millimetres.
#[derive(Clone, Copy, Debug)]
struct Label {
    width: f64,
    height: f64,
}

impl Labels {
    /// Checks the paper. With the secret, whoever scans a label has the device.
    pub fn new(paper: Paper, with_secret: bool) -> Result<Self, LabelFault> {
        let label = match paper {
            Paper::A4 { columns, rows, margin_y_mm, margin_x_mm, gap_mm } => {
                if !(1..=100).contains(&columns) || !(1..=100).contains(&rows) {
                    return Err(LabelFault::Grid);
                }
                if [margin_y_mm, margin_x_mm, gap_mm].iter().any(|length| !(0.0..=A4.0).contains(length)) {
                    return Err(LabelFault::Length);
                }
                let side = |page: f64, margin: f64, count: u32| {
                    (page - 2.0 * margin - gap_mm * f64::from(count - 1)) / f64::from(count)
                };
                Label { width: side(A4.0, margin_x_mm, columns), height: side(A4.1, margin_y_mm, rows) }
            }
            Paper::Roll { width_mm, height_mm } => Label { width: width_mm, height: height_mm },
        };
        let fits = |length: f64| (8.0..=300.0).contains(&length);
        if !fits(label.width) || !fits(label.height) {
            return Err(LabelFault::Length);
        }
        Ok(Self { paper, label, with_secret })
    }

    /// One label as an SVG picture in millimetres.
    pub fn svg(&self, record: &Record<'_>) -> Result<String, ExportError> {
        let unfit = |reason: String| ExportError::Unfit { number: record.number, reason };
        let mut content = format!("{},{}", record.product_key, record.row.device_name);
        if self.with_secret {
            content.push(',');
            content.push_str(record.row.device_secret);
        }
        let code = QRBuilder::new(content).ecl(ECL::M).build().map_err(|error| unfit(error.to_string()))?;
        let modules = code.size + 2 * QUIET_MODULES;
        let Label { width, height } = self.label;
        // Text beside the code on a wide label, below it on a high one.
        let beside = width >= 1.5 * height;
        let below_mm = if beside { 0.0 } else { 3.0 * TEXT_MM };
        let side = (width - 2.0 * PADDING_MM).min(height - 2.0 * PADDING_MM - below_mm);
        let module = side / f64::from(u32::try_from(modules).expect("a QR code has 177 modules at most"));
        if module < MODULE_MM_MIN {
            return Err(unfit(format!("a module of its QR code would be {module:.2} mm, below {MODULE_MM_MIN} mm")));
        }
        // The code's own light border keeps the text away; its first line stands level with the first module.
        let border = PADDING_MM + module * QUIET_MODULES as f64;
        let (text_x, text_y) = if beside { (PADDING_MM + side, border) } else { (border, PADDING_MM + side) };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.2}mm\" height=\"{height:.2}mm\" \
             viewBox=\"0 0 {width:.2} {height:.2}\"><path shape-rendering=\"crispEdges\" \
             transform=\"translate({PADDING_MM} {PADDING_MM}) scale({module:.5})\" d=\"{}\"/>",
            path(&code)
        );
        let letters = ((width - text_x - PADDING_MM) / (LETTER_WIDTH * TEXT_MM)).max(1.0);
        let lines_max = ((height - PADDING_MM - text_y) / TEXT_MM).max(1.0);
        let lines = lines(record, letters as usize);
        for (y, line) in (1..).zip(lines.iter().take(lines_max as usize)) {
            let y = text_y + TEXT_MM * (f64::from(y) - 0.2);
            let _ = write!(
                svg,
                "<text x=\"{text_x:.2}\" y=\"{y:.2}\" font-family=\"monospace\" font-size=\"{TEXT_MM}\">{}</text>",
                escaped(line)
            );
        }
        svg.push_str("</svg>");
        Ok(svg)
    }

    fn labels_a_page(&self) -> u32 {
        match self.paper {
            Paper::A4 { columns, rows, .. } => columns * rows,
            Paper::Roll { .. } => 1,
        }
    }

    /// Rules for screen and print: a page is a box of the paper's size, and the browser adds no margin.
    fn style(&self) -> String {
        let Label { width, height } = self.label;
        let (page, grid) = match self.paper {
            Paper::A4 { columns, margin_y_mm, margin_x_mm, gap_mm, .. } => (
                A4,
                format!(
                    "padding:{margin_y_mm}mm {margin_x_mm}mm;display:grid;gap:{gap_mm}mm;\
                     grid-template-columns:repeat({columns},{width:.3}mm);grid-auto-rows:{height:.3}mm;align-content:start"
                ),
            ),
            Paper::Roll { .. } => ((width, height), "display:block".to_owned()),
        };
        format!(
            "@page{{size:{0}mm {1}mm;margin:0}}html,body{{margin:0;padding:0;background:#fff;color:#000}}\
             section{{box-sizing:border-box;width:{0}mm;height:{1}mm;overflow:hidden;break-after:page;{grid}}}\
             section:last-of-type{{break-after:auto}}svg{{display:block}}",
            page.0, page.1
        )
    }
}

impl FileFormat for Labels {
    fn open(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend(b"<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>IoT Provisioner</title><style>");
        out.extend(self.style().as_bytes());
        out.extend(b"</style></head><body>");
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        if (record.number - 1).is_multiple_of(self.labels_a_page()) {
            out.extend(if record.number > 1 { "</section>\n<section>".as_bytes() } else { b"\n<section>" });
        }
        out.extend(self.svg(record)?.as_bytes());
        Ok(())
    }

    fn close(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend(b"</section>\n</body></html>\n");
        Ok(())
    }
}

/// The dark modules, one run of them after the other.
fn path(code: &QRCode) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = code[y][x..code.size].iter().take_while(|module| module.value()).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET_MODULES, y + QUIET_MODULES);
            }
            x += run.max(1);
        }
    }
    path
}

/// DeviceName and ProductKey, in lines of so many letters at most.
fn lines(record: &Record<'_>, letters: usize) -> Vec<String> {
    [record.row.device_name, record.product_key]
        .into_iter()
        .flat_map(|text| {
            let letters_of_text: Vec<char> = text.chars().collect();
            letters_of_text.chunks(letters).map(|line| line.iter().collect()).collect::<Vec<String>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::Rows;
    use super::super::super::fixture::{context, table, text_of_all};
    use super::*;

    const SHEET: Paper = Paper::A4 { columns: 2, rows: 1, margin_y_mm: 10.0, margin_x_mm: 5.0, gap_mm: 2.0 };
    const ROLL: Paper = Paper::Roll { width_mm: 50.0, height_mm: 30.0 };

    fn label(paper: Paper, with_secret: bool) -> String {
        let table = table();
        Labels::new(paper, with_secret).unwrap().svg(&Rows::all(&table, context()).record(0)).unwrap()
    }

    /// What a scanner reads off the picture, eight pixels a module.
    fn scanned(svg: &str) -> String {
        const PIXELS: usize = 8;
        let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut dark = vec![vec![false; 100]; 100];
        for run in path.split_terminator('z') {
            let (place, length) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = length.split('v').next().unwrap().parse().unwrap();
            dark[y][x..x + length].fill(true);
        }
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(100 * PIXELS, 100 * PIXELS, |x, y| {
            if dark[y / PIXELS][x / PIXELS] { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_scanner_reads_key_and_name_and_the_secret_only_where_it_was_asked_for() {
        assert_eq!(scanned(&label(ROLL, false)), "a1SimCloud1,plain");
        assert_eq!(scanned(&label(ROLL, true)), "a1SimCloud1,plain,s1");
        let with = label(ROLL, true);
        assert!(with.contains(">plain</text>") && !with.contains("s1<"), "{with}");
    }

    #[test]
    fn a_sheet_has_pages_of_the_papers_size_with_whole_rows_of_labels() {
        let html = text_of_all(&mut Labels::new(SHEET, false).unwrap());
        assert_eq!((html.matches("<section>").count(), html.matches("</section>").count()), (2, 2));
        assert_eq!(html.matches("<svg ").count(), 3);
        assert!(html.contains("@page{size:210mm 297mm;margin:0}") && html.contains("repeat(2,99.000mm)"), "{html}");
        let roll = text_of_all(&mut Labels::new(ROLL, false).unwrap());
        assert!(roll.contains("@page{size:50mm 30mm;margin:0}") && roll.matches("<section>").count() == 3);
    }

    #[test]
    fn a_long_name_is_broken_into_lines() {
        let table = table();
        let mut record = Rows::all(&table, context()).record(0);
        record.row.device_name = "<23456789012345678901234567890&2";
        let svg = Labels::new(ROLL, false).unwrap().svg(&record).unwrap();
        assert!(svg.contains(">&lt;2345678") && svg.matches("<text ").count() >= 3, "{svg}");
    }

    #[test]
    fn paper_that_cannot_be_printed_on_is_refused() {
        let fault = |paper| Labels::new(paper, false).unwrap_err();
        let a4 = |columns, rows, margin_x_mm| Paper::A4 { columns, rows, margin_y_mm: 0.0, margin_x_mm, gap_mm: 0.0 };
        assert_eq!(fault(a4(0, 1, 0.0)), LabelFault::Grid);
        assert_eq!(fault(a4(1, 101, 0.0)), LabelFault::Grid);
        assert_eq!(fault(a4(1, 1, -1.0)), LabelFault::Length);
        assert_eq!(fault(a4(1, 1, f64::NAN)), LabelFault::Length);
        assert_eq!(fault(a4(30, 1, 0.0)), LabelFault::Length);
        assert_eq!(fault(a4(2, 1, 105.0)), LabelFault::Length);
        assert_eq!(fault(Paper::Roll { width_mm: 50.0, height_mm: f64::INFINITY }), LabelFault::Length);
    }

    #[test]
    fn a_label_too_small_to_be_scanned_is_an_error_that_names_the_row() {
        let labels = Labels::new(Paper::Roll { width_mm: 8.0, height_mm: 8.0 }, false).unwrap();
        let table = table();
        let error = labels.svg(&Rows::all(&table, context()).record(2)).unwrap_err();
        assert!(matches!(error, ExportError::Unfit { number: 3, .. }), "{error:?}");
    }
}
