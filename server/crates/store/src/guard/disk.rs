//! Free space: below a limit nothing is written, so that the engine never meets a full disk.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::StoreError;

/// How large the ballast file is: space that can be freed when the disk is full.
const BALLAST_BYTES: u64 = 64 << 20;

/// What is known of the free space.
#[derive(Debug, Default)]
pub struct Disk {
    free: AtomicU64,
    limit: AtomicU64,
    low: AtomicBool,
}

impl Disk {
    /// Measures the free space of a folder's disk; whether it is below the limit is known from then on.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn measure(&self, folder: &Path, limit: Option<u64>) -> std::io::Result<()> {
        let stat = rustix::fs::statvfs(folder)?;
        let free = stat.f_bavail * stat.f_frsize;
        let limit = limit.unwrap_or_else(|| (1 << 30).max(stat.f_blocks * stat.f_frsize / 20));
        self.free.store(free, Ordering::Relaxed);
        self.limit.store(limit, Ordering::Relaxed);
        let low = free < limit;
        if low != self.low.swap(low, Ordering::Relaxed) {
            if low {
                tracing::error!(free, limit, "the disk is nearly full: writes are refused until space is freed");
            } else {
                tracing::info!(free, limit, "there is space again: writes are accepted");
            }
        }
        Ok(())
    }

    /// Refuses a write while space is short.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`].
    pub fn allow_write(&self) -> Result<(), StoreError> {
        if !self.low.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(StoreError::DiskFull {
            free_mib: self.free.load(Ordering::Relaxed) >> 20,
            needed_mib: self.limit.load(Ordering::Relaxed) >> 20,
        })
    }

    /// Keeps some space in reserve while there is plenty, and gives it back when it is short, so that the database can
    /// always be opened and closed.
    pub fn keep_ballast(&self, folder: &Path) {
        let path = folder.join("ballast");
        let free = self.free.load(Ordering::Relaxed);
        let limit = self.limit.load(Ordering::Relaxed);
        if free < limit {
            drop(std::fs::remove_file(&path));
        } else if !path.exists() && free > limit + 4 * BALLAST_BYTES {
            let made = File::create(&path).and_then(|file| {
                rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, BALLAST_BYTES).map_err(Into::into)
            });
            if let Err(error) = made {
                tracing::debug!(%error, "no ballast file was made");
            }
        }
    }
}
