//! What the documentation leaves open (§16): one setting per question, each with the default the simulator has chosen.

/// Turns the derives on that a configuration file needs; the library in the page goes without.
macro_rules! setting {
    ($(#[$outer:meta])* pub enum $name:ident { $($(#[$inner:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(not(target_arch = "wasm32"), serde(rename_all = "snake_case"))]
        pub enum $name { $($(#[$inner])* $variant),+ }
    };
}

setting! {
    /// What happens to a request that is not quite right.
    pub enum Strictness {
        /// A business error.
        Refuse,
        /// The nearest sensible meaning.
        Tolerate,
    }
}

setting! {
    /// What `QueryPageByApplyId` shows of a batch that is not finished.
    pub enum UnfinishedRows {
        /// No rows, `Total` 0.
        Hidden,
        /// The rows made so far; `Total` grows.
        Growing,
        /// `iot.device.QueryDeviceApplyActionError`.
        Refused,
    }
}

setting! {
    /// In which order `QueryPageByApplyId` lists a batch.
    pub enum RowOrder {
        /// As they were made, or as the names were given.
        Creation,
        /// The other way round.
        Reversed,
        /// In no visible order, but the same on every page of every call.
        Shuffled,
    }
}

setting! {
    /// When a faulty name is reported.
    pub enum Reported {
        /// `BatchCheckDeviceNames` itself fails and lists it.
        AtOnce,
        /// The check is accepted and ends in CHECK_FAILED.
        InCheck,
    }
}

setting! {
    /// Language of `ErrorMessage`.
    pub enum Language {
        /// As on the English pages.
        English,
        /// As in the documentation's samples.
        Chinese,
    }
}

setting! {
    /// Who refuses an action that the RAM user has no right to.
    pub enum RamDenial {
        /// The gateway: HTTP 403, `Forbidden.RAM`.
        Gateway,
        /// The platform: HTTP 200, `iot.common.RamActionPermissionDeny`.
        Platform,
    }
}

/// The answers to the open questions. The comment on each field ends with its default.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(default, deny_unknown_fields))]
pub struct Choices {
    /// Rows of a batch that is not finished: hidden.
    pub unfinished_rows: UnfinishedRows,
    /// Order of a batch's rows: creation.
    pub row_order: RowOrder,
    /// PageSize above the maximum: refuse with `iot.common.InvalidPageParams`, or tolerate by clamping; refuse.
    pub oversized_page: Strictness,
    /// CurrentPage 0: refuse with `iot.common.InvalidPageParams`, or tolerate as page 1; refuse.
    pub page_zero: Strictness,
    /// A page beyond the end: refuse with `iot.common.InvalidPageParams`, or tolerate with no rows; tolerate.
    pub page_beyond_end: Strictness,
    /// A ProductKey that is not the batch's: refuse with `iot.device.IncorrentDeviceApplyInfo`, or tolerate; refuse.
    pub foreign_product: Strictness,
    /// BatchRegisterDeviceWithApplyId once more: refuse, with `iot.device.CreateDeviceTaskIsRunning` while the batch is
    /// made and `iot.device.IncorrentDeviceApplyInfo` afterwards, or tolerate: the same ApplyId, nothing done; refuse.
    pub repeated_registration: Strictness,
    /// How long after its submission an ApplyId can be asked about, in ms, 0 for ever; 0.
    pub apply_id_lifetime_ms: u64,
    /// How long a nonce is remembered, in ms; 1,800,000, which is all the time a time stamp can stay valid.
    pub nonce_memory_ms: u64,
    /// How far a time stamp may lie from the cloud's clock, either way, in ms; 900,000 (15 minutes, §7).
    pub timestamp_window_ms: u64,
    /// Calls of all actions together that an account may make in every sliding second, 0 for no such limit; 0.
    pub account_qps: u32,
    /// Whether a throttled call uses up quota as well; false.
    pub refused_calls_use_quota: bool,
    /// Code for a product that is full; `iot.device.ApplyManyDevicesFailed`.
    pub full_product_code: String,
    /// Code for a Count below 1; `iot.system.IllegalRequest`.
    pub low_count_code: String,
    /// When malformed names are reported; at once.
    pub malformed_names: Reported,
    /// When malformed nicknames are reported; at once.
    pub malformed_nicknames: Reported,
    /// When names that stand twice in one check are reported; at once.
    pub repeated_names: Reported,
    /// When names that the product has already are reported; in check.
    pub taken_names: Reported,
    /// Language of `ErrorMessage`; Chinese.
    pub language: Language,
    /// Who refuses for want of a right; the gateway.
    pub ram_denial: RamDenial,
    /// Whether a successful reply has `Code` and `ErrorMessage` as empty texts (§2.0); false.
    pub empty_code_on_success: bool,
    /// Whether a status other than a failure carries an empty `InvalidDetailList` (§2.2); false.
    pub empty_details_on_success: bool,
    /// Whether an ApplyId is written as a JSON string instead of a number (§2.0); false.
    pub apply_id_as_text: bool,
    /// Whether devices of an X.509 product have a DeviceSecret; true.
    pub x509_secrets: bool,
    /// `Access-Control-Allow-Headers` of the answer to OPTIONS; the list seen in 2021 (§13).
    pub cors_allow_headers: String,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            unfinished_rows: UnfinishedRows::Hidden,
            row_order: RowOrder::Creation,
            oversized_page: Strictness::Refuse,
            page_zero: Strictness::Refuse,
            page_beyond_end: Strictness::Tolerate,
            foreign_product: Strictness::Refuse,
            repeated_registration: Strictness::Refuse,
            apply_id_lifetime_ms: 0,
            nonce_memory_ms: 1_800_000,
            timestamp_window_ms: 900_000,
            account_qps: 0,
            refused_calls_use_quota: false,
            full_product_code: "iot.device.ApplyManyDevicesFailed".to_owned(),
            low_count_code: "iot.system.IllegalRequest".to_owned(),
            malformed_names: Reported::AtOnce,
            malformed_nicknames: Reported::AtOnce,
            repeated_names: Reported::AtOnce,
            taken_names: Reported::InCheck,
            language: Language::Chinese,
            ram_denial: RamDenial::Gateway,
            empty_code_on_success: false,
            empty_details_on_success: false,
            apply_id_as_text: false,
            x509_secrets: true,
            cors_allow_headers: "X-Requested-With, X-Sequence, _aop_secret, _aop_signature".to_owned(),
        }
    }
}
