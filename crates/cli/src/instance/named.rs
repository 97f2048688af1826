//! How a person names an incident.

use std::fmt;
use std::str::FromStr;

use model::id::IncidentId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Number(i64),
    Id(IncidentId),
}

impl FromStr for Named {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.to_lowercase();
        let number = lower.strip_prefix("inc-").or(lower.strip_prefix('#')).unwrap_or(&lower);
        match (number.parse(), text.parse()) {
            (Ok(number), _) => Ok(Self::Number(number)),
            (_, Ok(id)) => Ok(Self::Id(id)),
            _ => Err("give its number (7, INC-7) or its id (inc_…)"),
        }
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "INC-{number}"),
            Self::Id(id) => write!(f, "{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_is_named_by_number_or_id() {
        for text in ["7", "INC-7", "inc-7", "#7"] {
            assert_eq!(text.parse(), Ok(Named::Number(7)), "{text}");
        }
        let id = IncidentId::from_bits(7);
        assert_eq!(id.as_str().parse(), Ok(Named::Id(id)));
        assert!("seven".parse::<Named>().is_err());
    }
}
