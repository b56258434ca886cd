//! The fuzzing corpus goes through the checks that the fuzz targets call. In: the files of `fuzz/corpus`. Out: nothing,
//! where every check holds; else the file.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/checks/encode.rs"]
mod encode;
#[path = "../../fuzz/checks/reply.rs"]
mod reply;
#[path = "../../fuzz/checks/simcloud_request.rs"]
mod simcloud_request;

/// A corpus is kept small, so that people can read it.
const FILES_MAX: usize = 150;
const FILE_BYTES_MAX: usize = 4096;

fn each_file(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!((1..=FILES_MAX).contains(&files.len()), "{} files in {}", files.len(), folder.display());
    files.sort();
    for file in files {
        let input = fs::read(&file).unwrap();
        assert!(input.len() < FILE_BYTES_MAX, "{} has {} bytes", file.display(), input.len());
        // A panic names no file.
        println!("{}", file.display());
        check(&input);
    }
}

#[test]
fn the_simulated_cloud_answers_every_script_with_well_formed_text() {
    each_file("simcloud_request", simcloud_request::check);
}

#[test]
fn what_is_encoded_can_be_decoded() {
    each_file("encode", encode::check);
}

#[test]
fn replies_in_json_are_read_without_a_panic_and_without_telling_secrets() {
    each_file("reply_json", reply::check_json);
}

#[test]
fn replies_in_xml_are_read_without_a_panic_and_without_telling_secrets() {
    each_file("reply_xml", reply::check_xml);
}
