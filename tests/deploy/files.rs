//! What can be read off the files themselves: the list of hosts, and that both servers say the same to a browser.

use provisioner_core::model::region::REGIONS;

use crate::server::deployed;

const NGINX: [&str; 2] = ["nginx/site-and-proxy.conf", "nginx/proxy-alone.conf"];
const CADDY: [&str; 2] = ["caddy/site-and-proxy.caddyfile", "caddy/proxy-alone.caddyfile"];

/// Pairs of words, sorted: a name at the proxy, and where it leads.
fn sorted(pairs: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort();
    pairs
}

/// The two words after a beginning, in each line that begins so.
fn after(text: &str, beginning: &str) -> Vec<(String, String)> {
    sorted(text.lines().filter_map(|line| {
        let mut words = line.trim().strip_prefix(beginning)?.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.next()?))
    }))
}

#[test]
fn the_lists_are_the_vendors_hosts_and_no_other() {
    let hosts = || REGIONS.iter().map(|region| region.host);
    let nginx = sorted(hosts().map(|host| (format!("{host}/"), format!("https://{host}/;"))));
    for file in NGINX {
        assert_eq!(after(&deployed(file), "/proxy/"), nginx, "{file}");
    }
    let caddy = sorted(hosts().map(|host| (host.to_owned(), format!("https://{host}"))));
    for file in CADDY {
        assert_eq!(after(&deployed(file), "import provisioner-endpoint "), caddy, "{file}");
    }
}

/// The quoted values in a text that begin so.
fn quoted<'a>(text: &'a str, beginning: &str) -> Vec<&'a str> {
    text.split('"').filter(|part| part.starts_with(beginning)).collect()
}

#[test]
fn both_servers_send_the_same_policies() {
    for beginning in ["default-src 'none'; script-src", "camera=", "public, max-age"] {
        let [nginx, caddy] = [deployed(NGINX[0]), deployed(CADDY[0])];
        let values = quoted(&nginx, beginning);
        assert!(!values.is_empty(), "{beginning}");
        assert_eq!(values, quoted(&caddy, beginning));
    }
    for beginning in ["default-src 'none'; frame-ancestors", "Authorization, "] {
        let [nginx, caddy] = [deployed("nginx/proxy.snippet.conf"), deployed("caddy/proxy.snippet.caddy")];
        let values = quoted(&nginx, beginning);
        assert_eq!(values.len(), 1, "{beginning}");
        assert_eq!(values, quoted(&caddy, beginning));
    }
}
