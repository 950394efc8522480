//! Makes sure that there is a folder to embed, and that a new site is embedded anew.

fn main() {
    let site = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/site");
    if let Err(error) = std::fs::create_dir_all(&site) {
        println!("cargo::warning=the folder of the site cannot be made: {error}");
    }
    // Development builds read the site when they run; only what is embedded must be built again.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../frontend/site");
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
}
