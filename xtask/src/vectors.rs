//! `cargo xtask check-vectors FILE`: the project's signer against signatures made elsewhere. In: a file shaped like
//! `signing-vectors.json`. Out: each difference by name, and `N passed, M failed`.
//!
//! Each stage is made from the one before, as when a call is signed: the first that differs is the one to look at.

use std::fs;

use anyhow::{Context, Result, ensure};
use provisioner_core::cloud::sign::{v1, v3};
use provisioner_core::secret::Secret;
use serde_json::Value;

/// What the comparison found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Vectors that were signed as they should be.
    pub passed: usize,
    /// Vectors that were not.
    pub failed: usize,
    /// One text for each difference.
    pub differences: Vec<String>,
}

/// Checks the file and prints what it found; whether every vector passed. An error means that it could not be read.
pub fn check(file: &str) -> Result<bool> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
    let verdict = compare(&text).with_context(|| format!("{file} is not a file of signature vectors"))?;
    for difference in &verdict.differences {
        println!("{difference}");
    }
    println!("{} passed, {} failed", verdict.passed, verdict.failed);
    Ok(verdict.failed == 0)
}

fn compare(text: &str) -> Result<Verdict> {
    let file: Value = serde_json::from_str(text).context("not JSON")?;
    let vectors = file["vectors"].as_array().context("it has no list `vectors`")?;
    ensure!(!vectors.is_empty(), "its list `vectors` is empty");
    let mut verdict = Verdict::default();
    for (index, vector) in vectors.iter().enumerate() {
        let id = vector["id"].as_str().map_or_else(|| format!("vector {}", index + 1), str::to_owned);
        let differences = differences(vector).with_context(|| id.clone())?;
        if differences.is_empty() {
            verdict.passed += 1;
        } else {
            verdict.failed += 1;
        }
        verdict.differences.extend(differences.iter().map(|difference| format!("{id}: {difference}")));
    }
    Ok(verdict)
}

fn differences(vector: &Value) -> Result<Vec<String>> {
    let stages = match text(vector, "scheme")? {
        "v1-hmac-sha1" => v1_stages(vector)?,
        "v3-acs3-hmac-sha256" => v3_stages(vector)?,
        other => return Ok(vec![format!("there is no scheme `{other}`")]),
    };
    let mut differences = Vec::new();
    for (field, found) in stages {
        let expected = text(vector, field)?;
        if found != expected {
            let stage = field.replace('_', " ");
            differences.push(format!("{stage} differs\n  expected: {expected}\n  found:    {found}"));
        }
    }
    Ok(differences)
}

/// What signing makes, one stage from the other: the vector's field that holds what is expected, and what was made.
fn v1_stages(vector: &Value) -> Result<Vec<(&'static str, String)>> {
    let canonical_query = v1::canonical_query(&pairs(vector, "params")?);
    let string_to_sign = v1::string_to_sign(text(vector, "method")?, &canonical_query);
    let signature = v1::signature(&secret(vector)?, &string_to_sign);
    Ok(vec![("canonical_query", canonical_query), ("string_to_sign", string_to_sign), ("signature", signature)])
}

/// The same for signature V3.
fn v3_stages(vector: &Value) -> Result<Vec<(&'static str, String)>> {
    let content_sha256 = v3::content_sha256(text(vector, "body")?.as_bytes());
    let query = v3::canonical_query(&pairs(vector, "query")?);
    let headers = pairs(vector, "headers")?;
    let (method, path) = (text(vector, "method")?, text(vector, "path")?);
    let canonical_request = v3::canonical_request(method, path, &query, &headers, &content_sha256);
    let string_to_sign = v3::string_to_sign(&canonical_request);
    let signature = v3::signature(&secret(vector)?, &string_to_sign);
    let signed_headers = v3::signed_headers(&headers);
    let authorization = v3::authorization(text(vector, "access_key_id")?, &signed_headers, &signature);
    Ok(vec![
        ("content_sha256", content_sha256),
        ("canonical_request", canonical_request),
        ("string_to_sign", string_to_sign),
        ("signature", signature),
        ("authorization", authorization),
    ])
}

fn secret(vector: &Value) -> Result<Secret> {
    Ok(Secret::new(text(vector, "access_key_secret")?.to_owned()))
}

