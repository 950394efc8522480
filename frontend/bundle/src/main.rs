//! Builds the site: wasm, its JavaScript, CSS and the shell, with hashed names and compressed copies.
//!
//! Run by `make site` from the top folder. Everything goes to `frontend/site`, which release binaries embed.

mod files;
mod sources;

use anyhow::Context;

fn main() -> anyhow::Result<()> {
    // Not where this was compiled: one target folder may serve several checkouts.
    let top = std::env::current_dir()?;
    anyhow::ensure!(top.join("frontend/bundle").is_dir(), "run this from the top folder of the repository");
    let site = top.join("frontend/site");
    let (script, wasm) = sources::wasm(&top).context("building the app for the browser")?;
    let css = sources::css(&top.join("style/main.css")).context("bundling the styles")?;
    files::clear(&site)?;
    let wasm_name = files::hashed(&site, "app", "wasm", &wasm)?;
    let script = script.replace("app_bg.wasm", wasm_name.trim_start_matches("pkg/"));
    let script_name = files::hashed(&site, "app", "js", script.as_bytes())?;
    // The start has a file of its own: there is no inline script.
    let start = format!("import init from \"/{script_name}\";\ninit({{ module_or_path: \"/{wasm_name}\" }});\n");
    let start_name = files::hashed(&site, "start", "js", start.as_bytes())?;
    let css_name = files::hashed(&site, "app", "css", css.as_bytes())?;
    let shell = std::fs::read_to_string(top.join("public/index.html"))?
        .replace("{{css}}", &css_name)
        .replace("{{start}}", &start_name)
        .replace("{{script}}", &script_name)
        .replace("{{wasm}}", &wasm_name);
    files::write(&site.join("index.html"), shell.as_bytes())?;
    files::copy_public(&top.join("public"), &site)?;
    files::report(&site)
}
