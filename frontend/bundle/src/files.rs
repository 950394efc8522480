//! Files of the site: hashed names, compressed copies, sizes.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use brotli::enc::BrotliEncoderParams;
use sha2::{Digest, Sha256};

/// Empties the folder.
pub(crate) fn clear(site: &Path) -> anyhow::Result<()> {
    if site.exists() {
        std::fs::remove_dir_all(site)?;
    }
    std::fs::create_dir_all(site.join("pkg"))?;
    Ok(())
}

/// Writes `pkg/NAME.HASH.EXTENSION` and gives that name: a changed file has another name, so it can be cached for ever.
pub(crate) fn hashed(site: &Path, name: &str, extension: &str, content: &[u8]) -> anyhow::Result<String> {
    let hash: String = Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("pkg/{name}.{hash}.{extension}");
    write(&site.join(&name), content)?;
    Ok(name)
}

/// Writes a file, and compressed copies where they are smaller.
pub(crate) fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, content).with_context(|| path.display().to_string())?;
    for (extension, compressed) in [("br", brotli(content)?), ("gz", gzip(content)?)] {
        if compressed.len() < content.len() {
            let mut name = path.as_os_str().to_owned();
            name.push(".");
            name.push(extension);
            std::fs::write(&name, compressed)?;
        }
    }
    Ok(())
}

/// Copies what needs no building: icons and the like.
pub(crate) fn copy_public(public: &Path, site: &Path) -> anyhow::Result<()> {
    for file in std::fs::read_dir(public)? {
        let file = file?;
        if file.path().is_file() && file.file_name() != "index.html" {
            write(&site.join(file.file_name()), &std::fs::read(file.path())?)?;
        }
    }
    Ok(())
}

/// Prints what a first visit loads. Files whose names begin with one of `later` are fetched when they are needed.
pub(crate) fn report(site: &Path, later: &[&str]) -> anyhow::Result<()> {
    let (mut raw, mut compressed) = (0, 0);
    for folder in [site.to_owned(), site.join("pkg")] {
        for file in std::fs::read_dir(folder)? {
            let path = file?.path();
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_owned();
            if path.is_file() && extension != "br" && extension != "gz" {
                let size = path.metadata()?.len();
                let small = path.with_extension(format!("{extension}.br")).metadata().map_or(size, |file| file.len());
                let name = path.strip_prefix(site)?.display().to_string();
                let waits = later.iter().any(|start| name.starts_with(start));
                println!("{size:>9} {small:>9}  {name}{}", if waits { " (when needed)" } else { "" });
                if !waits {
                    raw += size;
                    compressed += small;
                }
            }
        }
    }
    println!("{raw:>9} {compressed:>9}  bytes of the first load, raw and in brotli");
    Ok(())
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut out, &parameters)?;
    Ok(out)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}
