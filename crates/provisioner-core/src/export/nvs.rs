//! Files for Espressif's tools. In: rows, a namespace, the ProductSecret where there is one. Out: the pair of CSV files
//! that the mass manufacturing utility takes, and the CSV file of one device that the partition generator takes.
//!
//! Sources: "Manufacturing Utility" and "NVS Partition Generator Utility" of the ESP-IDF programming guide; keys and
//! namespace as Alibaba's SDK for Espressif's chips reads them (github.com/espressif/esp-aliyun, `aliyun-key`).

use serde::{Deserialize, Serialize};

use super::csv::field;
use super::{ExportError, FileFormat, Record};
use crate::secret::Secret;

/// The namespace that esp-aliyun reads.
pub const NAMESPACE: &str = "aliyun-key";

/// Characters of a namespace (`NVS_KEY_NAME_MAX_SIZE` less its final zero).
const NAMESPACE_CHARACTERS_MAX: usize = 15;

/// Why the settings cannot be used; the user corrects them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NvsFault {
    /// The namespace is empty or has more than 15 characters.
    NamespaceLength,
    /// The namespace has something other than ASCII letters, digits, `-`, `_` and `.`.
    NamespaceCharacters,
    /// The ProductSecret has a character that no secret has: a control character or one that is not ASCII.
    ProductSecret,
}

/// The settings of a product, and its values file: `id,DeviceName,DeviceSecret,ProductKey,ProductSecret`. The column
/// `id` is the row's place in the file, from 1; name it with `--fileid id`.
#[derive(Clone, Debug)]
pub struct Nvs {
    namespace: String,
    product_secret: Option<Secret>,
}

impl Nvs {
    /// Checks the settings. The ProductSecret is the user's to give: the calls of a run do not hand it out.
    pub fn new(namespace: &str, product_secret: Option<Secret>) -> Result<Self, NvsFault> {
        let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if namespace.is_empty() || namespace.len() > NAMESPACE_CHARACTERS_MAX {
            return Err(NvsFault::NamespaceLength);
        }
        if !namespace.bytes().all(is_fit) {
            return Err(NvsFault::NamespaceCharacters);
        }
        let product_secret = product_secret.filter(|secret| !secret.is_empty());
        if product_secret.as_ref().is_some_and(|secret| !secret.expose().bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err(NvsFault::ProductSecret);
        }
        Ok(Self { namespace: namespace.to_owned(), product_secret })
    }

    /// The config file of the pair: which column of the values file becomes which key. The keys stand in the order of
    /// the columns, which the utility insists on; `ProductSecret` only where there is one.
    #[must_use]
    pub fn config(&self) -> String {
        let mut text = format!("{},namespace,\n", self.namespace);
        for (key, _) in self.keys("", "", "") {
            text.push_str(key);
            text.push_str(",data,string\n");
        }
        text
    }

    /// One device's file for the partition generator.
    pub fn device(&self, record: &Record<'_>, out: &mut Vec<u8>) {
        out.extend(b"key,type,encoding,value\n");
        out.extend(self.namespace.as_bytes());
        out.extend(b",namespace,,\n");
        for (key, value) in self.keys(record.row.device_name, record.row.device_secret, record.product_key) {
            out.extend(key.as_bytes());
            out.extend(b",data,string,");
            field(out, b',', "", value);
            out.push(b'\n');
        }
    }

    fn keys<'v>(
        &'v self,
        device_name: &'v str,
        device_secret: &'v str,
        product_key: &'v str,
    ) -> impl Iterator<Item = (&'static str, &'v str)> {
        let product_secret = self.product_secret.as_ref().map(|secret| ("ProductSecret", secret.expose()));
        [("DeviceName", device_name), ("DeviceSecret", device_secret), ("ProductKey", product_key)]
            .into_iter()
            .chain(product_secret)
    }
}

impl FileFormat for Nvs {
    fn open(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend(b"id,DeviceName,DeviceSecret,ProductKey,ProductSecret\n");
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let product_secret = self.product_secret.as_ref().map_or("", Secret::expose);
        out.extend(record.number.to_string().as_bytes());
        for value in [record.row.device_name, record.row.device_secret, record.product_key, product_secret] {
            out.push(b',');
            field(out, b',', "", value);
        }
        out.push(b'\n');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rows;
    use super::super::fixture::{context, table, text_of_all};
    use super::*;

    fn with_product_secret() -> Nvs {
        Nvs::new(NAMESPACE, Some(Secret::new("ps1".into()))).unwrap()
    }

    #[test]
    fn the_values_file_has_the_contracts_columns_also_without_a_product_secret() {
        let without = text_of_all(&mut Nvs::new(NAMESPACE, None).unwrap());
        assert_eq!(
            without.lines().take(2).collect::<Vec<_>>(),
            ["id,DeviceName,DeviceSecret,ProductKey,ProductSecret", "1,plain,s1,a1SimCloud1,"]
        );
        let with = text_of_all(&mut with_product_secret());
        assert_eq!(with.lines().nth(1), Some("1,plain,s1,a1SimCloud1,ps1"));
        assert!(with.contains("\n2,\"a,\"\"b\"\"\nc\",s1,a1SimCloud1,ps1\n3,"));
    }

    #[test]
    fn the_config_file_has_the_keys_in_the_order_of_the_columns() {
        assert_eq!(
            with_product_secret().config(),
            "aliyun-key,namespace,\nDeviceName,data,string\nDeviceSecret,data,string\nProductKey,data,string\n\
             ProductSecret,data,string\n"
        );
        assert!(!Nvs::new("x", Some(Secret::new(String::new()))).unwrap().config().contains("ProductSecret"));
    }

    #[test]
    fn a_devices_file_has_key_type_encoding_and_value() {
        let table = table();
        let mut out = Vec::new();
        with_product_secret().device(&Rows::all(&table, context()).record(0), &mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "key,type,encoding,value\naliyun-key,namespace,,\nDeviceName,data,string,plain\n\
             DeviceSecret,data,string,s1\nProductKey,data,string,a1SimCloud1\nProductSecret,data,string,ps1\n"
        );
    }

    #[test]
    fn settings_that_the_tools_would_refuse_are_refused() {
        let fault = |namespace, secret: &str| Nvs::new(namespace, Some(Secret::new(secret.into()))).unwrap_err();
        assert_eq!(fault("", ""), NvsFault::NamespaceLength);
        assert_eq!(fault("sixteen-and-more", ""), NvsFault::NamespaceLength);
        assert_eq!(fault("a,b", ""), NvsFault::NamespaceCharacters);
        assert_eq!(fault("fifteen-letters", "a\nb"), NvsFault::ProductSecret);
    }
}
