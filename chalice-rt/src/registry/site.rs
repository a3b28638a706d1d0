//! The place in the source where an item is written.

use std::cmp::Ordering;
use std::fmt;

/// The place in the source where an item is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Site {
    /// The name of the item.
    pub name: &'static str,
    /// The package.
    pub package: &'static str,
    /// The module, from the crate on.
    pub module: &'static str,
    /// The file, as the compiler names it.
    pub file: &'static str,
    /// The line of the item's name, from 1.
    pub line: u32,
    /// The column of the item's name, from 1.
    pub column: u32,
}

impl Site {
    /// The crate: the first segment of the module.
    pub(crate) fn krate(&self) -> &'static str {
        self.module.split("::").next().unwrap_or(self.module)
    }

    /// Whether the site is in the module or in one below it.
    pub(crate) fn within(&self, module: &str) -> bool {
        match self.module.strip_prefix(module) {
            Some(rest) => rest.is_empty() || rest.starts_with("::"),
            None => false,
        }
    }

    /// `module::name`, without the crate.
    pub(crate) fn path(&self) -> String {
        match self.module.split_once("::") {
            Some((_, module)) => format!("{module}::{}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// Compares two sites as their [`Site::key`]s, without making the keys.
    pub(crate) fn order(&self, other: &Site) -> Ordering {
        File(self.file).cmp(&File(other.file)).then_with(|| self.order_in_file(other))
    }

    /// Compares two sites of one file.
    pub(crate) fn order_in_file(&self, other: &Site) -> Ordering {
        let place = |site: &Site| u64::from(site.line) << 32 | u64::from(site.column);
        place(self).cmp(&place(other)).then_with(|| self.name.cmp(other.name))
    }

    /// The sort key of sites of one crate: the file, then the place in it.
    pub(crate) fn key(&self) -> SiteKey {
        SiteKey { file: File(self.file), line: self.line, column: self.column, name: self.name }
    }
}

/// The sort key of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct SiteKey {
    file: File,
    line: u32,
    column: u32,
    name: &'static str,
}

impl SiteKey {
    /// Whether both are the same place in the same file. Names are not compared.
    pub(crate) fn same_place(&self, other: &SiteKey) -> bool {
        (self.line, self.column) == (other.line, other.column) && self.file == other.file
    }
}

/// A file's name. `\` sorts as `/`, so that the order is the same on Windows.
#[derive(Debug, Clone, Copy, Default)]
struct File(&'static str);

impl File {
    fn bytes(self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| if byte == b'\\' { b'/' } else { byte })
    }
}

impl Ord for File {
    fn cmp(&self, other: &Self) -> Ordering {
        // Most comparisons are between sites of the same file.
        if std::ptr::eq(self.0, other.0) || self.0 == other.0 {
            Ordering::Equal
        } else {
            self.bytes().cmp(other.bytes())
        }
    }
}

impl PartialOrd for File {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for File {}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The site of an item. It expands in the user's crate, where these macros name that crate.
// Not public API. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __site {
    ($name:tt, $line:tt, $column:tt) => {
        $crate::__private::Site {
            name: $name,
            package: ::core::env!("CARGO_PKG_NAME"),
            module: ::core::module_path!(),
            file: ::core::file!(),
            line: $line,
            column: $column,
        }
    };
}
