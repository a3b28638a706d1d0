//! The parameters in a request's path.

use std::fmt;

use bytes::Bytes;

use crate::web::wire::Text;

/// The path parameters of a request, in the order of the template: see [`Request::path_params`](super::Request::path_params).
#[derive(Clone)]
pub struct PathParams<'a> {
    pub(in crate::web) params: std::slice::Iter<'a, (&'static str, Text)>,
    pub(in crate::web) document: &'a Bytes,
}

impl<'a> Iterator for PathParams<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.params.next().map(|(name, value)| (*name, value.get(self.document)))
    }
}

impl fmt::Debug for PathParams<'_> {
    /// Shows the names only, since values may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PathParams ")?;
        f.debug_list().entries(self.clone().map(|(name, _)| name)).finish()
    }
}

/// The path parameters as the router found them, decoded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(pub(in crate::web) Vec<(&'static str, Text)>);

impl From<Vec<(&'static str, String)>> for Params {
    fn from(params: Vec<(&'static str, String)>) -> Self {
        Params(params.into_iter().map(|(name, value)| (name, Text::Own(value.into()))).collect())
    }
}
