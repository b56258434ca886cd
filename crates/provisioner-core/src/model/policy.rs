//! The smallest RAM policy that lets a user do what a run does. In: actions. Out: the policy as JSON text.
//!
//! Source: help.aliyun.com/en/iot/user-guide/iot-platform-authentication-rules: rights are given by operation
//! (`iot:<name>`) only, `Resource` must be `*`, and conditions are not supported.

use super::action::Action;

/// The policy, ready to be pasted into the RAM console's JSON editor.
#[must_use]
pub fn policy(actions: &[Action]) -> String {
    let names: Vec<String> = actions.iter().map(|action| ["        \"iot:", action.name(), "\""].concat()).collect();
    [
        "{\n  \"Version\": \"1\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Resource\": \"*\",\n      \"Action\": [\n",
        &names.join(",\n"),
        "\n      ]\n    }\n  ]\n}\n",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_json_that_allows_exactly_the_actions() {
        let text = policy(&[Action::QueryDevice, Action::BatchRegisterDevice]);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!({"Version": "1", "Statement": [{
            "Effect": "Allow", "Resource": "*", "Action": ["iot:QueryDevice", "iot:BatchRegisterDevice"]}]});
        assert_eq!(read, expected);
    }
}
