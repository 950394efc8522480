//! Programs.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Json as JsonText, ProgramDraft, ProgramPage, ProgramRecord, RunReport};

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{context, failed};

/// Lists programs, the newest first.
#[server(prefix = "/rpc", endpoint = "program_list", input = Json, output = Json)]
pub async fn program_list(
    /// Where the page before ended.
    cursor: Option<String>,
) -> Result<ProgramPage, ApiError> {
    let (services, caller) = context()?;
    services.list_programs(&caller, None, cursor.as_deref()).await.map_err(failed)
}

/// Shows a program.
#[server(prefix = "/rpc", endpoint = "program_get", input = Json, output = Json)]
pub async fn program_get(
    /// Its id.
    id: String,
) -> Result<ProgramRecord, ApiError> {
    let (services, caller) = context()?;
    services.program(&caller, &id).await.map_err(failed)
}

/// Keeps a new program.
#[server(prefix = "/rpc", endpoint = "program_create", input = Json, output = Json)]
pub async fn program_create(
    /// What it is to be.
    draft: ProgramDraft,
) -> Result<ProgramRecord, ApiError> {
    let (services, caller) = context()?;
    services.create_program(&caller, &draft).await.map_err(failed)
}

/// Changes a program.
#[server(prefix = "/rpc", endpoint = "program_update", input = Json, output = Json)]
pub async fn program_update(
    /// Its id.
    id: String,
    /// What it is to be.
    draft: ProgramDraft,
) -> Result<ProgramRecord, ApiError> {
    let (services, caller) = context()?;
    services.update_program(&caller, &id, &draft).await.map_err(failed)
}

/// Deletes a program.
#[server(prefix = "/rpc", endpoint = "program_delete", input = Json, output = Json)]
pub async fn program_delete(
    /// Its id.
    id: String,
) -> Result<(), ApiError> {
    let (services, caller) = context()?;
    services.delete_program(&caller, &id).await.map_err(failed)
}

/// Runs a program on the server.
#[server(prefix = "/rpc", endpoint = "program_run", input = Json, output = Json)]
pub async fn program_run(
    /// Its id.
    id: String,
    /// Inputs by name, a JSON object.
    inputs: JsonText,
) -> Result<RunReport, ApiError> {
    let (services, caller) = context()?;
    services.run_program(&caller, &id, inputs.as_str()).await.map_err(failed)
}
