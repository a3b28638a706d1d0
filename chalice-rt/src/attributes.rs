//! The attributes.

pub use chalice_macros::*;
