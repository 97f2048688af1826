//! People, and how they and their programs show who they are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "async_trait needs the signature of the trait to the letter"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [person(), session(), token(), invitation(), one_time_link()] {
            manager.create_table(table).await?;
        }
        for (name, table) in [("session_by_person", "session"), ("token_by_person", "token")] {
            let index = Index::create().name(name).table(table).col("person_id").to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

fn id() -> ColumnDef {
    text("id").primary_key().take()
}

/// SHA-256 in hex.
fn digest() -> ColumnDef {
    text("digest").unique_key().take()
}

fn belongs_to_person(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "person_id")
        .to("person", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn person() -> TableCreateStatement {
    table("person")
        .col(id())
        .col(text("name"))
        .col(text_null("email").unique_key())
        .col(text("role"))
        .col(text_null("password"))
        .col(text("preferences"))
        .col(big_integer_null("suspended_at"))
        .col(big_integer("version"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    table("session")
        .col(id())
        .col(digest())
        .col(text("person_id"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut belongs_to_person("session"))
        .to_owned()
}

fn token() -> TableCreateStatement {
    table("token")
        .col(id())
        .col(digest())
        .col(text("person_id"))
        .col(text("name"))
        .col(text("role"))
        .col(text_null("incidents"))
        .col(boolean("may_create_tokens"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(&mut belongs_to_person("token"))
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    table("invitation")
        .col(id())
        .col(digest())
        .col(text("email"))
        .col(text_null("name"))
        .col(text("role"))
        .col(text("by_id"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .to_owned()
}

fn one_time_link() -> TableCreateStatement {
    table("one_time_link")
        .col(text("digest").primary_key())
        .col(text("purpose"))
        .col(text_null("person_id"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut belongs_to_person("one_time_link"))
        .to_owned()
}
