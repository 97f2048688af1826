//! A stream of server-sent events.

use serde_json::Value;

/// Hears changes until it is dropped.
pub struct Listener {
    response: reqwest::Response,
    arrived: String,
}

impl Listener {
    pub fn new(response: reqwest::Response) -> Self {
        Self { response, arrived: String::new() }
    }

    /// What comes first, as it comes.
    pub async fn first(&mut self) -> String {
        let chunk = self.response.chunk().await.ok().flatten().unwrap_or_default();
        String::from_utf8_lossy(&chunk).into_owned()
    }

    /// Data of the next event; `None` when the stream ends.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((block, rest)) = self.arrived.split_once("\n\n") {
                let data = block.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned);
                self.arrived = rest.to_owned();
                match data {
                    Some(data) => return serde_json::from_str(&data).ok(),
                    None => continue,
                }
            }
            let chunk = self.response.chunk().await.ok()??;
            self.arrived.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}
