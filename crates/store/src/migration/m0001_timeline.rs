//! Incidents, their timelines, evidence and findings; the ledger of what happened; jobs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, double, integer, text, text_null,
};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_timeline"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "async_trait needs the signature of the trait to the letter"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            incident(),
            member(),
            duty(),
            event(),
            event_history(),
            link(),
            capture(),
            finding(),
            series(),
            head(),
            audit(),
            change(),
            idempotency(),
            job(),
        ] {
            manager.create_table(table).await?;
        }
        for index in [
            index("incident_by_time", "incident", &["sort_at", "number"]),
            index("member_by_person", "member", &["person_id"]),
            index("event_by_time", "event", &["incident_id", "occurred_at", "seq"]),
            index("event_by_key", "event", &["incident_id", "is_key", "occurred_at", "seq"]),
            index("link_by_incident", "link", &["incident_id"]),
            index("capture_by_incident", "capture", &["incident_id"]),
            index("finding_by_incident", "finding", &["incident_id", "kind", "position"]),
            index("change_by_incident", "change", &["incident_id", "seq"]),
            index("idempotency_by_time", "idempotency", &["created_at"]),
            index("job_by_time", "job", &["state", "run_at"]),
        ] {
            manager.create_index(index).await?;
        }
        let first = Query::insert()
            .into_table("head")
            .columns(["id", "audit_seq", "audit_hash", "change_seq", "event_seq", "incident_number"])
            .values_panic([
                1.into(),
                0_i64.into(),
                String::new().into(),
                0_i64.into(),
                0_i64.into(),
                0_i64.into(),
            ])
            .to_owned();
        manager.execute(first).await
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

fn id(name: &'static str) -> ColumnDef {
    text(name).primary_key().take()
}

fn seq() -> ColumnDef {
    big_integer("seq").primary_key().take()
}

