//! Whether someone is signed in.

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether someone is signed in; unknown until the server has said so.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Session(RwSignal<Option<bool>>);

impl Session {
    /// Asks the server, and makes the answer available to all pages.
    pub(in crate::ui) fn provide() -> Self {
        let session = Self(RwSignal::new(None));
        provide_context(session);
        spawn_local(async move {
            let person: Option<model::Person> = match Request::get("/auth/me").send().await {
                Ok(answer) => answer.json().await.unwrap_or_default(),
                Err(_) => None,
            };
            let signed_in = person.is_some();
            session.0.try_update(|state| *state = state.or(Some(signed_in)));
        });
        session
    }

    /// Whether someone is signed in.
    pub(in crate::ui) fn signed_in(self) -> Option<bool> {
        self.0.get()
    }

    /// Signs in with a link's secret.
    pub(in crate::ui) async fn sign_in(self, secret: String) -> Result<(), String> {
        let body = serde_json::json!({ "secret": secret });
        let request = Request::post("/auth/sign-in").json(&body).map_err(|error| error.to_string())?;
        let answer = request.send().await.map_err(|_| "the server cannot be reached".to_owned())?;
        if answer.ok() {
            self.0.set(Some(true));
            return Ok(());
        }
        let problem: Option<model::Problem> = answer.json().await.ok();
        Err(problem.map_or_else(|| format!("the server answered {}", answer.status()), |problem| problem.message))
    }

    /// Signs out.
    pub(in crate::ui) fn sign_out(self) {
        spawn_local(async move {
            if Request::post("/auth/sign-out").send().await.is_ok_and(|answer| answer.ok()) {
                self.0.set(Some(false));
            }
        });
    }
}
