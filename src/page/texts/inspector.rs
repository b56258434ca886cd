//! The sentences of the request inspector, as every language has to provide them.

/// The request inspector.
pub(in crate::page) struct InspectorTexts {
    /// Heading.
    pub heading: &'static str,
    /// What is shown, and what is left out.
    pub hint: &'static str,
    /// There was no call.
    pub none: &'static str,
    /// Button that looks again.
    pub look: &'static str,
}