fn belongs_to_incident(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "incident_id")
        .to("incident", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn incident() -> TableCreateStatement {
    table("incident")
        .col(id("id"))
        .col(big_integer("number").unique_key())
        .col(text("title"))
        .col(text("severity"))
        .col(text("status"))
        .col(text("visibility"))
        .col(text("services"))
        .col(text_null("impact"))
        .col(text_null("entry_service"))
        .col(text_null("timezone"))
        .col(big_integer_null("window_start"))
        .col(big_integer_null("window_end"))
        .col(boolean("example"))
        .col(text("clocks"))
        .col(big_integer("sort_at"))
        .col(text_null("capture_id"))
        .col(big_integer("event_count"))
        .col(big_integer("key_event_count"))
        .col(big_integer("anomaly_count"))
        .col(big_integer("pattern_count"))
        .col(big_integer("hypothesis_count"))
        .col(text("analysis_state"))
        .col(text_null("analysis_error"))
        .col(text_null("spark"))
        .col(text("depths"))
        .col(big_integer("version"))
        .col(big_integer("revision"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("deleted_at"))
        .to_owned()
}

fn member() -> TableCreateStatement {
    table("member")
        .col(text("incident_id"))
        .col(text("person_id"))
        .col(text("access"))
        .primary_key(Index::create().col("incident_id").col("person_id"))
        .foreign_key(&mut belongs_to_incident("member"))
        .to_owned()
}

fn duty() -> TableCreateStatement {
    table("duty")
        .col(text("incident_id"))
        .col(text("duty"))
        .col(text("person_id"))
        .primary_key(Index::create().col("incident_id").col("duty"))
        .foreign_key(&mut belongs_to_incident("duty"))
        .to_owned()
}

fn event() -> TableCreateStatement {
    table("event")
        .col(seq())
        .col(text("id").unique_key())
        .col(text("incident_id"))
        .col(text("kind"))
        .col(text_null("event_type"))
        .col(big_integer("occurred_at"))
        .col(big_integer_null("ended_at"))
        .col(big_integer_null("uncertainty_us"))
        .col(big_integer_null("observed_at"))
        .col(big_integer("recorded_at"))
        .col(text_null("service"))
        .col(text_null("instance"))
        .col(text("title"))
        .col(text_null("detail"))
        .col(text("severity"))
        .col(boolean("is_key"))
        .col(text_null("key_reason"))
        .col(double("weight"))
        .col(boolean("starred"))
        .col(boolean("hidden"))
        .col(text_null("attributes"))
        .col(text("provenance"))
        .col(text_null("correlations"))
        .col(text_null("author_id"))
        .col(text_null("author_name"))
        .col(big_integer("version"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("deleted_at"))
        .foreign_key(&mut belongs_to_incident("event"))
        .to_owned()
}

fn event_history() -> TableCreateStatement {
    table("event_history")
        .col(text("event_id"))
        .col(big_integer("version"))
        .col(text("incident_id"))
        .col(text("change"))
        .col(big_integer("at"))
        .col(text("person_id"))
        .col(text("person_name"))
        .col(text("before"))
        .col(text("after"))
        .primary_key(Index::create().col("event_id").col("version"))
        .foreign_key(&mut belongs_to_incident("event_history"))
        .to_owned()
}

fn link() -> TableCreateStatement {
    table("link")
        .col(text("event_id"))
        .col(text("other_id"))
        .col(text("incident_id"))
        .col(text("state"))
        .col(text("person_id"))
        .col(text("person_name"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("event_id").col("other_id"))
        .foreign_key(&mut belongs_to_incident("link"))
        .to_owned()
}

fn capture() -> TableCreateStatement {
    table("capture")
        .col(id("id"))
        .col(text("incident_id"))
        .col(text("sha256"))
        .col(big_integer("size_bytes"))
        .col(big_integer("collected_at"))
        .col(big_integer_null("window_start"))
        .col(big_integer_null("window_end"))
        .col(text("files"))
        .foreign_key(&mut belongs_to_incident("capture"))
        .to_owned()
}

fn finding() -> TableCreateStatement {
    table("finding")
        .col(id("id"))
        .col(text("incident_id"))
        .col(text("kind"))
        .col(integer("position"))
        .col(text("state"))
        .col(big_integer("version"))
        .col(text("body"))
        .foreign_key(&mut belongs_to_incident("finding"))
        .to_owned()
}

fn series() -> TableCreateStatement {
    table("series")
        .col(text("incident_id"))
        .col(integer("position"))
        .col(text("id"))
        .col(text("about"))
        .col(binary("points"))
        .primary_key(Index::create().col("incident_id").col("position"))
        .foreign_key(&mut belongs_to_incident("series"))
        .to_owned()
}

fn head() -> TableCreateStatement {
    table("head")
        .col(integer("id").primary_key())
        .col(big_integer("audit_seq"))
        .col(text("audit_hash"))
        .col(big_integer("change_seq"))
        .col(big_integer("event_seq"))
        .col(big_integer("incident_number"))
        .to_owned()
}

fn audit() -> TableCreateStatement {
    table("audit")
        .col(seq())
        .col(big_integer("at"))
        .col(text("actor_id"))
        .col(text("actor_name"))
        .col(text_null("via"))
        .col(text("action"))
        .col(text("target"))
        .col(text_null("incident_id"))
        .col(text_null("request_id"))
        .col(text_null("detail"))
        .col(text("hash"))
        .to_owned()
}

fn change() -> TableCreateStatement {
    table("change")
        .col(seq())
        .col(big_integer("at"))
        .col(text("noun"))
        .col(text("id"))
        .col(text_null("incident_id"))
        .col(text("what"))
        .col(big_integer("version"))
        .col(text("by_id"))
        .col(text("by_name"))
        .to_owned()
}

fn idempotency() -> TableCreateStatement {
    table("idempotency")
        .col(text("principal"))
        .col(text("request_key"))
        .col(text("fingerprint"))
        .col(integer("status"))
        .col(text("body"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("principal").col("request_key"))
        .to_owned()
}

fn job() -> TableCreateStatement {
    table("job")
        .col(id("id"))
        .col(text("kind"))
        .col(text("subject"))
        .col(text_null("dedupe_key").unique_key())
        .col(text("state"))
        .col(integer("attempts"))
        .col(integer("max_attempts"))
        .col(big_integer("run_at"))
        .col(big_integer_null("leased_until"))
        .col(text_null("error"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}
