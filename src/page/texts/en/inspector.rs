//! English: the request inspector.

use super::super::InspectorTexts;

/// The request inspector.
pub(super) const INSPECTOR: InspectorTexts = InspectorTexts {
    heading: "What has left this tab",
    hint: "The last 100 calls, as they were sent: signature and token left out, the AccessKey ID shortened. The AccessKey \
           secret is in none of them. Answers are not kept.",
    none: "No call has left it yet.",
    look: "Look again",
};
