//! The kinds of events, as values.

use std::fmt;

macro_rules! kinds {
    (all { $($in_all:tt)* } apart { $($apart:tt)* }) => {
        kinds!(@ [$($in_all)*] [$($in_all)* $($apart)*]);
    };
    (@ [$($_in_all:ident { $($all:ident = $_all:literal in $_all_in:ident [$($_b1:ident)*] [$($_n1:ident)*] $_d1:literal;)* })*]
       [$($_event:ident { $($kind:ident = $word:literal in $_in:ident [$($_b2:ident)*] [$($_n2:ident)*] $doc:literal;)* })*]) => {
        /// The kind of an event, which decides the middleware around its handler.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[doc = concat!($doc, ".")] $kind,)*)*
        }

        impl Kind {
            /// Every kind. The kinds of `all` come first.
            pub(crate) const EACH: &[Kind] = &[$($(Kind::$kind,)*)*];

            /// The name of the kind in `#[middleware(..)]` and in listings, as in Chalice.
            pub fn name(self) -> &'static str {
                match self {
                    $($(Kind::$kind => $word,)*)*
                }
            }
        }

        impl KindSet {
            /// The kinds of `all`: every kind but `authorizer`.
            pub const ALL: KindSet = KindSet::NONE$($(.and(KindSet::of(Kind::$all)))*)*;
        }
    };
}

crate::__event_kinds!(kinds);

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A set of kinds.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct KindSet(u64);

impl KindSet {
    /// The empty set.
    pub const NONE: KindSet = KindSet(0);

    /// The set of this one kind.
    pub const fn of(kind: Kind) -> Self {
        KindSet(1 << kind as u64)
    }

    /// The union of both sets.
    pub const fn and(self, other: KindSet) -> Self {
        KindSet(self.0 | other.0)
    }

    /// Whether the kind is in the set.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & KindSet::of(kind).0 != 0
    }

    /// Whether the sets have a kind in common.
    pub const fn overlaps(self, other: KindSet) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::EACH.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl fmt::Display for KindSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == KindSet::ALL {
            return f.write_str("all");
        }
        for (i, kind) in self.iter().enumerate() {
            write!(f, "{}{kind}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Debug for KindSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KindSet({self})")
    }
}
