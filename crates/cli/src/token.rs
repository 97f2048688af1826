//! `fupan token`: API tokens for programs, beside a running server or before the first start.

use app::accounts::tokens::create_for_program;
use app::app::Claim;
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use model::person::Role;

use crate::config::InstanceFlags;
use crate::instance;
use crate::serve::{runtime, say};

#[derive(Debug, Subcommand)]
pub enum Token {
    /// Create a token and print it; it is shown only now
    Create(Create),
}

#[derive(Debug, clap::Args)]
pub struct Create {
    #[command(flatten)]
    instance: InstanceFlags,
    /// What the token may do
    #[arg(long, value_parser = roles())]
    role: Role,
    /// Account that the token acts for; made when it is not there
    #[arg(long, value_name = "NAME", default_value = "token")]
    user: String,
}

fn roles() -> impl clap::builder::TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::as_str))
        .try_map(|name| Role::parse(&name).ok_or("no such role"))
}

pub fn run(token: Token) -> anyhow::Result<()> {
    let Token::Create(create) = token;
    runtime()?.block_on(async {
        let config = instance::config(create.instance)?;
        let app = instance::open(&config, Claim::Visit).await?;
        let secret = create_for_program(&app, &create.user, create.role).await?;
        app.close().await?;
        say(&format!("{}\n", secret.reveal()))
    })
}
