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

/// A region whose hosts follow the vendor's pattern.
macro_rules! region {
    ($id:literal, $place:literal) => {
        Region {
            id: $id,
            place: $place,
            host: concat!("iot.", $id, ".aliyuncs.com"),
            vpc_host: Some(concat!("iot-vpc.", $id, ".aliyuncs.com")),
        }
    };
}

/// Every region with a public endpoint, in the vendor's order.
pub const REGIONS: [Region; 8] = [
    Region { vpc_host: None, ..region!("cn-shanghai", "China (Shanghai)") },
    region!("cn-beijing", "China (Beijing)"),
    region!("cn-shenzhen", "China (Shenzhen)"),
    region!("ap-southeast-1", "Singapore"),
    region!("ap-northeast-1", "Japan (Tokyo)"),
    region!("eu-central-1", "Germany (Frankfurt)"),
    region!("us-west-1", "US (Silicon Valley)"),
    region!("us-east-1", "US (Virginia)"),
];

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
