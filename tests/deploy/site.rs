//! The static site as the servers deliver it: policies, compression, what a browser may keep.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::client::{Answer, connect};
use crate::server::{Kind, Shape, setting};
use crate::world::{ADDRESS, World};

const BOTH: [Kind; 2] = [Kind::Nginx, Kind::Caddy];

fn get(world: &World, target: &str, headers: &[&str]) -> Answer {
    world.ask("GET", target, headers, b"")
}

/// The site's files, without their compressed copies.
fn files() -> Vec<String> {
    let entries = fs::read_dir(setting("DEPLOY_SITE")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.ends_with(".br") && !name.ends_with(".gz")).collect()
}

/// The directives of the policy that stands in the document itself.
fn own_policy() -> Vec<String> {
    let document = fs::read_to_string(format!("{}/index.html", setting("DEPLOY_SITE"))).unwrap();
    let (_, policy) = document.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    policy.split_once('"').unwrap().0.split("; ").map(str::to_owned).collect()
}

#[test]
fn the_servers_policy_is_the_documents_and_more() {
    for kind in BOTH {
        let world = World::start("policy", kind, Shape::SiteAndProxy);
        let policy = get(&world, "/", &[]).header("content-security-policy").unwrap();
        let directives: Vec<&str> = policy.split("; ").collect();
        for directive in own_policy() {
            assert!(directives.contains(&directive.as_str()), "{kind}: no {directive} in {policy}");
        }
        assert!(directives.contains(&"frame-ancestors 'none'"), "{kind}: {policy}");
    }
}

#[test]
fn every_file_comes_whole_typed_and_under_a_policy() {
    for kind in BOTH {
        let world = World::start("site", kind, Shape::SiteAndProxy);
        let mut engines = 0;
        for name in files() {
            let answer = get(&world, &format!("/{name}"), &[]);
            let header = |name| answer.header(name).unwrap_or_default();
            // Caddy sends whoever names the document itself to its folder.
            if name == "index.html" && answer.status == 308 {
                assert_eq!(header("location"), "./");
                continue;
            }
            assert_eq!(answer.status, 200, "{kind}: {name}");
            assert!(answer.body == fs::read(format!("{}/{name}", setting("DEPLOY_SITE"))).unwrap(), "{kind}: {name}");
            let kinds = [
                (".html", "text/html"),
                (".css", "text/css"),
                (".js", "text/javascript"),
                (".wasm", "application/wasm"),
                (".svg", "image/svg+xml"),
            ];
            for (_, media) in kinds.iter().filter(|(ending, _)| name.ends_with(ending)) {
                assert_eq!(header("content-type").split(';').next(), Some(*media), "{kind}: {name}");
            }
            let policy = header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"),
                "{kind}: {policy}"
            );
            assert!(!policy.contains("unsafe-inline") && !policy.contains("unsafe-eval' "), "{kind}: {policy}");
            if name.starts_with("worker-") {
                engines += 1;
                assert!(policy.contains("connect-src 'self' https: http://localhost:* http://127.0.0.1:*;"), "{kind}");
                assert!(
                    policy.ends_with("require-trusted-types-for 'script'; trusted-types default"),
                    "{kind}: {policy}"
                );
            } else {
                assert!(policy.contains("connect-src 'self';"), "{kind}: {name}: {policy}");
            }
            assert_eq!(header("x-content-type-options"), "nosniff", "{kind}: {name}");
            assert_eq!(header("referrer-policy"), "no-referrer", "{kind}: {name}");
            assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{kind}: {name}");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{kind}: {name}");
            assert_eq!(header("strict-transport-security"), "max-age=31536000", "{kind}: {name}");
        }
        assert_eq!(engines, 1, "{kind}: the engine has a policy of its own");
    }
}

