//! English: the form and the plan.

use provisioner_core::plan::list::ListFault;
use provisioner_core::plan::{Connection, Fault, Field, NamingChoice, Signature};

use super::super::{FormTexts, Guide, PlanTexts};
use super::names::pattern_fault;
use super::{devices, duration, number, rows};

/// The form.
pub(super) const FORM: FormTexts = FormTexts {
    heading: "New run",
    heading_again: "Next run",
    hidden_while_running: "The form comes back when the run has ended.",
    summary: "There is a problem",
    label,
    hint,
    fault,
    clean: "Remove them",
    optional: "optional",
    connection_group: "Connection",
    connection: "Connection",
    connection_name: |connection| match connection {
        Connection::Demo => "Demo: simulated cloud in this page",
        Connection::Proxy => "Through a proxy",
        Connection::Direct => "Direct to Alibaba Cloud",
    },
    connection_hint: |connection| match connection {
        Connection::Demo => "No network and no account: every device and every secret is invented in this tab.",
        Connection::Proxy => {
            "For endpoints whose answers a browser may not read. Use a proxy of your own: it can read them all."
        }
        Connection::Direct => {
            "Nobody else reads the answers. The browser may refuse it (CORS), which the test below finds out."
        }
    },
    region_place: |region| region.place,
    region_simcloud: "Simulated cloud (test server)",
    signature: "Signature",
    signature_name: |signature| match signature {
        Signature::V1 => "V1 (HMAC-SHA1)",
        Signature::V3 => "V3 (ACS3-HMAC-SHA256)",
    },
    signature_hint: |signature| match signature {
        Signature::V1 => "Works everywhere: no headers of its own.",
        Signature::V3 => {
            "The newer one. Its headers need a proxy that lets them through; a direct call is likely to be blocked \
             by the browser."
        }
    },
    account_group: "Account",
    account_demo: "The demo needs no account. To use yours, choose another connection above.",
    key_held: |id| ["The secret for ", id, " is still held in memory. Leave this empty to use it again."].concat(),
    key_lasting: "A key that lasts. A temporary one (STS) with just the rights of the plan ends by itself: prefer it.",
    key_pasted: "ID, secret and token were filled in from the answer of AssumeRole.",
    expires: |left_ms| match left_ms {
        0 => "The temporary key has expired: enter a new one.".to_owned(),
        left_ms => ["The temporary key expires in ", &duration(left_ms), "."].concat(),
    },
    show: "Show",
    hide: "Hide",
    product_group: "Product",
    product_demo: "The demo has this product ready: a1SimCloud1.",
    devices_group: "Devices",
    naming: "Device names",
    naming_name: |naming| match naming {
        NamingChoice::Random => "Random",
        NamingChoice::Pattern => "By a pattern",
        NamingChoice::List => "From a list",
        NamingChoice::Existing => "Batches that exist already",
    },
    naming_hint: |naming| match naming {
        NamingChoice::Random => "The cloud makes a unique DeviceName for each device.",
        NamingChoice::Pattern => "You choose the names: a text with a number that counts up.",
        NamingChoice::List => "Every row is checked here, before anything is sent.",
        NamingChoice::Existing => "Reads the credentials of earlier batches again. Nothing is registered.",
    },
    pattern_preview: |pattern| {
        let last = pattern.count() - 1;
        let first = if last > 1 { [pattern.name(0), pattern.name(1)].join(", ") } else { pattern.name(0) };
        let to = if last > 0 {
            [if last > 1 { " … " } else { ", " }, &pattern.name(last)].concat()
        } else {
            String::new()
        };
        [&first, &to, ": ", &devices(pattern.count())].concat()
    },
    review: "Review",
    review_hint: "Shows the plan. Nothing is sent yet.",
    guide,
};

fn guide(connection: Connection, is_existing: bool) -> Guide {
    if is_existing {
        return Guide {
            heading: "Read batches again",
            lead: "Their credentials come home once more. Nothing is registered.",
            steps: [
                ("The key", "The AccessKey of the account that registered them."),
                (
                    "The batches",
                    "Their ApplyIds, from an earlier run or the console, and their own product and region.",
                ),
                ("Review", "Shows the plan; nothing is sent yet."),
                ("Fetch", "Every row is read again, and can be saved again."),
            ],
        };
    }
    let way = match connection {
        Connection::Demo => {
            return Guide {
                heading: "Try it in a minute",
                lead: "The form is filled in for the demo: press Review, then Register.",
                steps: [
                    ("Review", "The form is checked here, and the plan says how many calls and what cannot be undone."),
                    ("Register", "The cloud makes the devices in batches of up to 10,000."),
                    (
                        "Check",
                        "Every DeviceSecret is read, within the vendor's limits. Requested, created and downloaded are \
                         compared: only if all are equal is the run complete.",
                    ),
                    ("Save", "Take the table home as a file, encrypted if it is real."),
                ],
            };
        }
        Connection::Proxy => (
            "A proxy",
            "A web server of yours that passes calls on to Alibaba Cloud and lets this page read the answers; “proxy” is \
             one beside this page. The project's deploy folder has one for nginx and one for Caddy. Test the connection \
             tries it out.",
        ),
        Connection::Direct => (
            "A direct way",
            "Not every endpoint lets a browser read its answers: Test the connection finds out, without a key too. If it \
             is blocked, a proxy is the way.",
        ),
    };
    Guide {
        heading: "What you need",
        lead: "Review checks all of it and shows the plan. Nothing is registered before you say so.",
        steps: [
            way,
            (
                "A key with few rights",
                "A RAM user for this job alone and its AccessKey, or a temporary STS token. The policy to copy \
                 stands below.",
            ),
            (
                "The product",
                "Its ProductKey from the console, under Devices, Products; the instance ID too if your instance has one.",
            ),
            ("A small first run", "Ten devices, and a look at the console's batch list: then the thousands."),
        ],
    }
}

