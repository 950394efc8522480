//! Where the server of a data folder is: a file in the folder while it runs, so that commands can ask it.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

const FILE: &str = "server.json";

/// A running server and an owner's token for this run of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Running {
    /// Its address.
    pub url: String,
    /// The token; it dies with the process.
    pub token: String,
}

/// The file of this run; dropping it removes it.
#[derive(Debug)]
pub struct Announced {
    path: PathBuf,
}

impl Running {
    /// Writes the file, readable by this user only.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn announce(&self, data: &Path) -> std::io::Result<Announced> {
        let (path, new) = (data.join(FILE), data.join(format!("{FILE}.new")));
        drop(std::fs::remove_file(&new));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&new)?.write_all(serde_json::to_string(self)?.as_bytes())?;
        std::fs::rename(&new, &path)?;
        Ok(Announced { path })
    }

    /// The server that a data folder's file names. After a kill it may be gone.
    pub fn of(data: &Path) -> Option<Self> {
        serde_json::from_str(&std::fs::read_to_string(data.join(FILE)).ok()?).ok()
    }
}

impl Drop for Announced {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.path));
    }
}

/// The address of a server for those on the same machine.
pub fn url_of(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        let ip = if address.is_ipv4() { IpAddr::from(Ipv4Addr::LOCALHOST) } else { IpAddr::from(Ipv6Addr::LOCALHOST) };
        address.set_ip(ip);
    }
    format!("http://{address}")
}
