//! Agents and what was learned of them.

use model::{Agent, AgentRecipe, AgentStats};
use recall::agents::Profile;
use recall::router::Standing;
use store::{Store, Write};

use crate::{Caller, ServiceError, Services, lock};

impl Services {
    /// All agents.
    pub fn agents(&self, _caller: &Caller) -> Vec<Agent> {
        recall::agents::ALL.iter().map(|profile| self.describe(profile)).collect()
    }

    /// An agent.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn agent(&self, _caller: &Caller, slug: &str) -> Result<Agent, ServiceError> {
        let profile = recall::agents::find(slug);
        let profile = profile.ok_or_else(|| ServiceError::NotFound { what: "agent", id: slug.to_owned() })?;
        Ok(self.describe(profile))
    }

    fn describe(&self, profile: &Profile) -> Agent {
        let recipes = self
            .inner
            .library
            .recipes()
            .iter()
            .filter(|recipe| recipe.agents.iter().any(|agent| agent == profile.slug));
        Agent {
            slug: profile.slug.to_owned(),
            name: profile.name.to_owned(),
            about: profile.about.to_owned(),
            skills: profile.skills.iter().map(|skill| (*skill).to_owned()).collect(),
            recipes: recipes
                .map(|recipe| AgentRecipe {
                    name: recipe.name.clone(),
                    title: recipe.program.name.clone(),
                    examples: recipe.examples.clone(),
                })
                .collect(),
            stats: self.stats_of(profile.slug),
        }
    }

    pub(crate) fn stats_of(&self, agent: &str) -> AgentStats {
        let stats = lock(&self.inner.stats).get(agent).copied().unwrap_or_default();
        AgentStats { value: value(&stats), ..stats }
    }

    pub(crate) fn standing(&self, agent: &str) -> Standing {
        let stats = self.stats_of(agent);
        let results = stats.succeeded + stats.failed + stats.useful + stats.not_useful;
        Standing { value: stats.value, results, load: 0 }
    }

    /// Changes an agent's results; the write that keeps them goes with the task's own.
    pub(crate) fn learn(&self, agent: &str, change: impl FnOnce(&mut AgentStats)) -> Write {
        let mut all = lock(&self.inner.stats);
        let stats = all.entry(agent.to_owned()).or_default();
        change(stats);
        stats.value = value(stats);
        Store::put_agent_stats(self.inner.environment.now(), agent, stats)
    }
}

/// The expected usefulness: a Beta(4, 4) prior, results count one, people's words three.
fn value(stats: &AgentStats) -> f64 {
    let good = stats.succeeded as f64 + 3.0 * stats.useful as f64;
    let bad = stats.failed as f64 + 3.0 * stats.not_useful as f64;
    (4.0 + good) / (8.0 + good + bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feedback_moves_the_value_in_its_direction() {
        let unknown = value(&AgentStats::default());
        assert_eq!(unknown, 0.5);
        assert!(value(&AgentStats { useful: 1, ..AgentStats::default() }) > unknown);
        assert!(value(&AgentStats { not_useful: 1, ..AgentStats::default() }) < unknown);
    }
}
