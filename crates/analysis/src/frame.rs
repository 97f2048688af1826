//! Which moments are normal and which are under suspicion.
//!
//! A capture names a window and the moment of detection, perhaps a baseline that may lie anywhere. What lies in the
//! baseline is normal. So is what the window holds before detection, but with less trust: the fault may have begun
//! before anyone noticed, which is why everything measured against it is robust against a part that is not normal.

use model::instant::{Instant, Span};
use model::telemetry::Header;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// In the baseline.
    Normal,
    /// In the window, before detection.
    Lead,
    /// In the window, from detection on.
    After,
    /// Neither in the window nor in the baseline.
    Outside,
}

#[derive(Debug, Clone, Copy)]
pub struct Frame {
    pub window: Span,
    pub baseline: Option<Span>,
    pub detected_at: Instant,
}

impl Frame {
    pub fn of(header: &Header) -> Self {
        Self { window: header.window, baseline: header.baseline, detected_at: header.detected_at }
    }

    pub fn phase(&self, at: Instant) -> Phase {
        let in_window = self.window.start <= at && at <= self.window.end;
        if in_window && at >= self.detected_at {
            return Phase::After;
        }
        if self.baseline.is_some_and(|baseline| baseline.start <= at && at <= baseline.end) {
            return Phase::Normal;
        }
        if in_window { Phase::Lead } else { Phase::Outside }
    }
}
