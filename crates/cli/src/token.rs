//! `fupan token`: API tokens for programs, beside a running server, before the first start, or from afar.

use app::app::Claim;
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use model::person::Role;

use crate::instance::{Instance, WayFlags};
use crate::interrupt;
use crate::serve::say;

#[derive(Subcommand)]
pub enum Command {
    /// Create a token and print it; it is shown only now
    Create(Create),
}

#[derive(clap::Args)]
pub struct Create {
    /// What the token may do
    #[arg(long, value_parser = roles())]
    role: Role,
    /// Account that the token acts for; made when it is not there [default: token; over --server who asks]
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    #[command(flatten)]
    way: WayFlags,
}

fn roles() -> impl clap::builder::TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::as_str))
        .try_map(|name| Role::parse(&name).ok_or("no such role"))
}

pub fn run(command: Command) -> anyhow::Result<()> {
    let Command::Create(create) = command;
    interrupt::run(|_| async move {
        let instance = Instance::reach(create.way, Claim::Visit).await?;
        let token = instance.create_token(create.role, create.user.as_deref()).await?;
        instance.close().await?;
        say(&format!("{token}\n"))
    })
}
