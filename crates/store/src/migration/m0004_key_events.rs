//! The index of key events holds key events only. Few events are key ones, and each event in an index costs when a hundred
//! thousand of them go in at once.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_key_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "async_trait needs the signature of the trait to the letter"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = "event_by_key";
        manager.drop_index(Index::drop().name(name).table("event").to_owned()).await?;
        let mut index = Index::create().name(name).table("event").to_owned();
        index.col("incident_id").col("occurred_at").col("seq").and_where(Expr::col("is_key"));
        manager.create_index(index).await
    }
}
