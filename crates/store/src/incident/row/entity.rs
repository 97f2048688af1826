//! Apart, because the derived code means the standard `Result`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "incident")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub number: i64,
    pub title: String,
    pub severity: String,
    pub status: String,
    pub visibility: String,
    pub services: String,
    pub impact: Option<String>,
    pub entry_service: Option<String>,
    pub timezone: Option<String>,
    pub window_start: Option<i64>,
    pub window_end: Option<i64>,
    pub example: bool,
    pub clocks: String,
    pub sort_at: i64,
    pub capture_id: Option<String>,
    pub event_count: i64,
    pub key_event_count: i64,
    pub anomaly_count: i64,
    pub pattern_count: i64,
    pub hypothesis_count: i64,
    pub analysis_state: String,
    pub analysis_error: Option<String>,
    pub spark: Option<String>,
    pub suspect: Option<String>,
    pub depths: String,
    pub version: i64,
    pub revision: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub deleted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