fn label(field: Field) -> &'static str {
    match field {
        Field::ProxyUrl => "Proxy address",
        Field::Region => "Region",
        Field::EndpointHost => "Endpoint host",
        Field::AccessKeyId => "AccessKey ID",
        Field::AccessKeySecret => "AccessKey secret",
        Field::SecurityToken => "SecurityToken (STS)",
        Field::ProductKey => "ProductKey",
        Field::QuotaShare => "Share of the quota, in %",
        Field::InstanceId => "Instance ID",
        Field::Count => "Number of devices",
        Field::Pattern => "Pattern",
        Field::Names => "Names",
        Field::ApplyIds => "ApplyIds",
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::ProxyUrl => "Relative to this page, or a whole https:// address.",
        Field::Region => "Where the product is. A wrong region looks like a missing product.",
        Field::EndpointHost => "Only where the region's own host does not serve you.",
        Field::AccessKeyId => "Best a temporary one (STS.…); or that of a RAM user for this job alone.",
        Field::AccessKeySecret => "Held in the engine's memory for this tab only; never sent, never stored.",
        Field::SecurityToken => "Only with a temporary AccessKey. AssumeRole's whole answer (JSON) can be pasted here.",
        Field::ProductKey => "11 letters and digits, as the console shows it.",
        Field::QuotaShare => "10 to 100. Others who use this account need the rest.",
        Field::InstanceId => "Needed if the console shows an ID for your instance (iot-…).",
        Field::Count => "1 to 1,000,000. More than 10,000 are split into batches.",
        Field::Pattern => {
            "SN-{0001..5000} makes SN-0001, SN-0002 and so on up to SN-5000. Besides: {date}, {rand:6} for random characters, \
             and {check} at the end for a check character (ISO 7064 MOD 37,36)."
        }
        Field::ApplyIds => "One a line, 100 at most. They must be of the product above.",
        Field::Names => "One device a line: its DeviceName, or DeviceName,Nickname with a comma, tab or semicolon.",
    }
}

fn fault(field: Field, fault: &Fault) -> String {
    let name = label(field);
    match fault {
        Fault::Missing => match field {
            Field::Region => "Choose a region.".to_owned(),
            Field::Count => "Enter the number of devices.".to_owned(),
            Field::Pattern => "Enter a pattern such as SN-{0001..5000}.".to_owned(),
            Field::Names => "Paste the names, or choose a file.".to_owned(),
            Field::ApplyIds => "Enter the ApplyIds, one a line.".to_owned(),
            _ => ["Enter the ", name, "."].concat(),
        },
        Fault::Invisible { position } => {
            format!("{name} has a blank or an invisible character at place {position}.")
        }
        Fault::Character { found } => format!("{name} cannot hold the character “{found}”."),
        Fault::Length { found, expected } => {
            format!("{name} must have {expected} characters; this one has {found}.")
        }
        Fault::NotANumber => [name, " must be a whole number, in digits only, such as 5000."].concat(),
        Fault::TooSmall { limit } => [name, " must be at least ", &number(*limit), "."].concat(),
        Fault::TooLarge { limit } => match field {
            Field::Pattern | Field::Names => {
                ["These are more than ", &number(*limit), " names, the most that one run takes."].concat()
            }
            Field::ApplyIds => {
                ["These are more than ", &number(*limit), " ApplyIds, the most that one run takes."].concat()
            }
            Field::QuotaShare => [name, " must be at most ", &number(*limit), "."].concat(),
            _ => [name, " must be at most ", &number(*limit), " in one run."].concat(),
        },
        Fault::Swapped => {
            "AccessKey ID and AccessKey secret seem to stand in each other's place. Swap them.".to_owned()
        }
        Fault::TokenMissing => {
            "Enter the SecurityToken: an AccessKey ID that begins with STS. works only with its token.".to_owned()
        }
        Fault::NotAnAddress => {
            [name, " must be a path on this site or an address that begins with https://, without ? or #."].concat()
        }
        Fault::NotEncrypted => {
            [name, " must begin with https://: over plain http everyone on the way could read the device secrets."]
                .concat()
        }
        Fault::NotAHost => {
            [name, " must be a host name such as iot.cn-shanghai.aliyuncs.com, without https://."].concat()
        }
        Fault::UnknownRegion => "Choose a region from the list.".to_owned(),
        Fault::Pattern(fault) => pattern_fault(fault),
        Fault::Rows { count, faulty } => {
            ["To be corrected: ", &number(*faulty), " of ", &rows(*count), ". They are named below the list."].concat()
        }
        Fault::List(fault) => match fault {
            ListFault::Unreadable => "The browser could not read this file. Choose it again, or paste the names.",
            ListFault::NotText => {
                "This file is no list: it is neither XLSX nor text in UTF-8, UTF-16 or GB18030. Save it as CSV."
            }
            ListFault::OldWorkbook => "This is a workbook of an old Excel (XLS). Save it as XLSX or CSV.",
            ListFault::Workbook => {
                "This workbook could not be read: it is damaged or protected, or its reader did not load. Try again, or \
                 save it as CSV."
            }
        }
        .to_owned(),
        Fault::NotAnApplyId { lines } => ["No ApplyId, which is digits alone, on ", &on_lines(lines), "."].concat(),
        Fault::ApplyIdRepeated { lines } => {
            ["An ApplyId that stands above already, on ", &on_lines(lines), "."].concat()
        }
        Fault::FileTooLarge { limit_mb } => format!("This file is larger than {limit_mb} MB. Split it."),
    }
}

