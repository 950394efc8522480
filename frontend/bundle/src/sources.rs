//! Sources to what browsers load.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};
use wasm_bindgen_cli_support::Bindgen;

/// A crate as a browser loads it.
pub(crate) struct Wasm {
    /// Its JavaScript, which names the wasm `out_bg.wasm`.
    pub(crate) script: String,
    pub(crate) wasm: Vec<u8>,
}

/// Builds a crate for the browser.
pub(crate) fn wasm(top: &Path, package: &str) -> anyhow::Result<Wasm> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| top.join("target"), PathBuf::from);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .current_dir(top)
        .args(["build", "--locked", "-p", package, "--target", "wasm32-unknown-unknown", "--profile", "wasm"])
        .status()?;
    if !built.success() {
        bail!("cargo build failed");
    }
    let input = target.join(format!("wasm32-unknown-unknown/wasm/{package}.wasm"));
    let out = target.join("bundle").join(package);
    Bindgen::new()
        .input_path(&input)
        .out_name("out")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&out)?;
    let script = std::fs::read_to_string(out.join("out.js"))?;
    let wasm = out.join("out_bg.wasm");
    optimize(top, &wasm)?;
    Ok(Wasm { script, wasm: std::fs::read(&wasm)? })
}

/// Runs `wasm-opt` where there is one: of the end-to-end tests' packages, or on the PATH.
fn optimize(top: &Path, wasm: &Path) -> anyhow::Result<()> {
    let own = top.join("end2end/node_modules/.bin/wasm-opt");
    let tool = if own.exists() { own } else { PathBuf::from("wasm-opt") };
    let optimized = wasm.with_extension("opt");
    let run = Command::new(&tool)
        .args([
            "-Oz",
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--enable-reference-types",
            "--enable-multivalue",
            "-o",
        ])
        .arg(&optimized)
        .arg(wasm)
        .status();
    match run {
        Ok(status) if status.success() => std::fs::rename(&optimized, wasm).context("replacing the wasm"),
        Ok(status) => bail!("wasm-opt failed with {status}"),
        Err(_) => {
            eprintln!("there is no wasm-opt: the site works, but is larger");
            Ok(())
        }
    }
}

/// Bundles and minifies the styles.
pub(crate) fn css(entry: &Path) -> anyhow::Result<String> {
    let targets = Targets::from(Browsers {
        chrome: Some(120 << 16),
        edge: Some(120 << 16),
        firefox: Some(121 << 16),
        safari: Some((17 << 16) | (2 << 8)),
        ..Browsers::default()
    });
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| anyhow::anyhow!("{error}"))?;
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(|error| anyhow::anyhow!("{error}"))?;
    let options = PrinterOptions { minify: true, targets, ..Default::default() };
    Ok(sheet.to_css(options).map_err(|error| anyhow::anyhow!("{error}"))?.code)
}
