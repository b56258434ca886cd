//! English: where calls go and who can read the answers.

use provisioner_core::plan::Connection;

use super::super::TrustTexts;

/// Where calls go.
pub(super) const TRUST: TrustTexts = TrustTexts {
    heading: "Where calls go, and who can read what",
    tab: "This tab",
    tab_role: "Signs each call. The AccessKey secret stays here.",
    proxy_role: "Passes calls on. TLS ends there: whoever runs it can read every answer, DeviceSecrets included.",
    cloud_role: "Makes the devices, and hands out their secrets.",
    foreign: |host| {
        [host, " is another host than this page's. Use it only if you know who runs it: DeviceSecrets pass through it in the clear."]
            .concat()
    },
    loopback: "The proxy is on this computer, so calls to it need no TLS.",
    test: "Test the connection",
    test_hint: |connection| match connection {
        Connection::Proxy => {
            "One read through the proxy, signed with the key below if there is one; then, for a region of the \
             vendor's, one to the cloud itself in nobody's name, to see whether the proxy is needed."
        }
        Connection::Direct | Connection::Demo => {
            "One read, signed with the key below if there is one. Nothing is changed."
        }
    },
    testing: "Testing…",
    use_direct: "Use the direct way",
};
