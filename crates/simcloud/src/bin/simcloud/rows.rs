//! The answer to `/_sim/devices`: one JSON array, written a piece at a time, so that a million devices never stand in
//! memory together.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame};
use serde_json::json;

use crate::server::Simulator;

/// Devices in one piece: about a megabyte.
const DEVICES_PER_PIECE: u64 = 4000;

/// A body that asks the cloud for more devices as it is sent. Devices that appear meanwhile are at the end of the list,
/// so that what was sent stays right.
pub struct DeviceRows {
    simulator: Arc<Simulator>,
    product_key: String,
    next: u64,
    ended: bool,
}

impl DeviceRows {
    /// All devices of a product; of one that does not exist none.
    pub fn new(simulator: Arc<Simulator>, product_key: String) -> Self {
        Self { simulator, product_key, next: 0, ended: false }
    }

    fn piece(&mut self) -> String {
        let now_ms = self.simulator.clock.now_ms();
        let devices = self.simulator.cloud().devices(&self.product_key, now_ms, self.next, DEVICES_PER_PIECE);
        let mut text = String::from(if self.next == 0 { "[" } else { "" });
        for device in &devices {
            text.push_str(if self.next == 0 { "\n" } else { ",\n" });
            self.next += 1;
            let row = json!({
                "ProductKey": self.product_key,
                "DeviceName": device.device_name,
                "DeviceSecret": device.device_secret,
                "IotId": device.iot_id,
                "DeviceId": device.device_id,
                "Nickname": device.nickname,
                "ApplyId": device.apply_id.to_string(),
            });
            text.push_str(&row.to_string());
        }
        self.ended = (devices.len() as u64) < DEVICES_PER_PIECE;
        if self.ended {
            text.push_str("\n]\n");
        }
        text
    }
}

impl Body for DeviceRows {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready((!self.ended).then(|| Ok(Frame::data(self.piece().into()))))
    }
}
