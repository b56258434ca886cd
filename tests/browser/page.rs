//! What only a page can show: tests that run in the main thread of a browser. In: a document. Out: verdicts.
#![cfg(target_arch = "wasm32")]

use iot_provisioner::protocol::{Event, FileNews};
use iot_provisioner::wire;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

// The page keeps its parts to itself; this one is pure, so its file is taken in as it stands.
#[path = "../../src/page/components/table/window.rs"]
mod window;

use window::{HEIGHT_MAX_PX, Held, Sight};

wasm_bindgen_test_configure!(run_in_browser);

/// A table of a million rows in a box of 600 px, scrolled to the top.
fn a_million_rows() -> Sight {
    Sight { rows: 1_000_000, row_px: 36.0, view_px: 600.0, ..Sight::default() }
}

/// The rows that are wholly or partly in the box, first and last.
fn visible(sight: &Sight) -> (u32, u32) {
    ((sight.position_px / sight.row_px) as u32, ((sight.position_px + sight.view_px - 1.0) / sight.row_px) as u32)
}

#[wasm_bindgen_test]
fn a_million_rows_are_never_higher_than_a_browser_can_show() {
    let mut sight = a_million_rows();
    for top_px in [0.0, 5_000_000.0, 7_654_321.0, HEIGHT_MAX_PX - 600.0] {
        sight.scroll_to(top_px);
        let slice = sight.slice();
        let height_px = f64::from(slice.above_px + slice.below_px) + f64::from(slice.end - slice.first) * 36.0;
        assert!(height_px <= HEIGHT_MAX_PX + 36.0 * 10.0, "{height_px} px at {top_px}");
        assert!(slice.end - slice.first < 50, "{slice:?}");
        let (first, last) = visible(&sight);
        assert!(slice.first <= first && last < slice.end, "{first} to {last} not in {slice:?}");
    }
}

#[wasm_bindgen_test]
fn turning_the_wheel_skips_no_row_of_a_million() {
    let mut sight = a_million_rows();
    sight.scroll_to(4_000_000.0);
    let start_px = sight.position_px;
    let (mut first, mut last) = visible(&sight);
    for turn in 0..200 {
        sight.scroll_to(sight.top_px + 100.0);
        if turn % 20 == 0 {
            sight.settle();
        }
        let (now_first, now_last) = visible(&sight);
        assert!(now_first >= first && now_first <= last, "from {first}..{last} to {now_first}..{now_last}");
        (first, last) = (now_first, now_last);
    }
    assert_eq!((sight.position_px - start_px).round(), 20_000.0);
}

#[wasm_bindgen_test]
fn the_scroll_bar_reaches_the_first_and_the_last_row() {
    let mut sight = a_million_rows();
    sight.scroll_to(HEIGHT_MAX_PX - 600.0);
    assert_eq!(visible(&sight).1, 999_999);
    assert_eq!(sight.slice().end, 1_000_000);
    sight.scroll_to(0.0);
    assert_eq!(visible(&sight).0, 0);
}

#[wasm_bindgen_test]
fn the_browser_shows_the_end_of_the_highest_table_with_its_header() {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let scroll_box = document.create_element("div").expect("div is a name");
    scroll_box.set_attribute("style", "height: 600px; overflow: auto").expect("style is a name");
    scroll_box.set_inner_html(&format!(
        "<table style='border-spacing: 0'><thead><tr><th style='position: sticky; top: 0; height: 36px'>Name</th></tr>
         </thead><tbody><tr style='height: {HEIGHT_MAX_PX}px'></tr><tr><td style='height: 36px'>last</td></tr></tbody></table>"
    ));
    document.body().expect("a page has a body").append_child(&scroll_box).expect("a body takes a div");

    scroll_box.set_scroll_top(i32::MAX);
    let edges = |name: &str| {
        let element = scroll_box.query_selector(name).expect("a name is a selector").expect("it was put there");
        let (own, of_box) = (element.get_bounding_client_rect(), scroll_box.get_bounding_client_rect());
        (own.top() - of_box.top(), own.bottom() - of_box.bottom())
    };
    let (header, last) = (edges("th").0, edges("td").1);
    scroll_box.remove();
    assert!(header.abs() <= 1.0, "the header stands {header} px off the top");
    assert!((-20.0..=1.0).contains(&last), "the last row stands {last} px off the bottom");
}

#[wasm_bindgen_test]
fn coming_to_rest_moves_no_row() {
    let mut sight = a_million_rows();
    sight.scroll_to(3_000_000.0);
    sight.scroll_to(3_000_450.0);
    let before = sight.slice();
    let offset_px =
        |sight: &Sight, above_px: u32, first: u32| f64::from(above_px) - sight.top_px - f64::from(first) * 36.0;
    let was_px = offset_px(&sight, before.above_px, before.first);
    sight.settle();
    let after = sight.slice();
    assert!((offset_px(&sight, after.above_px, after.first) - was_px).abs() <= 1.0, "{before:?} became {after:?}");
}

#[wasm_bindgen_test]
fn a_short_table_is_there_as_a_whole() {
    let sight = Sight { rows: 7, row_px: 36.0, view_px: 600.0, ..Sight::default() };
    let slice = sight.slice();
    assert_eq!((slice.first, slice.end, slice.above_px, slice.below_px), (0, 7, 0, 0));
}

#[wasm_bindgen_test]
fn rows_of_another_height_or_number_leave_the_top_row_where_it_is() {
    let mut sight = a_million_rows();
    sight.scroll_to(5_000_000.0);
    let (first, _) = visible(&sight);
    sight.resize(1_000_000, 28.0, 600.0);
    assert_eq!(visible(&sight).0, first);
    sight.resize(first + 100, 28.0, 600.0);
    assert_eq!(visible(&sight).0, first);
    sight.resize(7, 28.0, 600.0);
    assert_eq!((visible(&sight).0, sight.top_px), (0, 0.0));
}

#[wasm_bindgen_test]
fn tab_comes_back_to_the_row_that_had_the_focus_or_to_the_first_in_sight() {
    let mut sight = a_million_rows();
    sight.held = Held { position: 4, index: Some(4) };
    assert_eq!(sight.stop(), 4);
    sight.scroll_to(5_000_000.0);
    let (first, last) = visible(&sight);
    assert!(sight.stop() >= first && sight.stop() <= last, "{} is not in {first}..{last}", sight.stop());
}

#[wasm_bindgen_test]
fn a_file_crosses_from_the_engine_with_its_blob_kept() {
    let text = js_sys::Array::of1(&"ProductKey,DeviceName".into());
    let blob = Blob::new_with_str_sequence(&text).expect("a browser makes blobs");
    let news = FileNews::Beside { name: "devices_manifest.json".to_owned() };
    let event = Event::File { news: news.clone(), blob: Some(blob.clone()) };

    let value = wire::write_event(&event).expect("an event is plain data");
    let Ok(Event::File { news: told, blob: Some(arrived) }) = wire::read_event(&value) else {
        panic!("another event arrived");
    };

    assert_eq!(told, news);
    assert!(js_sys::Object::is(arrived.unchecked_ref(), blob.unchecked_ref()), "the blob was copied or lost");
}
