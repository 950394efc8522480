//! The watermark: the number of the newest committed event, kept beside the database.
//!
//! The engine can lose committed writes silently (a flipped bit in its log discards all that follows). At the next
//! start the database then ends before the watermark, and the store refuses to serve. The file has two slots that are
//! written in turn, so that a write that is cut off leaves the other one; it is written at every commit and flushed to
//! the disk at most every second.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

const SLOT: usize = 32;

/// The open file.
#[derive(Debug)]
pub struct Watermark {
    file: File,
    slot: usize,
    newest: u64,
}

impl Watermark {
    /// Opens or makes the file and reads the newest number that is whole; 0 if there is none.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let slots: Vec<Option<u64>> = bytes.chunks(SLOT).map(decode).collect();
        let newest = slots.iter().flatten().copied().max().unwrap_or(0);
        let slot = usize::from(slots.first().copied().flatten() == Some(newest));
        Ok(Self { file, slot, newest })
    }

    /// The newest number.
    pub fn newest(&self) -> u64 {
        self.newest
    }

    /// Writes a newer number.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn advance(&mut self, seq: u64) -> std::io::Result<()> {
        self.file.seek(SeekFrom::Start((self.slot * SLOT) as u64))?;
        self.file.write_all(&encode(seq))?;
        self.slot = 1 - self.slot;
        self.newest = seq;
        Ok(())
    }

    /// Flushes the file to the disk.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.file.sync_data()
    }
}

fn encode(seq: u64) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    slot[..8].copy_from_slice(&seq.to_le_bytes());
    slot[8..].copy_from_slice(&Sha256::digest(seq.to_le_bytes())[..SLOT - 8]);
    slot
}

fn decode(slot: &[u8]) -> Option<u64> {
    let seq = u64::from_le_bytes(slot.get(..8)?.try_into().ok()?);
    (slot == encode(seq)).then_some(seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_that_is_cut_off_leaves_the_number_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watermark");
        let mut mark = Watermark::open(&path).unwrap();
        assert_eq!(mark.newest(), 0);
        for seq in 1..=5 {
            mark.advance(seq).unwrap();
        }
        assert_eq!(Watermark::open(&path).unwrap().newest(), 5);
        let mut bytes = std::fs::read(&path).unwrap();
        // The fifth write went to the first slot.
        bytes[3] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let mut mark = Watermark::open(&path).unwrap();
        assert_eq!(mark.newest(), 4);
        mark.advance(6).unwrap();
        assert_eq!(Watermark::open(&path).unwrap().newest(), 6);
    }
}
