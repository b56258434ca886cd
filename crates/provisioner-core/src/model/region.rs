//! The regions of the IoT Platform and their endpoint hosts. In: a RegionId or a host. Out: a region.
//!
//! Source: `products.json` of the vendor's API metadata (github.com/aliyun/aliyun-openapi-meta, April 2026).

/// One region that the vendor lists for product `Iot`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// RegionId as sent, for instance `cn-shanghai`.
    pub id: &'static str,
    /// The place in English, as the vendor's pages name it.
    pub place: &'static str,
    /// Public endpoint host, without scheme.
    pub host: &'static str,
    /// Host for callers inside the vendor's own network; none is listed for Shanghai.
    pub vpc_host: Option<&'static str>,
}

/// The name that stands for the simulated cloud's server, as a region and as an endpoint host.
pub const SIMCLOUD: &str = "simcloud";

/// The RegionId that is sent where the host is not one of the vendor's: the simulated cloud or a custom host.
pub const DEFAULT_REGION_ID: &str = "cn-shanghai";

/// The only region with X.509 products; elsewhere the cloud says `iot.device.RegionNotSupportX509`
/// (document_detail/69483.html).
pub const X509_REGION_ID: &str = "cn-shanghai";

/// Every region with a public endpoint, in the vendor's order.
pub const REGIONS: [Region; 8] = [
    Region { id: "cn-shanghai", place: "China (Shanghai)", host: "iot.cn-shanghai.aliyuncs.com", vpc_host: None },
    Region {
        id: "cn-beijing",
        place: "China (Beijing)",
        host: "iot.cn-beijing.aliyuncs.com",
        vpc_host: Some("iot-vpc.cn-beijing.aliyuncs.com"),
    },
    Region {
        id: "cn-shenzhen",
        place: "China (Shenzhen)",
        host: "iot.cn-shenzhen.aliyuncs.com",
        vpc_host: Some("iot-vpc.cn-shenzhen.aliyuncs.com"),
    },
    Region {
        id: "ap-southeast-1",
        place: "Singapore",
        host: "iot.ap-southeast-1.aliyuncs.com",
        vpc_host: Some("iot-vpc.ap-southeast-1.aliyuncs.com"),
    },
    Region {
        id: "ap-northeast-1",
        place: "Japan (Tokyo)",
        host: "iot.ap-northeast-1.aliyuncs.com",
        vpc_host: Some("iot-vpc.ap-northeast-1.aliyuncs.com"),
    },
    Region {
        id: "eu-central-1",
        place: "Germany (Frankfurt)",
        host: "iot.eu-central-1.aliyuncs.com",
        vpc_host: Some("iot-vpc.eu-central-1.aliyuncs.com"),
    },
    Region {
        id: "us-west-1",
        place: "US (Silicon Valley)",
        host: "iot.us-west-1.aliyuncs.com",
        vpc_host: Some("iot-vpc.us-west-1.aliyuncs.com"),
    },
    Region {
        id: "us-east-1",
        place: "US (Virginia)",
        host: "iot.us-east-1.aliyuncs.com",
        vpc_host: Some("iot-vpc.us-east-1.aliyuncs.com"),
    },
];

/// Devices that a product in this region may hold (help.aliyun.com/en/iot/product-overview/limits, 2026).
#[must_use]
pub fn devices_per_product_max(region_id: &str) -> u64 {
    if region_id == "cn-shanghai" { 3_000_000 } else { 1_000_000 }
}

/// The region with this RegionId, if the vendor lists one.
#[must_use]
pub fn by_id(id: &str) -> Option<Region> {
    REGIONS.into_iter().find(|region| region.id == id)
}

/// The region that one of the vendor's hosts, public or inside its network, belongs to.
#[must_use]
pub fn by_host(host: &str) -> Option<Region> {
    REGIONS.into_iter().find(|region| region.host == host || region.vpc_host == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_hosts_of_a_region_name_it() {
        for host in ["iot.eu-central-1.aliyuncs.com", "iot-vpc.eu-central-1.aliyuncs.com"] {
            assert_eq!(by_host(host).map(|region| region.id), Some("eu-central-1"));
        }
        assert_eq!(by_host("iot-vpc.cn-shanghai.aliyuncs.com"), None);
        assert_eq!(by_host("iot.private.example"), None);
    }
}
