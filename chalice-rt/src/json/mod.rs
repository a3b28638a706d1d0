//! Tools for JSON: a quick look at a document, where it is wrong, and what is wrong with it without its values.

mod error;
mod path;
mod scan;

pub(crate) use error::{FaultKind, JsonFault, json_fault, not_text, read_json, read_value};
pub(crate) use path::{fault_path, path_to};
pub(crate) use scan::{Scan, read_any};
