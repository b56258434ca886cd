//! The smallest RAM policy that lets a user do what a run does. In: actions. Out: the policy as JSON text.
//!
//! Source: help.aliyun.com/en/iot/user-guide/iot-platform-authentication-rules: rights are given by operation
//! (`iot:<name>`) only, `Resource` must be `*`, and conditions are not supported.

use super::action::Action;

/// The policy, ready to be pasted into the RAM console's JSON editor. What is optional stands in a statement of its own, the
/// second, so that it can be left out.
#[must_use]
pub fn policy(needed: &[Action], optional: &[Action]) -> String {
    ["{\n  \"Version\": \"1\",\n  \"Statement\": [\n", &statement(needed), ",\n", &statement(optional), "\n  ]\n}\n"]
        .concat()
}

fn statement(actions: &[Action]) -> String {
    let names: Vec<String> = actions.iter().map(|action| ["        \"iot:", action.name(), "\""].concat()).collect();
    [
        "    {\n      \"Effect\": \"Allow\",\n      \"Resource\": \"*\",\n      \"Action\": [\n",
        &names.join(",\n"),
        "\n      ]\n    }",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_json_that_allows_exactly_the_actions_and_what_is_optional_apart() {
        let text = policy(&[Action::QueryDevice, Action::BatchRegisterDevice], &[Action::QueryProductList]);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let allow = |actions: &[&str]| serde_json::json!({"Effect": "Allow", "Resource": "*", "Action": actions});
        let statements = [allow(&["iot:QueryDevice", "iot:BatchRegisterDevice"]), allow(&["iot:QueryProductList"])];
        let expected = serde_json::json!({"Version": "1", "Statement": statements});
        assert_eq!(read, expected);
    }
}
