//! Signature V1, HMAC-SHA1 (§8): method and parameters go in, the string to sign and its signature come out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::form::Params;

/// Percent-encodes as §8 step 3 wants it: only `A-Z a-z 0-9 - _ . ~` stay, hexadecimal in upper case.
pub(crate) fn percent_encode(text: &str, into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.push(char::from(HEX[usize::from(byte >> 4)]));
            into.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// All pairs, encoded and joined, in the order given.
pub(crate) fn canonical_query<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        percent_encode(name, &mut query);
        query.push('=');
        percent_encode(value, &mut query);
    }
    query
}

/// The string that both sides sign: everything but `Signature` itself.
pub(crate) fn string_to_sign(method: &str, params: &Params) -> String {
    let mut text = format!("{method}&%2F&");
    percent_encode(&canonical_query(params.iter().filter(|(name, _)| *name != "Signature")), &mut text);
    text
}

/// Base64 of the HMAC-SHA1 with the secret and a `&` as its key.
pub(crate) fn signature(access_key_secret: &str, string_to_sign: &str) -> String {
    let key = format!("{access_key_secret}&");
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values are literals from the vendor's pages and from runs of the vendor's SDKs.
    fn assert_signed(method: &str, query: &str, body: &str, expected: &str) {
        let text = string_to_sign(method, &Params::read(query, body.as_bytes()));
        assert_eq!(signature("testsecret", &text), expected, "{text}");
    }

    #[test]
    fn the_documented_example_gives_the_documented_string_and_signature() {
        let query = "Timestamp=2016-02-23T12:46:24Z&Format=XML&AccessKeyId=testid&Action=DescribeRegions\
                     &SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf\
                     &Version=2014-05-26&SignatureVersion=1.0";
        let text = string_to_sign("GET", &Params::read(query, b""));
        assert_eq!(
            text,
            "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1\
             %26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0\
             %26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26"
        );
        assert_eq!(signature("testsecret", &text), "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
    }

    #[test]
    fn the_documented_iot_example_gives_its_signature() {
        assert_signed(
            "GET",
            "AccessKeyId=testid&Action=Pub&Format=XML&MessageContent=aGVsbG93b3JsZA%3D&ProductKey=12345abcdeZ&Qos=0\
             &RegionId=cn-shanghai&ServiceCode=iot&SignatureMethod=HMAC-SHA1\
             &SignatureNonce=0715a395-aedf-4a41-bab7-746b43d38d88&SignatureVersion=1.0\
             &Timestamp=2017-10-02T09%3A39%3A41Z&TopicFullName=%2FproductKey%2Ftestdevice%2Fget&Version=2017-04-20",
            "",
            "Y9eWn4nF8QPh3c4zAFkM/k/u7eA=",
        );
    }

    #[test]
    fn every_printable_ascii_character_is_encoded_as_the_sdks_do() {
        assert_signed(
            "GET",
            "AccessKeyId=testid&Action=RegisterDevice&DeviceName=dev0001&Format=JSON&Nickname=~%7D%7C%7Bzyxwvutsrqponml\
             kjihgfedcba%60_%5E%5D%5C%5BZYXWVUTSRQPONMLKJIHGFEDCBA%40%3F%3E%3D%3C%3B%3A9876543210%2F.-%2C%2B%2A%29%28\
             %27%26%25%24%23%22%21%20&ProductKey=a1BwAGV5Kx2&RegionId=cn-shanghai&SignatureMethod=HMAC-SHA1\
             &SignatureNonce=3d5e25fdee07b5ca8dccf76596cc79d9&SignatureVersion=1.0\
             &Timestamp=2024-02-29T00%3A00%3A00Z&Version=2018-01-20",
            "",
            "P2RaYDx78RjHs1IIHjJJLTS7R64=",
        );
    }

    #[test]
    fn a_list_in_the_body_and_an_empty_parameter_are_signed_with_the_rest() {
        assert_signed(
            "POST",
            "Action=BatchCheckDeviceNames&Version=2018-01-20&RegionId=cn-shanghai&ProductKey=a1BwAGV5Kx2\
             &Timestamp=2026-03-08T09%3A10%3A11Z&SignatureMethod=HMAC-SHA1&SignatureType=&SignatureVersion=1.0\
             &SignatureNonce=2f10ef663338cc7b9e8f872195b49768&AccessKeyId=testid&Format=JSON\
             &Signature=FhiPt8j1bkM4SDKRF2Veh5nyLvI%3D",
            "DeviceName.1=dev0001&DeviceName.2=dev0002",
            "FhiPt8j1bkM4SDKRF2Veh5nyLvI=",
        );
    }

    #[test]
    fn emoji_and_chinese_are_encoded_byte_by_byte() {
        assert_signed(
            "GET",
            "AccessKeyId=testid&Action=RegisterDevice&DeviceName=dev0001&Format=JSON\
             &Nickname=%E7%81%AF%F0%9F%92%A1&ProductKey=a1BwAGV5Kx2&RegionId=cn-shanghai&SignatureMethod=HMAC-SHA1\
             &SignatureNonce=cf3079852d8a63ee07a13bcd1944988b&SignatureVersion=1.0\
             &Timestamp=2026-01-15T08%3A30%3A00Z&Version=2018-01-20",
            "",
            "VCAPhDE9D9tSl4q3bE3bgruAVDc=",
        );
    }
}
