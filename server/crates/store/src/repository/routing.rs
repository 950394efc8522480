//! What the router has learned of each agent.

use model::{AgentStats, Millis, Subject};
use serde::{Deserialize, Serialize};

use super::{variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

#[derive(Serialize, Deserialize)]
struct Row {
    agent: String,
    stats: AgentStats,
}

impl Store {
    /// Sets an agent's results.
    pub fn put_agent_stats(at: Millis, agent: &str, stats: &AgentStats) -> Write {
        Write::new(at, Subject::Agent, agent, "learned")
            .with_body(stats)
            .set("agent", agent)
            .set("body", write(&Row { agent: agent.to_owned(), stats: *stats }))
            .statement("UPSERT type::record('routing', $w.agent) SET body = $w.body RETURN NONE")
    }

    /// The results of all agents that have any.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn agent_stats(&self) -> Result<Vec<(String, AgentStats)>, StoreError> {
        let rows: Vec<Row> = self.bodies("agent's results", "SELECT VALUE body FROM routing", variables([])).await?;
        Ok(rows.into_iter().map(|row| (row.agent, row.stats)).collect())
    }
}
