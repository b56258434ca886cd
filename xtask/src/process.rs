//! Runs other programs so that none outlives this one. In: a command. Out: how it ended, and what it said.
//!
//! Each program leads a process group of its own and is ended with it: by Ctrl-C, SIGTERM or SIGHUP to xtask, when its
//! [`Running`] is dropped and, where `setpriv` is installed, even when xtask itself is killed.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// Exit code of a command that Ctrl-C or a signal ended, as shells report it.
pub const EXIT_INTERRUPTED: u8 = 130;

/// How often a wait looks whether the program ended or a signal came.
const POLL: Duration = Duration::from_millis(20);

/// What a program gets after SIGTERM before SIGKILL follows.
const GRACE: Duration = Duration::from_secs(3);

static STOP: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C, SIGTERM and SIGHUP end every wait of this module. Call once, first.
pub fn stop_on_signals() -> Result<()> {
    ctrlc::set_handler(|| STOP.store(true, Ordering::SeqCst)).context("installing the signal handler")
}

/// Whether a signal asked xtask to end.
pub fn stopped() -> bool {
    STOP.load(Ordering::SeqCst)
}

/// A program that was started, with everything that it started in turn.
pub struct Running {
    name: String,
    child: Child,
}

impl Running {
    /// Starts a program; `name` is what messages call it.
    pub fn start(name: &str, mut command: Command) -> Result<Self> {
        command.process_group(0).stdin(Stdio::null());
        let child = command.spawn().with_context(|| format!("cannot start {}", shown(&command)))?;
        Ok(Self { name: name.to_owned(), child })
    }

    /// How the program ended, if it did.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("waiting for {}", self.name))
    }

    /// Fails once the program has ended: for servers, which never should.
    pub fn expect_alive(&mut self) -> Result<()> {
        match self.ended()? {
            Some(status) => bail!("{} ended by itself ({status}); what it said stands above", self.name),
            None => Ok(()),
        }
    }

    fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            if stopped() {
                bail!("interrupted while {} was running", self.name);
            }
            thread::sleep(POLL);
        }
    }

    fn signal(&self, signal: Signal) -> bool {
        i32::try_from(self.child.id()).is_ok_and(|id| killpg(Pid::from_raw(id), signal).is_ok())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) || !self.signal(Signal::SIGTERM) {
            return;
        }
        let deadline = Instant::now() + GRACE;
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                break;
            }
            thread::sleep(POLL);
        }
        // Also when the leader has ended: what it started may be slower.
        self.signal(Signal::SIGKILL);
        if let Err(error) = self.child.wait() {
            eprintln!("xtask: {} could not be waited for: {error}", self.name);
        }
    }
}

/// Runs a program to its end, its output on the terminal; fails when it does.
pub fn run(command: Command) -> Result<()> {
    let line = shown(&command);
    let name = program(&command);
    let status = Running::start(&name, tied(command))?.wait()?;
    if status.success() { Ok(()) } else { bail!("failed ({status}): {line}") }
}

/// Runs a quick program and returns what it printed; fails when it does.
pub fn output(mut command: Command) -> Result<String> {
    let line = shown(&command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {line}"))?;
    if !output.status.success() {
        bail!("failed ({}): {line}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).with_context(|| format!("not UTF-8: the output of {line}"))
}

/// What a program did whose output was kept.
pub struct Captured {
    /// Whether it ended well.
    pub success: bool,
    /// Its output and errors, in the order in which they came.
    pub text: String,
}

/// Runs a program to its end and keeps its output; `heartbeat` gets the latest line every half minute, so that a long
/// silence does not look like a hang. After `limit` the program is ended and counts as failed.
pub fn capture(command: Command, limit: Duration, mut heartbeat: impl FnMut(&str)) -> Result<Captured> {
    const HEARTBEAT: Duration = Duration::from_secs(30);
    let name = program(&command);
    let (reader, writer) = std::io::pipe().context("making a pipe")?;
    let mut command = tied(command);
    command.stdout(writer.try_clone().context("sharing a pipe")?).stderr(writer);
    // The command holds the writing ends: `start` drops it, so that the pipe ends with the program.
    let mut running = Running::start(&name, command)?;
    let lines = lines_of(reader);
    let (started_at, mut beat_at) = (Instant::now(), Instant::now());
    let mut captured = Captured { success: false, text: String::new() };
    let mut latest = String::new();
    let mut ended_at = None;
    loop {
        match lines.recv_timeout(POLL) {
            Ok(line) => {
                captured.text.push_str(&line);
                latest = line;
            }
            Err(RecvTimeoutError::Disconnected) => break,
            // A program that it left behind may hold the pipe open for ever.
            Err(RecvTimeoutError::Timeout) if ended_at.is_some_and(|at: Instant| at.elapsed() > GRACE) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if ended_at.is_none() && running.ended()?.is_some() {
            ended_at = Some(Instant::now());
        }
        if stopped() {
            bail!("interrupted while {name} was running");
        }
        if started_at.elapsed() > limit {
            captured.text.push_str(&format!("\n{name} was ended: it ran for more than {} s\n", limit.as_secs()));
            return Ok(captured);
        }
        if beat_at.elapsed() > HEARTBEAT {
            beat_at = Instant::now();
            heartbeat(latest.trim());
        }
    }
    captured.success = running.wait()?.success();
    Ok(captured)
}

fn lines_of(reader: impl std::io::Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    receiver
}

/// The command run through `setpriv`, where there is one, so that the kernel ends it when xtask dies.
pub fn tied(command: Command) -> Command {
    let Some(setpriv) = find("setpriv") else { return command };
    let mut outer = Command::new(setpriv);
    outer.args(["--pdeathsig", "TERM", "--"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    outer
}

/// The program of this name on the PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn program(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

/// The command as it would be typed.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn output_and_errors_are_kept_in_order_with_the_outcome() {
        let captured = capture(shell("echo one; echo two >&2; exit 3"), GRACE, |_| {}).unwrap();
        assert!(!captured.success);
        assert_eq!(captured.text, "one\ntwo\n");
    }

    #[test]
    fn a_program_that_runs_too_long_is_ended_and_says_so() {
        let captured = capture(shell("echo begun; sleep 60"), Duration::from_millis(300), |_| {}).unwrap();
        assert!(!captured.success);
        assert!(captured.text.starts_with("begun\n"), "{}", captured.text);
        assert!(captured.text.contains("was ended"), "{}", captured.text);
    }

    #[test]
    fn dropping_a_program_ends_what_it_started() {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut command = shell("sleep 60 & echo begun; wait");
        command.stdout(writer);
        let running = Running::start("shell", command).unwrap();
        let lines = lines_of(reader);
        assert_eq!(lines.recv().unwrap(), "begun\n");
        drop(running);
        // The pipe ends when the last program that holds it does.
        assert_eq!(lines.recv_timeout(GRACE), Err(RecvTimeoutError::Disconnected));
    }

    #[test]
    fn a_program_that_cannot_be_started_is_named() {
        let error = run(Command::new("no-such-program-anywhere")).unwrap_err();
        assert!(format!("{error:#}").contains("no-such-program-anywhere"), "{error:#}");
    }
}
