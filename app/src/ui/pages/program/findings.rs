//! What the checker says.

use language::Finding;
use leptos::prelude::*;

/// So many findings are shown at once; who has more mends these first.
const SHOWN: usize = 8;

/// The findings, a line each.
#[component]
pub(super) fn Findings(findings: Vec<Finding>) -> impl IntoView {
    let shown = findings.iter().take(SHOWN).map(|finding| view! { <li>{sentence(finding)}</li> }).collect_view();
    let more = findings.len().saturating_sub(SHOWN);
    view! {
        <ul class="notice" aria-label="Problems">
            {shown}{(more > 0).then(|| view! { <li>{format!("and {more} more")}</li> })}
        </ul>
    }
}

fn sentence(finding: &Finding) -> String {
    let place = match (&finding.block, finding.line) {
        (Some(block), _) => format!("{block}: "),
        (None, Some(line)) => format!("Line {line}: "),
        (None, None) => String::new(),
    };
    let kind = if finding.is_warning { "Warning, " } else { "" };
    format!("{kind}{place}{}", finding.message)
}
