//! The router: which agent a task is for, how sure that is, and why.

use crate::agents::{self, Profile};
use crate::request::Request;
use crate::vocabulary::is_harmless;

/// What is known of an agent besides its profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// What was learned: 0 never useful, 0.5 unknown, 1 always useful.
    pub value: f64,
    /// How many results that rests on.
    pub results: u64,
    /// How many tasks it has at hand.
    pub load: usize,
}

impl Default for Standing {
    fn default() -> Self {
        Self { value: 0.5, results: 0, load: 0 }
    }
}

/// Where a task goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The agents with their shares, the best first. Shares add up to 1.
    pub ranking: Vec<(&'static str, f64)>,
    /// How sure the first one is, 0 to 1.
    pub confidence: f64,
    /// Why the first one.
    pub reasons: Vec<String>,
}

impl Route {
    /// The agent that was chosen.
    pub fn agent(&self) -> &'static str {
        self.ranking.first().map_or(agents::ALL[0].slug, |(agent, _)| agent)
    }
}

/// Routes a request. `owners` are the agents whose recipe fits it; `standing` says what is known of each agent.
pub fn route(request: &Request, owners: &[String], standing: impl Fn(&str) -> Standing) -> Route {
    let words: Vec<&str> =
        request.tokens.iter().filter_map(|token| token.word()).filter(|word| !is_harmless(word)).collect();
    let mut scored: Vec<(&'static Profile, f64, Vec<String>)> =
        agents::ALL.iter().map(|profile| score(profile, &words, owners, standing(profile.slug))).collect();
    scored.sort_by(|(_, a, _), (_, b, _)| b.total_cmp(a));
    let total: f64 = scored.iter().map(|(_, score, _)| score).sum();
    let ranking: Vec<(&'static str, f64)> =
        scored.iter().map(|(profile, score, _)| (profile.slug, score / total)).collect();
    let share = ranking.first().map_or(0.0, |(_, share)| *share);
    let even = 1.0 / agents::ALL.len() as f64;
    // An even share is no confidence at all; a fitting recipe vouches for its agent.
    let from_words = ((share - even) / (1.0 - even)).clamp(0.0, 1.0);
    let vouched = owners.iter().any(|owner| Some(owner.as_str()) == ranking.first().map(|(agent, _)| *agent));
    let confidence = if vouched { from_words.mul_add(0.1, 0.9) } else { from_words };
    let reasons = scored.into_iter().next().map(|(_, _, reasons)| reasons).unwrap_or_default();
    Route { ranking, confidence, reasons }
}

fn score(
    profile: &'static Profile,
    words: &[&str],
    owners: &[String],
    standing: Standing,
) -> (&'static Profile, f64, Vec<String>) {
    let mut reasons = Vec::new();
    let (mut strength, mut speaking) = (0.2, Vec::new());
    for word in words {
        match profile.opinion(word) {
            1 => {
                strength += weight(word);
                speaking.push(*word);
            }
            -1 => strength -= weight(word) / 2.0,
            _ => {}
        }
    }
    if !speaking.is_empty() {
        speaking.dedup();
        let verb = if speaking.len() == 1 { "speaks" } else { "speak" };
        reasons.push(format!("{} {verb} for it", speaking.join(", ")));
    }
    let mut strength = strength.max(0.05);
    if let Some(place) = owners.iter().position(|owner| owner == profile.slug) {
        // The first owner of a recipe is the one whose trade it is.
        strength += if place == 0 { 6.0 } else { 3.0 };
        reasons.push("one of its recipes fits".to_owned());
    }
    // From half for an agent that was never useful to one and a half for one that always was.
    strength *= 0.5 + standing.value;
    if standing.results > 0 {
        reasons.push(format!("learned value {:.2} from {} results", standing.value, standing.results));
    }
    if standing.load > 0 {
        strength /= 1.0 + standing.load as f64 * 0.01;
        reasons.push(format!("{} tasks at hand", standing.load));
    }
    if reasons.is_empty() {
        reasons.push("nothing speaks for or against it".to_owned());
    }
    (profile, strength, reasons)
}

/// A word that fewer agents claim says more.
fn weight(word: &str) -> f64 {
    let claims = agents::ALL.iter().filter(|profile| profile.opinion(word) == 1).count();
    1.0 / claims.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route_of(text: &str) -> Route {
        route(&Request::new(text, None, Vec::new()), &[], |_| Standing::default())
    }

    #[test]
    fn words_choose_the_agent() {
        for (text, agent) in [
            ("Sort a list of words by length", "full_stack_developer"),
            ("What is the median of this CSV column?", "data_scientist"),
            ("Is this password secure against attacks?", "security_expert"),
            ("Deploy the container to a Kubernetes cluster", "devops_engineer"),
            ("Write an architecture decision record", "system_architect"),
        ] {
            let route = route_of(text);
            assert_eq!(route.agent(), agent, "{text}: {route:?}");
            assert!(route.confidence > 0.3, "{text}: {route:?}");
            assert!((route.ranking.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn nothing_known_is_no_confidence() {
        assert!(route_of("Lorem ipsum dolor").confidence < 0.05);
    }

    #[test]
    fn what_was_learned_moves_the_choice() {
        let text = "Convert the data";
        let request = Request::new(text, None, Vec::new());
        let with = |value: f64| {
            let learned = move |slug: &str| {
                if slug == "data_scientist" { Standing { value, results: 10, load: 0 } } else { Standing::default() }
            };
            let route = route(&request, &[], learned);
            route.ranking.iter().find(|(agent, _)| *agent == "data_scientist").unwrap().1
        };
        assert!(with(0.9) > with(0.5) && with(0.5) > with(0.1));
    }

    #[test]
    fn a_recipe_vouches_for_its_agent() {
        let request = Request::new("zzz", None, Vec::new());
        let route = route(&request, &["security_expert".to_owned()], |_| Standing::default());
        assert_eq!(route.agent(), "security_expert");
        assert!(route.confidence >= 0.9);
    }
}