/// `line 2`, or `lines 2, 5`.
fn on_lines(lines: &[u32]) -> String {
    let numbers: Vec<String> = lines.iter().map(|&line| number(line)).collect();
    [if lines.len() == 1 { "line " } else { "lines " }, &numbers.join(", ")].concat()
}

/// The plan.
pub(super) const PLAN: PlanTexts = PlanTexts {
    heading: "Plan",
    devices: "Devices",
    batches: "Batches",
    batches_hint: "10,000 devices at most in each",
    calls: "API calls",
    calls_hint: "polls not counted",
    calls_existing: "as many as there are pages of 50 rows",
    seconds: "At least",
    seconds_value: |seconds| duration(u64::from(seconds) * 1000),
    seconds_hint: "plus the cloud's own time",
    cloud: "Cloud",
    cloud_demo: "Simulated, inside this page",
    cloud_named: |host, region| [host, " (", region, ")"].concat(),
    product: "ProductKey",
    instance: "Instance",
    instance_none: "none",
    names: "Names",
    names_random: "random, made by the cloud",
    names_given: |first, last| if first == last { first.to_owned() } else { [first, " … ", last].concat() },
    apply_ids: "ApplyIds",
    expires_early: "The temporary key expires before this run can end. The run would pause then, and ask for a new one.",
    trust: "Who can see the secrets",
    trust_demo: "Nobody: they are invented in this tab and open nothing.",
    trust_proxy: |host| {
        [
            "Alibaba Cloud, and whoever runs the proxy ",
            host,
            ": it can read every answer, device secrets included. The AccessKey secret never leaves this tab.",
        ]
        .concat()
    },
    trust_direct: |host| ["Only ", host, ". The AccessKey secret never leaves this tab; it only signs."].concat(),
    undo: "What cannot be undone",
    undo_demo: "Nothing: closing the tab forgets all of it.",
    undo_real: "Devices once made can only be deleted one by one. There is no batch delete.",
    undo_existing: "Nothing: this run only reads. No device is registered, changed or deleted.",
    leave: "Keep this tab open",
    leave_text: "If it is closed or crashes, open this page again in this browser: it offers to go on, and reads the rows \
                 again.",
    leave_demo: "If it is closed, the demo and its devices are gone.",
    no_journal: "This browser keeps no journal for this page (a private window, or its storage is switched off). I accept \
                 that closing the tab loses track of the batches.",
    policy: "Rights the AccessKey needs (RAM policy)",
    policy_text: "The first statement has exactly the calls of this plan, for the RAM console's JSON editor. The vendor knows no narrower rule: \
                  the resource has to be *.",
    policy_optional: "The second statement is optional: it is for what you may look up here before the run.",
    policy_name: "RAM policy",
    confirm: |count| format!("Type {count} to confirm that you want {}.", devices(count)),
    confirm_differs: |count| format!("Type the number of devices exactly: {count}."),
    discard: |count| {
        ["The last run's table has ", &rows(count), " that were not saved to a file. Starting forgets them."].concat()
    },
    start: |count| ["Register ", &devices(count)].concat(),
    start_existing: "Fetch the credentials",
    back: "Close the plan",
};
