//! Tools for JSON: a fast scanner, the path of an error in a document, and error messages without values of the
//! payload.

mod error;
mod path;
mod scan;
mod shown;

pub(crate) use error::{FaultKind, JsonFault, json_fault, not_text, read_json, read_value};
pub(crate) use path::{fault_path, path_to};
pub(crate) use scan::{Scan, read_any};
pub(crate) use shown::{Hidden, Keys};
