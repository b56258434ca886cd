//! A web server of Debian's with a file of `deploy/`. In: what an administrator would adapt. Out: the server, on a free
//! port, until it is dropped.

use std::fmt;
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::authority::Identity;

/// More than either server needs to start on two busy cores.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Nginx,
    Caddy,
}

/// Which of the two files is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    SiteAndProxy,
    ProxyAlone,
}

/// Both servers in both shapes.
pub const ALL: [(Kind, Shape); 4] = [
    (Kind::Nginx, Shape::SiteAndProxy),
    (Kind::Nginx, Shape::ProxyAlone),
    (Kind::Caddy, Shape::SiteAndProxy),
    (Kind::Caddy, Shape::ProxyAlone),
];

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
        })
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SiteAndProxy => "site and proxy",
            Self::ProxyAlone => "proxy alone",
        })
    }
}

/// What is adapted in the files.
pub struct Adapted<'a> {
    pub identity: &'a Identity,
    /// Origins whose pages may call; the server's own is always one of them.
    pub origins: Vec<String>,
    /// Hosts that are added to the list: the name at the proxy, and the address it stands for.
    pub hosts: Vec<(&'static str, String)>,
    /// Port at which the vendor's host in Shanghai is to be found.
    pub shanghai_port: u16,
    /// Port of the name server.
    pub names_port: u16,
    /// Whom the server trusts as the cloud.
    pub authority_pem: String,
    /// Further changes: a text of the files, and what takes its place.
    pub changes: &'a [(&'a str, &'a str)],
}

pub struct Server {
    child: Child,
    pub port: u16,
    /// Where it listens without TLS, if the shape does.
    pub plain_port: u16,
    folder: PathBuf,
}

impl Server {
    /// Starts a server in a folder of this name.
    pub fn start(name: &str, kind: Kind, shape: Shape, adapted: &Adapted) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("deploy").join(format!("{name}-{kind:?}-{shape:?}"));
        // Left over from an earlier run, if there was one.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("snippets")).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("certificate.pem", &adapted.identity.certificate_pem);
        write("key.pem", &adapted.identity.key_pem);
        write("authority.pem", &adapted.authority_pem);
        let (port, plain_port) = (free_port(), free_port());
        let ports = (port, plain_port);
        let (mut command, texts) = match kind {
            Kind::Nginx => nginx(&folder, shape, ports, adapted),
            Kind::Caddy => caddy(&folder, shape, ports, adapted),
        };
        for (from, _) in adapted.changes {
            assert!(texts.iter().any(|(_, text)| text.contains(from)), "no file of {kind} has {from:?}");
        }
        for (name, text) in texts {
            write(name, &adapted.changes.iter().fold(text, |text, (from, to)| text.replace(from, to)));
        }
        let console = File::create(folder.join("console.log")).unwrap();
        // A proxy for the internet, say, has no way to this machine.
        for variable in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null()).stdout(console.try_clone().unwrap()).stderr(console);
        let mut server = Self { child: command.spawn().unwrap(), port, plain_port, folder };
        server.wait_until_it_answers();
        server
    }

    /// Everything that the server wrote into files: its logs and what it said.
    pub fn logs(&self) -> String {
        let entries = fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        let logs = entries.filter(|path| path.extension().is_some_and(|ending| ending == "log"));
        logs.map(|path| fs::read_to_string(path).unwrap()).collect()
    }

    fn wait_until_it_answers(&mut self) {
        let started_at = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && started_at.elapsed() < PATIENCE, "it does not answer: {}", self.logs());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What `cargo xtask test deploy` puts into the environment.
pub fn setting(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: start these tests with `cargo xtask test deploy`"))
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A file of `deploy/`, as it is.
pub fn deployed(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(path)).unwrap()
}

/// Replaces what has to be there.
fn adapt(text: &mut String, from: &str, to: &str) {
    assert!(text.contains(from), "the file no longer has {from:?}");
    *text = text.replace(from, to);
}

