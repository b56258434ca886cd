//! Kills, as a power cut does it: every process of a browser at once, without a chance to put anything in order.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::browser::user_data;

/// Ends every process of the browser with this profile at once (SIGKILL), and waits until none is left.
pub async fn kill(profile: &Path) {
    let flag = user_data(profile);
    let mut processes = family(&flag);
    assert!(!processes.is_empty(), "no browser has the profile {}", profile.display());
    while !processes.is_empty() {
        // One may have ended by itself meanwhile.
        let _ = Command::new("kill").arg("-KILL").args(processes.iter().map(u32::to_string)).output().unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        processes = family(&flag);
    }
}

/// Processes with this argument, and all that descend from them; those that have ended are left out.
fn family(flag: &str) -> BTreeSet<u32> {
    let mut members = BTreeSet::new();
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap() {
        let path = entry.unwrap().path();
        let Some(id) = path.file_name().and_then(|name| name.to_str()?.parse().ok()) else { continue };
        // One that has just ended has no files any more.
        let Ok(stat) = std::fs::read_to_string(path.join("stat")) else { continue };
        let Ok(line) = std::fs::read(path.join("cmdline")) else { continue };
        let mut fields = stat.rsplit(") ").next().unwrap().split(' ');
        if fields.next() == Some("Z") {
            continue;
        }
        let parent: u32 = fields.next().unwrap().parse().unwrap();
        parents.push((id, parent));
        if line.split(|&byte| byte == 0).any(|argument| argument == flag.as_bytes()) {
            members.insert(id);
        }
    }
    loop {
        let found: Vec<u32> = parents
            .iter()
            .filter(|(id, parent)| members.contains(parent) && !members.contains(id))
            .map(|&(id, _)| id)
            .collect();
        if found.is_empty() {
            return members;
        }
        members.extend(found);
    }
}
