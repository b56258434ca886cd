//! The command line: arguments go in, what to serve or which text to print comes out.

use std::net::SocketAddr;

use simcloud::Config;

/// What the command line asks for.
pub enum Wish {
    /// Print this and end.
    Text(String),
    /// Serve this.
    Serve {
        /// Where to listen.
        listen: SocketAddr,
        /// The whole configuration.
        config: Box<Config>,
    },
}

const HELP: &str = include_str!("help.txt");
const DEFAULT_LISTEN: &str = "127.0.0.1:8787";

/// Reads the arguments; an error is a sentence for the user.
pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut listen = DEFAULT_LISTEN.to_owned();
    let mut config = Config::default();
    let mut delay_ms = None;
    let mut print = false;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--help" | "-h" => return Ok(Wish::Text(HELP.trim_end().to_owned())),
            "--listen" => listen = value()?,
            "--config" => config = read_config(&value()?)?,
            "--delay-ms" => {
                let text = value()?;
                delay_ms = Some(text.parse().map_err(|_| format!("--delay-ms {text}: not a whole number"))?);
            }
            "--print-config" => print = true,
            _ => return Err(format!("{argument} is not an option")),
        }
    }
    config.delay_ms = delay_ms.unwrap_or(config.delay_ms);
    if print {
        let text = serde_json::to_string_pretty(&config).expect("a configuration holds nothing that JSON cannot");
        return Ok(Wish::Text(text));
    }
    let listen = listen.parse().map_err(|_| format!("--listen {listen}: not an address like {DEFAULT_LISTEN}"))?;
    Ok(Wish::Serve { listen, config: Box::new(config) })
}

fn read_config(path: &str) -> Result<Config, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("--config {path}: {error}"))?;
    Config::from_json(&text).map_err(|error| format!("--config {path}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(line: &str) -> Result<Wish, String> {
        read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn without_arguments_it_serves_the_default_on_port_8787() {
        let Ok(Wish::Serve { listen, config }) = reading("") else { panic!("a wish to serve") };
        assert_eq!((listen.to_string().as_str(), config.delay_ms), ("127.0.0.1:8787", 0));
    }

    #[test]
    fn a_delay_is_taken_from_the_command_line() {
        let Ok(Wish::Serve { config, .. }) = reading("--listen 127.0.0.1:1 --delay-ms 250") else { panic!("serve") };
        assert_eq!(config.delay_ms, 250);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (line, part) in [
            ("--port 1", "--port"),
            ("--listen", "needs a value"),
            ("--listen nowhere", "nowhere"),
            ("--delay-ms soon", "soon"),
            ("--config /does/not/exist", "/does/not/exist"),
        ] {
            let error = reading(line).err().expect(line);
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn help_names_every_setting_of_the_configuration() {
        let config = serde_json::to_value(Config::default()).unwrap();
        for object in
            [&config, &config["choices"], &config["credentials"][0], &config["products"][0], &config["faults"]]
        {
            for setting in object.as_object().unwrap().keys() {
                assert!(HELP.split_whitespace().any(|word| word == setting), "{setting}");
            }
        }
    }

    #[test]
    fn help_names_every_effect_that_a_fault_can_have() {
        let error = simcloud::Faults::from_json(r#"{"faults": [{"effect": "?"}]}"#).unwrap_err().to_string();
        let effects: Vec<&str> = error.split('`').skip(3).step_by(2).collect();
        assert!(effects.len() >= 15, "{error}");
        for effect in effects {
            assert!(HELP.contains(&format!("\"{effect}\"")), "{effect}");
        }
    }
}
