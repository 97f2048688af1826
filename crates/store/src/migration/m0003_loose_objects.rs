//! Objects that may belong to no capture.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0003_loose_objects"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "async_trait needs the signature of the trait to the letter"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create().table("loose_object").col(text("sha256").primary_key()).to_owned();
        manager.create_table(table).await
    }
}
