//! What a program may do, as it is granted on the command line.

use std::path::PathBuf;
use std::str::FromStr;

use blocks::catalog::{self, Capability, Effect};
use vm::Fault;

/// One grant: `clock`, `random`, `people`, `files=DIR`, `network=HOST`, `environment=NAME`, or `all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    what: What,
    /// To what it is limited.
    only: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Clock,
    Random,
    People,
    Files,
    Network,
    Environment,
    All,
}

impl FromStr for Grant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, only) = text.split_once('=').map_or((text, None), |(name, only)| (name, Some(only)));
        let what = match name {
            "clock" => What::Clock,
            "random" => What::Random,
            "people" => What::People,
            "files" => What::Files,
            "network" => What::Network,
            "environment" => What::Environment,
            "all" => What::All,
            _ => return Err("one of clock, random, people, files, network, environment and all is wanted".to_owned()),
        };
        let limits = matches!(what, What::Files | What::Network | What::Environment);
        match only {
            Some(_) if !limits => Err(format!("{name} cannot be limited: leave out the '='")),
            Some("") => Err(format!("what {name} is limited to is missing after '='")),
            only => Ok(Self { what, only: only.map(str::to_owned) }),
        }
    }
}

/// Names, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Names {
    #[default]
    None,
    Some(Vec<String>),
    All,
}

impl Names {
    pub(crate) fn contains(&self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::Some(names) => names.iter().any(|have| have == name),
            Self::All => true,
        }
    }

    fn add(&mut self, name: Option<String>) {
        match (&mut *self, name) {
            (Self::All, _) => {}
            (_, None) => *self = Self::All,
            (Self::None, Some(name)) => *self = Self::Some(vec![name]),
            (Self::Some(names), Some(name)) => names.push(name),
        }
    }
}

/// Everything that is granted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grants {
    clock: bool,
    random: bool,
    people: bool,
    variables: Names,
    /// The folder that files are read and written in.
    pub(crate) files: Option<PathBuf>,
    /// Hosts, such as `example.com` or `localhost:8080`.
    pub(crate) hosts: Names,
}

impl Grants {
    /// What these grants allow together.
    pub(crate) fn of(grants: &[Grant]) -> Self {
        let mut all = Self::default();
        for Grant { what, only } in grants.iter().cloned() {
            let everything = what == What::All;
            all.clock |= everything || what == What::Clock;
            all.random |= everything || what == What::Random;
            all.people |= everything || what == What::People;
            if everything || what == What::Files {
                all.files = Some(only.clone().map_or_else(|| PathBuf::from("."), PathBuf::from));
            }
            if everything || what == What::Network {
                all.hosts.add(only.clone().map(|host| host.to_lowercase()));
            }
            if everything || what == What::Environment {
                all.variables.add(only);
            }
        }
        all
    }

    /// Whether a capability is granted, in part at least.
    pub(crate) fn has(&self, capability: Capability) -> bool {
        match capability {
            Capability::Console => true,
            Capability::Clock => self.clock,
            Capability::Random => self.random,
            Capability::People => self.people,
            Capability::Files => self.files.is_some(),
            Capability::Network => self.hosts != Names::None,
            Capability::Environment => self.variables != Names::None,
            Capability::Database
            | Capability::Model
            | Capability::Agents
            | Capability::Knowledge
            | Capability::Programs => false,
        }
    }

    /// # Errors
    /// `not_granted`, with the option that would grant it.
    pub(crate) fn check(&self, effect: Effect) -> Result<(), Fault> {
        let capability = catalog::find(effect.name()).and_then(|kind| kind.capability);
        if capability.is_some_and(|capability| self.has(capability)) {
            return Ok(());
        }
        match capability.and_then(option) {
            Some(option) => Err(Fault::new("not_granted", format!("{} is not granted; add {option}", effect.name()))),
            None => Err(unanswered(effect)),
        }
    }

    /// # Errors
    /// `not_granted` if this variable is not among those that may be read.
    pub(crate) fn check_variable(&self, name: &str) -> Result<(), Fault> {
        if self.variables.contains(name) {
            return Ok(());
        }
        Err(Fault::new("not_granted", format!("the variable {name} is not granted; add --allow environment={name}")))
    }
}

/// The option of the command line that grants a capability; `None` if nothing does.
pub(crate) fn option(capability: Capability) -> Option<&'static str> {
    match capability {
        Capability::Clock => Some("--allow clock"),
        Capability::Random => Some("--allow random"),
        Capability::People => Some("--allow people"),
        Capability::Files => Some("--allow files=DIR"),
        Capability::Network => Some("--allow network=HOST"),
        Capability::Environment => Some("--allow environment=NAME"),
        Capability::Console
        | Capability::Database
        | Capability::Model
        | Capability::Agents
        | Capability::Knowledge
        | Capability::Programs => None,
    }
}

/// Nothing here answers this effect, whatever is granted.
pub(crate) fn unanswered(effect: Effect) -> Fault {
    Fault::new("not_granted", format!("runs on the command line do not answer {}", effect.name()))
}
