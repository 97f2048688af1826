//! Whether a share changed: the Bayes factor of "it is another one" over "it is as before".
//!
//! Requests of one period are not independent, since the mix of what users ask for drifts, so many count as few
//! ([`DRIFT`]): a share that moved from 10 to 50 % is little, one that fell from 100 to 0 % is much.

/// Correlation between requests of one period.
const DRIFT: f64 = 0.1;
/// What one change of share may say at most.
pub const MOST: f64 = 10.0;

/// What is believed of a share before anything was counted: as if so many cases with and without had been seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    pub with: f64,
    pub without: f64,
}

impl Prior {
    /// Mostly always or mostly never.
    pub const PATH: Self = Self { with: 0.5, without: 0.5 };
    /// Failing is the exception, also of what was never seen before.
    pub const FAILURE: Self = Self { with: 0.25, without: 2.25 };
}

/// Cases that have something, of all cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub with: u32,
    pub all: u32,
}

impl Share {
    /// With and without, after drift is taken off.
    fn believed(self) -> (f64, f64) {
        let all = f64::from(self.all);
        let worth = 1.0 / (1.0 + (all - 1.0).max(0.0) * DRIFT);
        let with = f64::from(self.with);
        (with * worth, (all - with) * worth)
    }

    /// Whether this is a larger share than `other`; of nothing, the share is 0.
    pub fn is_above(self, other: Self) -> bool {
        let (own, others) = (u64::from(self.with), u64::from(other.with));
        own * u64::from(other.all.max(1)) > others * u64::from(self.all.max(1))
    }
}

/// Logarithm of the Bayes factor, 0..=[`MOST`].
pub fn surprise(before: Share, since: Share, prior: Prior) -> f64 {
    let (with, without) = before.believed();
    let (yes, no) = (with + prior.with, without + prior.without);
    let (has, lacks) = since.believed();
    let other = ln_beta(has + 1.0, lacks + 1.0);
    let same = ln_beta(has + yes, lacks + no) - ln_beta(yes, no);
    (other - same).clamp(0.0, MOST)
}

fn ln_beta(left: f64, right: f64) -> f64 {
    ln_gamma(left) + ln_gamma(right) - ln_gamma(left + right)
}

/// Stirling's series after shifting the argument up; good to 1e-9 for positive arguments.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut passed) = (x, 1.0);
    while x < 8.0 {
        passed *= x;
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_7 + series - f64::ln(passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: (u32, u32), since: (u32, u32), prior: Prior) -> f64 {
        let share = |(with, all)| Share { with, all };
        surprise(share(before), share(since), prior)
    }

    #[test]
    fn what_always_followed_and_no_more_does_is_a_surprise() {
        assert!(told((8, 8), (0, 7), Prior::PATH) > 2.0);
        assert!(told((62, 88), (0, 46), Prior::PATH) > 2.0);
        assert!(told((10, 114), (34, 72), Prior::PATH) < 2.0);
        assert!(told((50, 100), (50, 100), Prior::PATH) < 1e-9);
    }

    #[test]
    fn a_failure_needs_no_precedent_but_a_path_does() {
        assert!(told((0, 0), (12, 12), Prior::FAILURE) > 2.0);
        assert!(told((0, 0), (12, 12), Prior::PATH) < 1.0);
    }

    #[test]
    fn gamma_is_the_factorial() {
        assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-9);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-9);
    }
}
