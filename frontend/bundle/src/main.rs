//! Builds the site: wasm, its JavaScript, CSS and the shell, with hashed names and compressed copies.
//!
//! Run by `make site` from the top folder. Everything goes to `frontend/site`, which release binaries embed.

mod files;
mod sources;

use std::path::Path;

use anyhow::Context;

fn main() -> anyhow::Result<()> {
    // Not where this was compiled: one target folder may serve several checkouts.
    let top = std::env::current_dir()?;
    anyhow::ensure!(top.join("frontend/bundle").is_dir(), "run this from the top folder of the repository");
    let site = top.join("frontend/site");
    let css = sources::css(&top.join("style/main.css")).context("bundling the styles")?;
    let (app, worker) = (built(&top, "frontend")?, built(&top, "worker")?);
    files::clear(&site)?;
    let css_name = files::hashed(&site, "app", "css", css.as_bytes())?;
    let app = placed(&site, "app", app)?;
    let worker = placed(&site, "worker", worker)?;
    let shell = std::fs::read_to_string(top.join("public/index.html"))?
        .replace("{{css}}", &css_name)
        .replace("{{start}}", &app.start)
        .replace("{{script}}", &app.script)
        .replace("{{wasm}}", &app.wasm)
        .replace("{{worker}}", &worker.start);
    files::write(&site.join("index.html"), shell.as_bytes())?;
    files::copy_public(&top.join("public"), &site)?;
    // The worker is fetched by the first page that shows a program.
    files::report(&site, &["pkg/worker"])
}

fn built(top: &Path, package: &str) -> anyhow::Result<sources::Wasm> {
    sources::wasm(top, package).with_context(|| format!("building {package} for the browser"))
}

/// Names of files of the site, hashed.
struct Placed {
    start: String,
    script: String,
    wasm: String,
}

/// Writes a wasm, its JavaScript, and the script that starts it. The start has a file of its own: there is no inline
/// script.
fn placed(site: &Path, name: &str, built: sources::Wasm) -> anyhow::Result<Placed> {
    let wasm = files::hashed(site, name, "wasm", &built.wasm)?;
    let script = built.script.replace("out_bg.wasm", wasm.trim_start_matches("pkg/"));
    let script = files::hashed(site, name, "js", script.as_bytes())?;
    let start = format!("import init from \"/{script}\";\ninit({{ module_or_path: \"/{wasm}\" }});\n");
    let start = files::hashed(site, &format!("{name}-start"), "js", start.as_bytes())?;
    Ok(Placed { start, script, wasm })
}
