//! The table: what each operation asks of its caller, and how much it may take. An operation that is not here is
//! refused to everyone, and a test fails.

use std::time::Duration;

use model::access::Permission::{
    self, Administer, CreateIncident, CreateToken, EditIncident, OwnAccount, OwnIncident, Public, SignedIn,
    ViewIncident,
};

/// Who is let in last when the server is full: health never waits, exports and searches wait first (RELIABILITY 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Export,
    Search,
    Read,
    Write,
    Ingest,
    SignIn,
    Health,
}

impl Class {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Search => "search",
            Self::Read => "read",
            Self::Write => "write",
            Self::Ingest => "ingest",
            Self::SignIn => "sign_in",
            Self::Health => "health",
        }
    }
}

/// How the body of a request reaches the handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// Read to its end before the handler runs.
    Whole,
    /// Handed over as it arrives.
    Stream,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The verb phrase that also names the handler, the use case and the client call.
    pub id: &'static str,
    pub permission: Permission,
    pub class: Class,
    pub intake: Intake,
    pub body_limit_bytes: u64,
    pub timeout: Duration,
}

pub const MIB: u64 = 1 << 20;

impl Operation {
    const fn new(class: Class, id: &'static str, permission: Permission) -> Self {
        let timeout = Duration::from_secs(15);
        Self { id, permission, class, intake: Intake::Whole, body_limit_bytes: MIB, timeout }
    }

    /// An answer that takes longer to make than others.
    pub const fn within(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// A body that is too large to hold in memory: a limit and a time of its own.
    pub const fn streaming(self, body_limit_bytes: u64, timeout: Duration) -> Self {
        Self { intake: Intake::Stream, body_limit_bytes, timeout, ..self }
    }
}

const fn health(id: &'static str) -> Operation {
    Operation::new(Class::Health, id, Public)
}

const fn sign_in(id: &'static str) -> Operation {
    Operation::new(Class::SignIn, id, Public)
}

const fn read(id: &'static str, permission: Permission) -> Operation {
    Operation::new(Class::Read, id, permission)
}

const fn write(id: &'static str, permission: Permission) -> Operation {
    Operation::new(Class::Write, id, permission)
}

pub const OPERATIONS: &[Operation] = &[
    health("check_health"),
    health("check_readiness"),
    health("show_metrics"),
    read("show_openapi", Public),
    read("show_setup", Public),
    sign_in("set_up"),
    read("show_session", SignedIn),
    sign_in("sign_in"),
    sign_in("sign_in_by_link"),
    write("sign_out", OwnAccount),
    read("list_sessions", OwnAccount),
    write("end_other_sessions", OwnAccount),
    write("end_session", OwnAccount),
    write("change_password", OwnAccount),
    write("update_preferences", OwnAccount),
    read("list_people", SignedIn),
    write("update_person", Administer),
    read("list_invitations", Administer),
    write("create_invitation", Administer),
    write("delete_invitation", Administer),
    sign_in("accept_invitation"),
    read("list_tokens", SignedIn),
    write("create_token", CreateToken),
    write("revoke_token", SignedIn),
    read("list_audit", Administer),
    read("list_incidents", SignedIn),
    write("create_incident", CreateIncident),
    read("get_incident", ViewIncident),
    write("update_incident", EditIncident),
    write("delete_incident", OwnIncident),
    write("put_member", OwnIncident),
    write("delete_member", OwnIncident),
    write("assign_role", EditIncident),
    write("release_role", EditIncident),
    read("show_timeline", ViewIncident),
    read("list_events", ViewIncident),
    write("add_event", EditIncident),
    write("add_events", EditIncident),
    read("get_incident_event", ViewIncident),
    read("get_event", ViewIncident),
    write("update_event", EditIncident),
    write("delete_event", EditIncident),
    write("restore_event", EditIncident),
    read("list_event_history", ViewIncident),
    write("decide_correlation", EditIncident),
    read("get_analysis", ViewIncident),
    write("rerun_analysis", EditIncident),
    write("judge_finding", EditIncident),
    read("list_series", ViewIncident),
    write("import_capture", CreateIncident).streaming(256 * MIB, Duration::from_secs(120)),
    read("get_capture", ViewIncident),
    read("get_capture_file", ViewIncident),
    read("list_capture_rows", ViewIncident),
    Operation::new(Class::Export, "export_bundle", ViewIncident).within(Duration::from_secs(120)),
    read("watch_changes", SignedIn),
    Operation::new(Class::Search, "search", SignedIn),
];

/// The entry of an operation id.
pub fn find(id: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.id == id)
}
