//! What the commands need on this machine. In: the parts that a command uses. Out: where they are, after installing
//! what was missing. A second call installs nothing; two calls at once take turns.

mod install;
mod node_tools;
mod piece;
mod places;
mod sdks;
mod web_servers;

use std::fs::{self, File};

use anyhow::{Context, Result, anyhow, ensure};

pub use self::piece::Piece;
pub use self::places::{Places, cargo, cargo_home};

/// What a page is built with, to be served while it is worked on.
pub const SERVE: &[Piece] = &[Piece::WasmTarget, Piece::WasmBindgen, Piece::Trunk, Piece::NodeTools];
/// What a page is built with that is published.
pub const BUILD: &[Piece] = &[Piece::WasmTarget, Piece::RustSrc, Piece::WasmBindgen, Piece::Trunk, Piece::NodeTools];
/// What formatting and the lints on both targets need.
pub const LINTS: &[Piece] = &[Piece::WasmTarget, Piece::Rustfmt, Piece::Clippy];
/// What the checks of dependencies need.
pub const SUPPLY: &[Piece] = &[Piece::WasmTarget, Piece::CargoDeny];
/// What asking for known faults of crates needs.
pub const ADVISORIES: &[Piece] = &[Piece::CargoDeny];
/// What the tests in browsers need.
pub const BROWSER: &[Piece] =
    &[Piece::WasmTarget, Piece::WasmBindgen, Piece::Chromium, Piece::Firefox, Piece::Geckodriver, Piece::WebKit];
/// What the end-to-end tests need.
pub const E2E: &[Piece] = &[
    Piece::WasmTarget,
    Piece::WasmBindgen,
    Piece::Trunk,
    Piece::NodeTools,
    Piece::Chromium,
    Piece::Firefox,
    Piece::Geckodriver,
    Piece::WebKit,
    Piece::Python,
    Piece::Age,
    Piece::ExportReaders,
];
/// What the kills of a browser need.
pub const LONG: &[Piece] =
    &[Piece::WasmTarget, Piece::RustSrc, Piece::WasmBindgen, Piece::Trunk, Piece::NodeTools, Piece::Chromium];
/// What fuzzing needs.
pub const FUZZ: &[Piece] = &[Piece::Cxx, Piece::CargoFuzz];
/// What the checks with the vendor's SDKs need.
pub const SDK: &[Piece] = &[Piece::Python, Piece::NodeSdks, Piece::PythonSdks];
/// What reading exported files back needs.
pub const EXPORT: &[Piece] =
    &[Piece::WasmTarget, Piece::Clippy, Piece::Chromium, Piece::Python, Piece::Age, Piece::ExportReaders];
/// What the tests of the web servers' configurations need.
pub const DEPLOY: &[Piece] = &[
    Piece::WasmTarget,
    Piece::WasmBindgen,
    Piece::Trunk,
    Piece::NodeTools,
    Piece::Chromium,
    Piece::Nginx,
    Piece::Caddy,
];
/// What the benches need, apart from what the page is built with.
pub const BENCH: &[Piece] = &[Piece::Chromium, Piece::BenchPackages];
/// What the benches with the vendor's SDK need as well.
pub const BENCH_SDK: &[Piece] = &[Piece::Python, Piece::PythonSdks];
/// Installs what is missing of these pieces, and says what, why and how long that usually takes.
pub fn prepare(pieces: &[Piece]) -> Result<Places> {
    let places = Places::of_this_machine()?;
    let missing = |piece: &Piece| !piece.is_there(&places);
    if pieces.iter().any(missing) {
        fs::create_dir_all(places.tools()).with_context(|| format!("making {}", places.tools().display()))?;
        let lock = File::create(places.tools().join("lock")).context("making the lock of the set-up")?;
        if lock.try_lock().is_err() {
            println!("set-up: another set-up is at work; this one goes on after it");
            lock.lock().context("waiting for the other set-up")?;
        }
        // Looked up again: the other set-up may have installed it.
        let pieces: Vec<_> = pieces.iter().copied().filter(missing).collect();
        install(&pieces, &places)?;
    }
    places.show_trunk_the_tools(pieces)?;
    Ok(places)
}

fn install(pieces: &[Piece], places: &Places) -> Result<()> {
    for piece in pieces {
        println!(
            "set-up: {} is missing: it {}; installing usually takes {}",
            piece.name(places),
            piece.why(),
            piece.usual_time()
        );
    }
    for piece in pieces {
        println!("set-up: installing {}", piece.name(places));
        let installed = piece.install(places).and_then(|()| {
            ensure!(piece.is_there(places), "it is still missing after its install");
            Ok(())
        });
        installed.map_err(|error| {
            let (name, by_hand) = (piece.name(places), piece.by_hand(places));
            anyhow!("set-up: {name} could not be installed: {error:#}\nBy hand: {by_hand}")
        })?;
    }
    // What the tools share is compiled once for all of them, then of no more use.
    let scratch = places.scratch();
    if scratch.exists() {
        fs::remove_dir_all(&scratch).with_context(|| format!("removing {}", scratch.display()))?;
    }
    Ok(())
}
