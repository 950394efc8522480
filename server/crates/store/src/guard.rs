//! Guards around the storage engine. `notes` of the project measured what each is for.

pub mod damage;
pub mod disk;
pub mod watermark;