/// The texts of an object, by name.
fn pairs<'vector>(vector: &'vector Value, field: &str) -> Result<Vec<(&'vector str, &'vector str)>> {
    let object = vector[field].as_object().with_context(|| format!("no object `{field}`"))?;
    let pair = |(name, value): (&'vector String, &'vector Value)| {
        let value = value.as_str().with_context(|| format!("`{name}` in `{field}` is not a text"))?;
        Ok((name.as_str(), value))
    };
    object.iter().map(pair).collect()
}

fn text<'vector>(vector: &'vector Value, field: &str) -> Result<&'vector str> {
    vector[field].as_str().with_context(|| format!("no text `{field}`"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The vendor's worked example, from the document on signature 1.0 (document_detail/30563.html).
    fn example() -> Value {
        json!({
            "id": "example",
            "scheme": "v1-hmac-sha1",
            "method": "GET",
            "access_key_secret": "testsecret",
            "params": {
                "AccessKeyId": "testid",
                "Action": "DescribeRegions",
                "Format": "XML",
                "SignatureMethod": "HMAC-SHA1",
                "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
                "SignatureVersion": "1.0",
                "Timestamp": "2016-02-23T12:46:24Z",
                "Version": "2014-05-26"
            },
            "canonical_query": "AccessKeyId=testid&Action=DescribeRegions&Format=XML&SignatureMethod=HMAC-SHA1\
                                &SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0\
                                &Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26",
            "string_to_sign": "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML\
                               %26SignatureMethod%3DHMAC-SHA1\
                               %26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0\
                               %26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26",
            "signature": "OLeaidS1JvxuMvnyHOwuJ+uX5qY="
        })
    }

    fn of(vectors: &[Value]) -> Result<Verdict> {
        compare(&json!({ "vectors": vectors }).to_string())
    }

    #[test]
    fn the_documented_example_passes() {
        assert_eq!(of(&[example()]).unwrap(), Verdict { passed: 1, ..Verdict::default() });
    }

    #[test]
    fn each_stage_that_differs_is_named() {
        for (field, stage) in [
            ("canonical_query", "canonical query"),
            ("string_to_sign", "string to sign"),
            ("signature", "signature"),
            ("access_key_secret", "signature"),
        ] {
            let mut vector = example();
            vector[field] = "OTHER".into();
            let verdict = of(&[vector, example()]).unwrap();
            assert_eq!((verdict.passed, verdict.failed), (1, 1), "{field}");
            let [difference] = verdict.differences.as_slice() else { panic!("{:?}", verdict.differences) };
            assert!(difference.starts_with(&format!("example: {stage} differs")), "{difference}");
        }
    }

    #[test]
    fn other_parameters_differ_from_the_first_stage_to_the_last() {
        let mut vector = example();
        vector["params"]["Format"] = "JSON".into();
        let verdict = of(&[vector]).unwrap();
        assert_eq!((verdict.failed, verdict.differences.len()), (1, 3), "{:?}", verdict.differences);
    }

    #[test]
    fn the_vendors_vectors_of_both_schemes_pass_and_each_field_of_signature_v3_is_compared() {
        let file = include_str!("../../crates/provisioner-core/testdata/signing-vectors.json");
        assert_eq!(compare(file).unwrap(), Verdict { passed: 30, ..Verdict::default() });
        let file: Value = serde_json::from_str(file).unwrap();
        let vector = file["vectors"].as_array().unwrap().iter().find(|vector| vector["id"] == "v3-001").unwrap();
        for field in ["content_sha256", "canonical_request", "string_to_sign", "signature", "authorization"] {
            let mut vector = vector.clone();
            vector[field] = "OTHER".into();
            let differences = of(&[vector]).unwrap().differences;
            let [difference] = differences.as_slice() else { panic!("{differences:?}") };
            assert!(difference.starts_with(&format!("v3-001: {} differs", field.replace('_', " "))), "{difference}");
        }
    }

    #[test]
    fn an_unknown_scheme_is_a_failure_with_its_name() {
        let verdict = of(&[json!({ "id": "v9", "scheme": "v9-rot13" })]).unwrap();
        assert_eq!(verdict.differences, ["v9: there is no scheme `v9-rot13`"]);
        assert_eq!(verdict.failed, 1);
    }

    #[test]
    fn a_file_of_another_shape_is_not_read() {
        let mut vector = example();
        vector["params"]["Format"] = 7.into();
        assert!(of(&[vector]).is_err() && of(&[json!({})]).is_err() && of(&[]).is_err());
        assert!(compare("{}").is_err() && compare("no JSON").is_err());
    }
}
