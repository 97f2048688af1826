//! The numbers that weigh events against each other, each with its reason. Not tuned to any data set.

/// What a correlation is made of. The weights of the reasons of a pair add up to its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlating {
    /// Two events at the same moment get this for it. Alone it proves nothing, so it stays under `least_score`.
    pub time: f64,
    /// Gap after which the weight of time has halved: alerts fire and people act within a minute or two.
    pub half_life_us: i64,
    /// No more than this apart: an hour before an incident, most things have nothing to do with it.
    pub horizon_us: i64,
    /// The same service: the most common reason why two events belong together.
    pub same_service: f64,
    /// One service calls the other: damage travels along calls, but most of a busy graph is near.
    pub call_edge: f64,
    /// The same request seen at both: as close to proof as telemetry gets.
    pub shared_trace: f64,
    /// The same version, alert, commit or finding.
    pub shared_id: f64,
    /// Both curves move together; full weight at r = 1, nothing at `least_r`.
    pub co_movement: f64,
    pub least_r: f64,
    /// How far one curve may lag behind the other, in samples of the common grid.
    pub most_lag: usize,
    /// Words in common: weak, since alerts of one rule all sound alike.
    pub text: f64,
    pub least_likeness: f64,
    /// A pair of types that usually is cause and effect, such as deploy and error; full weight at prior 1.
    pub type_pair: f64,
    /// Under this a relation is not worth showing.
    pub least_score: f64,
    /// Related events kept for each event.
    pub most_related: usize,
    /// And of a timeline as a whole: nobody opens more than a few of a hundred thousand events, and each relation takes
    /// memory and room on disk.
    pub most_relations: usize,
    /// Earlier events looked at for each event, of one index (service, neighbour, id, type).
    pub look_back: usize,
}

impl Default for Correlating {
    fn default() -> Self {
        Self {
            time: 0.20,
            half_life_us: 90 * SECOND_US,
            horizon_us: 45 * MINUTE_US,
            same_service: 0.18,
            call_edge: 0.12,
            shared_trace: 0.25,
            shared_id: 0.22,
            co_movement: 0.18,
            least_r: 0.7,
            most_lag: 12,
            text: 0.08,
            least_likeness: 0.34,
            type_pair: 0.24,
            least_score: 0.25,
            most_related: 12,
            most_relations: 500_000,
            look_back: 12,
        }
    }
}

/// When lines of one template become an event.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEvents {
    /// Bins of the window: fine enough to place a burst, coarse enough to count.
    pub bins: i64,
    /// Standard errors above the normal rate (of a Poisson count) that make a burst.
    pub burst_deviations: f64,
    /// And at least this many times the normal rate: a busy template deviates by much and means little.
    pub burst_ratio: f64,
    /// Lines that a bin must hold to count as a burst.
    pub burst_lines: f64,
    /// Lines that were due and did not come, before a template counts as gone.
    pub due_lines: f64,
    /// Lines of a new template that are needed when it is no warning and no error.
    pub new_lines: u64,
    /// Events kept for each service: the loudest.
    pub most_a_service: usize,
}

impl Default for LogEvents {
    fn default() -> Self {
        Self {
            bins: 90,
            burst_deviations: 6.0,
            burst_ratio: 3.0,
            burst_lines: 5.0,
            due_lines: 25.0,
            new_lines: 3,
            most_a_service: 24,
        }
    }
}

/// How the few events that carry the story are chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosing {
    /// More would not be read at one glance.
    pub most: usize,
    /// Services whose first sign is told, those that show most: the cascade in its first steps.
    pub most_services: usize,
    /// Score from which an anomaly may begin the story.
    pub strong: f64,
    /// Changes this long before the onset are candidates for its cause.
    pub before_onset_us: i64,
    /// Strong anomalies that begin within this time of each other are one onset; a single one is not.
    pub onset_spread_us: i64,
    /// Of a service's signs this soon after its first, the one that tells most is told.
    pub sign_spread_us: i64,
}

impl Default for Choosing {
    fn default() -> Self {
        Self {
            most: 12,
            most_services: 4,
            strong: 0.6,
            before_onset_us: 30 * MINUTE_US,
            onset_spread_us: 2 * MINUTE_US,
            sign_spread_us: 30 * SECOND_US,
        }
    }
}

pub const SECOND_US: i64 = 1_000_000;
pub const MINUTE_US: i64 = 60 * SECOND_US;

/// All of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    pub correlating: Correlating,
    pub log_events: LogEvents,
    pub choosing: Choosing,
}
