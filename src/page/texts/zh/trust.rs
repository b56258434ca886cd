//! 简体中文: where calls go and who can read the answers.

use provisioner_core::plan::Connection;

use super::super::TrustTexts;

/// Where calls go.
pub(super) const TRUST: TrustTexts = TrustTexts {
    heading: "调用经过哪里，谁能读到什么",
    tab: "此标签页",
    tab_role: "为每次调用签名。AccessKey Secret 只留在这里。",
    proxy_role: "转发调用。TLS 在此终止：其运营者可以读到所有响应，包括设备密钥。",
    cloud_role: "创建设备并给出设备密钥。",
    foreign: |host| [host, " 与此页面不是同一主机。设备密钥会以明文经过它，请仅在清楚其运营者时使用。"].concat(),
    loopback: "代理就在本机上，因此对它的调用无需 TLS。",
    test: "测试连接",
    test_hint: |connection| match connection {
        Connection::Proxy => {
            "通过代理读取一次，如已填写下方的 AccessKey 则用其签名；对于阿里云的地域，再不使用任何账号直接访问阿里云一次，以判断是否需要代理。"
        }
        Connection::Direct | Connection::Demo => "读取一次，如已填写下方的 AccessKey 则用其签名。没有任何改动。",
    },
    testing: "正在测试…",
    use_direct: "改用直连",
};