/// A command, and the files that it reads by name.
type Prepared = (Command, Vec<(&'static str, String)>);

fn nginx(folder: &Path, shape: Shape, (port, plain_port): (u16, u16), adapted: &Adapted) -> Prepared {
    let (file, name) = match shape {
        Shape::SiteAndProxy => ("nginx/site-and-proxy.conf", "provisioner.example.com"),
        Shape::ProxyAlone => ("nginx/proxy-alone.conf", "proxy.example.com"),
    };
    let mut text = deployed(file);
    let place = folder.display();
    let listed = "    https://provisioner.example.com  https://provisioner.example.com;\n";
    let origins: String = adapted.origins.iter().map(|origin| format!("    {origin} {origin};\n")).collect();
    adapt(&mut text, listed, &format!("    https://localhost:{port} https://localhost:{port};\n{origins}"));
    let first = "    /proxy/iot.cn-shanghai.aliyuncs.com/ ";
    let hosts: String = adapted.hosts.iter().map(|(host, url)| format!("    /proxy/{host}/ {url}/;\n")).collect();
    adapt(&mut text, first, &format!("{hosts}{first}"));
    let shanghai = "https://iot.cn-shanghai.aliyuncs.com";
    adapt(&mut text, &format!("{shanghai}/"), &format!("{shanghai}:{}/", adapted.shanghai_port));
    adapt(&mut text, &format!("server_name {name}"), "server_name localhost");
    adapt(&mut text, "/etc/ssl/provisioner/fullchain.pem", &format!("{place}/certificate.pem"));
    adapt(&mut text, "/etc/ssl/provisioner/privkey.pem", &format!("{place}/key.pem"));
    adapt(&mut text, "/etc/ssl/certs/ca-certificates.crt", &format!("{place}/authority.pem"));
    adapt(&mut text, "resolver 127.0.0.1 ", &format!("resolver 127.0.0.1:{} ", adapted.names_port));
    adapt(&mut text, "listen 443 ", &format!("listen 127.0.0.1:{port} "));
    adapt(&mut text, "    listen [::]:443 ssl http2;\n", "");
    adapt(&mut text, "/var/log/nginx/", &format!("{place}/"));
    if shape == Shape::SiteAndProxy {
        adapt(&mut text, "/var/www/iot-provisioner", &setting("DEPLOY_SITE"));
        adapt(&mut text, "listen 80;", &format!("listen 127.0.0.1:{plain_port};"));
        adapt(&mut text, "    listen [::]:80;\n", "");
    }
    // One process, as whoever runs the tests; every path that Debian's build would take elsewhere.
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|what| format!("{what}_temp_path {place}/{what};\n"))
        .collect();
    let main = format!(
        "daemon off;\nmaster_process off;\npid {place}/pid;\nevents {{}}\nhttp {{\n{temporary}include site.conf;\n}}\n"
    );
    let mut command = Command::new(setting("DEPLOY_NGINX"));
    command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf")).arg("-e").arg(folder.join("start.log"));
    let snippet = deployed("nginx/proxy.snippet.conf");
    (command, vec![("nginx.conf", main), ("site.conf", text), ("snippets/iot-provisioner-proxy.conf", snippet)])
}

fn caddy(folder: &Path, shape: Shape, (port, plain_port): (u16, u16), adapted: &Adapted) -> Prepared {
    let (file, name) = match shape {
        Shape::SiteAndProxy => ("caddy/site-and-proxy.caddyfile", "provisioner.example.com"),
        Shape::ProxyAlone => ("caddy/proxy-alone.caddyfile", "proxy.example.com"),
    };
    let mut text = deployed(file);
    let place = folder.display();
    adapt(&mut text, &format!("https://{name} {{"), &format!("https://localhost:{port} {{"));
    let listed = "\t\thttps://provisioner.example.com https://provisioner.example.com\n";
    let origins: String = adapted.origins.iter().map(|origin| format!("\t\t{origin} {origin}\n")).collect();
    adapt(&mut text, listed, &format!("\t\thttps://localhost:{port} https://localhost:{port}\n{origins}"));
    let first = "import provisioner-endpoint iot.cn-shanghai";
    let hosts = adapted.hosts.iter().map(|(host, url)| format!("import provisioner-endpoint {host} {url}\n"));
    adapt(&mut text, first, &format!("{}{first}", hosts.collect::<String>()));
    let shanghai = "https://iot.cn-shanghai.aliyuncs.com";
    adapt(&mut text, shanghai, &format!("{shanghai}:{}", adapted.shanghai_port));
    adapt(
        &mut text,
        "# tls /etc/caddy/fullchain.pem /etc/caddy/privkey.pem",
        &format!("tls {place}/certificate.pem {place}/key.pem"),
    );
    adapt(&mut text, "https:// {", &format!("https://:{port} {{"));
    adapt(&mut text, "/var/log/caddy/", &format!("{place}/"));
    // No port but ours, neither for its own door nor for plain http.
    let ports = format!("admin off\n\tdefault_bind 127.0.0.1\n\thttp_port {plain_port}\n\thttps_port {port}");
    adapt(&mut text, "admin localhost:2019", &ports);
    if shape == Shape::SiteAndProxy {
        adapt(&mut text, "/var/www/iot-provisioner", &setting("DEPLOY_SITE"));
    }
    let mut snippet = deployed("caddy/proxy.snippet.caddy");
    let resolver = format!("dial_timeout 5s\nresolvers udp/127.0.0.1:{}", adapted.names_port);
    adapt(&mut snippet, "dial_timeout 5s", &resolver);
    let mut command = Command::new(setting("DEPLOY_CADDY"));
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile")).current_dir(folder);
    for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(variable, folder);
    }
    // Go's name for the list of authorities, in place of Debian's.
    command.env("SSL_CERT_FILE", folder.join("authority.pem")).env_remove("SSL_CERT_DIR");
    (command, vec![("Caddyfile", text), ("proxy.snippet.caddy", snippet)])
}
