//! Where something is written.

use std::fmt;

/// Where an item is written, as the attribute saw it.
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

    /// Whether the site is within the module, or in it.
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

    /// What sorts sites of one crate: the file, then the place in it.
    pub(crate) fn key(&self) -> (String, u32, u32, &'static str) {
        (self.file.replace('\\', "/"), self.line, self.column, self.name)
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The site of an item, with what only the user's crate can say of itself.
// Not public API. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __site {
    ($name:literal, $line:literal, $column:literal) => {
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
