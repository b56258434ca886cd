//! A load on the simulated cloud's server. In: the built server, beside this program. Out: a table of figures, and
//! failure where the server does not hold up.
//!
//! `cargo build --release -p simcloud --bins --examples && target/release/examples/load [SECONDS]`
//!
//! A million devices are registered, then read page by page as fast as six connections can, for a minute unless
//! SECONDS says otherwise; then clients that mean no good hold what they can, and it is told to stop.
// What is measured is time.
#![allow(clippy::disallowed_methods)]

#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/process/mod.rs"]
mod process;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::collections::HashSet;
    use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
    use std::net::TcpStream;
    use std::path::PathBuf;
    use std::process::Command;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::{Duration, Instant};

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use serde_json::Value;
    use sha1::Sha1;

    use super::process::Server;

    /// Batches of 10,000 devices: a million.
    const BATCHES: u32 = 100;
    const DEVICES_PER_BATCH: u32 = 10_000;
    const PAGES_PER_BATCH: u32 = DEVICES_PER_BATCH / 50;
    const FIRST_APPLY_ID: u32 = 10_000_001;
    /// What browsers open to one host.
    const CONNECTIONS: usize = 6;
    /// What the server has to reach.
    const CALLS_PER_SECOND_MIN: f64 = 200.0;
    /// Old time stamps are taken, so that none has to be made; quotas are out of the way.
    const CONFIG: &str = r#"{"batch_ms_min": 1, "devices_per_second": 100000000,
        "quotas": {"BatchRegisterDevice": 100000, "QueryPageByApplyId": 100000, "QueryDevice": 100000},
        "choices": {"timestamp_window_ms": 9000000000000}}"#;

    type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

    /// Starts the server that was built beside this program.
    fn start() -> Outcome<Server> {
        let folder = std::env::current_exe()?.parent().and_then(|folder| folder.parent()).map(PathBuf::from);
        let folder = folder.ok_or("this program lies in no folder")?;
        let config = folder.join("load.json");
        std::fs::write(&config, CONFIG)?;
        let config = config.to_str().ok_or("a folder that is not UTF-8")?;
        Ok(Server::spawn(&folder.join("simcloud"), &["--config", config])?)
    }

    impl Server {
        /// A line of `/proc/PID/status`, in MB.
        fn memory(&self, line: &str) -> Outcome<u64> {
            let text = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
            let value = text.lines().find_map(|have| have.strip_prefix(line)).ok_or("no such line")?;
            Ok(value.split_whitespace().next().ok_or("no number")?.parse::<u64>()? / 1024)
        }

        fn connect(&self) -> Outcome<TcpStream> {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(Duration::from_secs(60)))?;
            Ok(stream)
        }
    }

    /// A connection that is kept, and the nonces of its calls.
    struct Client {
        stream: BufReader<TcpStream>,
        name: String,
        calls: u32,
    }

    impl Client {
        fn new(server: &Server, name: impl ToString) -> Outcome<Self> {
            Ok(Self { stream: BufReader::new(server.connect()?), name: name.to_string(), calls: 0 })
        }

        /// One signed call. Its parameters are in order of their names, and need no encoding.
        fn call(&mut self, action: &str, own: &str) -> Outcome<Value> {
            self.calls += 1;
            let mut params: Vec<String> = own.split('&').map(str::to_owned).collect();
            params.extend([format!("Action={action}"), format!("SignatureNonce={}-{}", self.name, self.calls)]);
            params.extend(
                [
                    "AccessKeyId=testid",
                    "Format=JSON",
                    "SignatureMethod=HMAC-SHA1",
                    "SignatureVersion=1.0",
                    "Timestamp=2026-01-01T00%3A00%3A00Z",
                    "Version=2018-01-20",
                ]
                .map(str::to_owned),
            );
            params.sort();
            let canonical = params.join("&");
            let text = canonical.replace('%', "%25").replace('&', "%26").replace('=', "%3D");
            let mut mac = Hmac::<Sha1>::new_from_slice(b"testsecret&")?;
            mac.update(format!("POST&%2F&{text}").as_bytes());
            let signature = STANDARD.encode(mac.finalize().into_bytes());
            let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
            self.post(&format!("{canonical}&Signature={signature}"))
        }

        fn post(&mut self, body: &str) -> Outcome<Value> {
            let head = format!(
                "POST / HTTP/1.1\r\nHost: simcloud\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: {}\r\n\r\n",
                body.len()
            );
            self.stream.get_mut().write_all((head + body).as_bytes())?;
            let mut length = 0;
            loop {
                let mut line = String::new();
                self.stream.read_line(&mut line)?;
                if line.trim().is_empty() {
                    break;
                }
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse()?;
                }
            }
            let mut answer = vec![0; length];
            self.stream.read_exact(&mut answer)?;
            Ok(serde_json::from_slice(&answer)?)
        }
    }

    /// The middle, the 99th of a hundred, and the longest of some times, in ms.
    fn spread(mut times: Vec<Duration>) -> String {
        times.sort_unstable();
        let at = |place: usize| times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        let count = times.len();
        format!("{:.1} / {:.1} / {:.1} ms", at(count / 2), at(count * 99 / 100), at(count.saturating_sub(1)))
    }

    /// Reads pages until the time is up: all of them once, then from the start again. Gives the time of each call and
    /// the names that were seen.
    fn read_pages(
        server: &Server,
        next: &AtomicU32,
        name: usize,
        until: Instant,
    ) -> Outcome<(Vec<Duration>, HashSet<String>)> {
        let mut client = Client::new(server, format!("pages-{name}"))?;
        let (mut times, mut names) = (Vec::new(), HashSet::new());
        loop {
            let page = next.fetch_add(1, Ordering::Relaxed);
            if Instant::now() > until && page >= BATCHES * PAGES_PER_BATCH {
                return Ok((times, names));
            }
            let apply_id = FIRST_APPLY_ID + page / PAGES_PER_BATCH % BATCHES;
            let own = format!("ApplyId={apply_id}&CurrentPage={}&PageSize=50", page % PAGES_PER_BATCH + 1);
            let begun = Instant::now();
            let answer = client.call("QueryPageByApplyId", &own)?;
            times.push(begun.elapsed());
            let rows = answer["ApplyDeviceList"]["ApplyDeviceInfo"].as_array().ok_or_else(|| answer.to_string())?;
            if rows.len() != 50 {
                return Err(format!("{} rows on a page", rows.len()).into());
            }
            if page < BATCHES * PAGES_PER_BATCH {
                names.extend(rows.iter().filter_map(|row| row["DeviceName"].as_str()).map(str::to_owned));
            }
        }
    }

    /// Connections that hold what they can: idle ones, heads and bodies that stall.
    fn hold(server: &Server) -> Outcome<Vec<TcpStream>> {
        let mut held = Vec::new();
        for number in 0..450 {
            let mut stream = server.connect()?;
            match number {
                0..300 => {}
                300..350 => stream.write_all(b"POST / HTTP/1.1\r\nX: ")?,
                _ => {
                    stream.write_all(b"POST / HTTP/1.1\r\nContent-Length: 8388608\r\n\r\n")?;
                    stream.set_write_timeout(Some(Duration::from_millis(200)))?;
                    // The server gives up reading once all bodies together are too large.
                    let _ = stream.write_all(&vec![b'x'; 8_000_000]);
                }
            }
            held.push(stream);
        }
        Ok(held)
    }

    /// Calls that cost the server as much as a call can, without a right signature; all are refused.
    fn batter(server: &Server) -> Outcome<u32> {
        let common = "Action=QueryDevice&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0\
            &SignatureNonce=1&Timestamp=2026-01-01T00:00:00Z&Version=2018-01-20&Format=JSON&Signature=x&x=";
        let mut refused = 0;
        for body in [
            format!("{common}{}", "\u{1F4A1}".repeat(2_000_000)),
            format!("{common}{}", "%FF".repeat(2_700_000)),
            format!("{common}{}", "&a=".repeat(49_000)),
            "&".repeat(8_000_000),
        ] {
            for _ in 0..5 {
                let answer = Client::new(server, "batter").and_then(|mut client| client.post(&body));
                match answer {
                    Ok(answer) if answer["Success"] != true => refused += 1,
                    Ok(answer) => return Err(format!("accepted: {answer}").into()),
                    // A body is not read to its end by a server that has seen enough.
                    Err(error) if is_closed(&*error) => refused += 1,
                    Err(error) => return Err(error),
                }
            }
        }
        let mut endless = server.connect()?;
        endless.set_write_timeout(Some(Duration::from_secs(5)))?;
        let mut sent = 0;
        let piece = [b'x'; 65536];
        endless.write_all(b"GET / HTTP/1.1\r\nX: ")?;
        while endless.write_all(&piece).is_ok() {
            sent += piece.len();
            if sent > 64 * 1024 * 1024 {
                return Err("a head without an end is read for ever".into());
            }
        }
        Ok(refused)
    }

    fn is_closed(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
        error.downcast_ref::<std::io::Error>().is_some_and(|error| {
            matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof)
        })
    }

    /// Runs all of it.
    pub fn run() -> Outcome<()> {
        let seconds = std::env::args().nth(1).map_or(Ok(60), |text| text.parse())?;
        let mut server = start()?;
        let begun = Instant::now();
        let mut client = Client::new(&server, "registers")?;
        for _ in 0..BATCHES {
            let own = format!("Count={DEVICES_PER_BATCH}&ProductKey=a1SimCloud1");
            let answer = client.call("BatchRegisterDevice", &own)?;
            if answer["Success"] != true {
                return Err(answer.to_string().into());
            }
        }
        let devices = "CurrentPage=1&PageSize=1&ProductKey=a1SimCloud1";
        while client.call("QueryDevice", devices)?["Total"] != BATCHES * DEVICES_PER_BATCH {}
        println!("registered: {} devices in {:.2} s", BATCHES * DEVICES_PER_BATCH, begun.elapsed().as_secs_f64());

        let (begun, next) = (Instant::now(), AtomicU32::new(0));
        let until = begun + Duration::from_secs(seconds);
        let results: Vec<Outcome<_>> = std::thread::scope(|scope| {
            let (server, next) = (&server, &next);
            let readers: Vec<_> =
                (0..CONNECTIONS).map(|name| scope.spawn(move || read_pages(server, next, name, until))).collect();
            readers
                .into_iter()
                .map(|reader| reader.join().unwrap_or_else(|_| Err("a reader panicked".into())))
                .collect()
        });
        let elapsed = begun.elapsed().as_secs_f64();
        let (mut times, mut names) = (Vec::new(), HashSet::new());
        for result in results {
            let (more_times, more_names) = result?;
            times.extend(more_times);
            names.extend(more_names);
        }
        let calls_per_second = times.len() as f64 / elapsed;
        println!(
            "pages: {} in {elapsed:.1} s, {calls_per_second:.0} calls/s over {CONNECTIONS} connections",
            times.len()
        );
        println!("time of a call, middle / 99 % / longest: {}", spread(times));
        println!("distinct names: {}", names.len());
        println!("memory: {} MB, at most {} MB", server.memory("VmRSS:")?, server.memory("VmHWM:")?);

        let refused = batter(&server)?;
        println!("hostile calls refused: {refused}; memory at most {} MB", server.memory("VmHWM:")?);
        let held = hold(&server)?;
        // The first connection was idle for as long as an idle one is kept.
        let mut client = Client::new(&server, "beside")?;
        let mut times = Vec::new();
        for _ in 0..1000 {
            let begun = Instant::now();
            client.call("QueryPageByApplyId", &format!("ApplyId={FIRST_APPLY_ID}&CurrentPage=1&PageSize=50"))?;
            times.push(begun.elapsed());
        }
        println!("with {} connections held, middle / 99 % / longest: {}", held.len(), spread(times));
        println!("memory: {} MB, at most {} MB", server.memory("VmRSS:")?, server.memory("VmHWM:")?);

        let begun = Instant::now();
        Command::new("kill").arg(server.process.id().to_string()).status()?;
        let status = server.process.wait()?;
        println!("SIGTERM: {status} after {:.2} s", begun.elapsed().as_secs_f64());
        let held_up = calls_per_second >= CALLS_PER_SECOND_MIN
            && names.len() == (BATCHES * DEVICES_PER_BATCH) as usize
            && status.success();
        if held_up { Ok(()) } else { Err("it does not hold up".into()) }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    native::run()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
