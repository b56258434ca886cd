//! The simulated cloud as a server: arguments go in, an HTTP server on one address comes out.

#[cfg(not(target_arch = "wasm32"))]
mod arguments;
#[cfg(not(target_arch = "wasm32"))]
mod broken;
#[cfg(not(target_arch = "wasm32"))]
mod clock;
#[cfg(not(target_arch = "wasm32"))]
mod intake;
#[cfg(not(target_arch = "wasm32"))]
mod routes;
#[cfg(not(target_arch = "wasm32"))]
mod rows;
#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;

    use arguments::Wish;

    match arguments::read(std::env::args().skip(1)) {
        Ok(Wish::Text(text)) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Ok(Wish::Serve { listen, config }) => match server::run(listen, *config) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("simcloud: {listen}: {error}");
                ExitCode::FAILURE
            }
        },
        Err(sentence) => {
            eprintln!("simcloud: {sentence}\nsimcloud --help says what can be set.");
            // 2 is what shells and most tools use for a command line that makes no sense.
            ExitCode::from(2)
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