#[test]
fn hashed_names_are_kept_for_ever_and_the_document_is_asked_for_each_time() {
    for kind in BOTH {
        let world = World::start("kept", kind, Shape::SiteAndProxy);
        let kept = |target: &str| get(&world, target, &[]).header("cache-control").unwrap_or_default();
        assert_eq!(kept("/"), "no-cache", "{kind}");
        // A browser looks for new versions there.
        let looked_at = ["service-worker.js", "app.webmanifest"];
        for name in looked_at {
            assert_eq!(kept(&format!("/{name}")), "no-cache", "{kind}: {name}");
        }
        let is_kept = |name: &&String| {
            !looked_at.contains(&name.as_str()) && ["js", "css", "wasm"].iter().any(|ending| name.ends_with(ending))
        };
        for name in files().iter().filter(is_kept) {
            assert_eq!(kept(&format!("/{name}")), "public, max-age=31536000, immutable", "{kind}: {name}");
        }
        let missing = get(&world, "/worker-0000000000000000.js", &[]);
        assert_eq!(missing.status, 404, "{kind}");
        assert_ne!(missing.header("cache-control").as_deref(), Some("public, max-age=31536000, immutable"), "{kind}");
        assert_eq!(missing.header("x-content-type-options").as_deref(), Some("nosniff"), "{kind}");
    }
}

#[test]
fn compressed_copies_are_sent_to_whom_they_suit() {
    let name = files().into_iter().find(|name| name.ends_with(".wasm")).unwrap();
    for kind in BOTH {
        let world = World::start("compressed", kind, Shape::SiteAndProxy);
        // nginx of Debian has no Brotli of its own.
        let (coding, ending) = if kind == Kind::Nginx { ("gzip", "gz") } else { ("br", "br") };
        for (accepted, coding, ending) in [("gzip, deflate, br", coding, ending), ("gzip", "gzip", "gz")] {
            let answer = get(&world, &format!("/{name}"), &[&format!("Accept-Encoding: {accepted}")]);
            assert_eq!(answer.header("content-encoding").as_deref(), Some(coding), "{kind}");
            assert_eq!(answer.header("content-type").as_deref(), Some("application/wasm"), "{kind}");
            assert_eq!(answer.header("vary").as_deref(), Some("Accept-Encoding"), "{kind}");
            let copy = fs::read(format!("{}/{name}.{ending}", setting("DEPLOY_SITE"))).unwrap();
            assert_eq!(answer.body.len(), copy.len(), "{kind}: {coding}");
            assert!(answer.body == copy, "{kind}: {coding}");
        }
    }
}

#[test]
fn what_comes_without_tls_leads_to_tls_and_is_not_passed_on() {
    for kind in BOTH {
        let world = World::start("plain", kind, Shape::SiteAndProxy);
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(("127.0.0.1", world.server.plain_port)).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let page = ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let status: u16 = page.split(' ').nth(1).unwrap().parse().unwrap();
        assert!([301, 308].contains(&status) && page.contains("ocation: https://"), "{kind}: {page}");
        let call = format!(
            "POST {ADDRESS} HTTP/1.1\r\nHost: localhost\r\nOrigin: {}\r\nConnection: close\r\n\
             Content-Length: 3\r\n\r\na=b",
            world.origin()
        );
        let expected = if kind == Kind::Nginx { "HTTP/1.1 403 " } else { "HTTP/1.1 308 " };
        assert!(ask(&call).starts_with(expected), "{kind}");
        assert_eq!(world.cloud.connections(), 0, "{kind}");
    }
}

#[test]
fn a_browser_that_can_speaks_http_2() {
    for (kind, shape) in crate::server::ALL {
        let world = World::start("protocol", kind, shape);
        let mut stream = connect(world.server.port, &world.authority.client(&["h2", "http/1.1"]));
        stream.conn.complete_io(&mut stream.sock).unwrap();
        assert_eq!(stream.conn.alpn_protocol(), Some(b"h2".as_slice()), "{kind}, {shape}");
    }
}
