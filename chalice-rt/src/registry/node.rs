//! Nodes whose type of event is erased: what a middleware or a handler gives to the chains that are built of them.

use std::any::{Any, TypeId};
use std::fmt;

use crate::chain::{Middleware, Node, OverAny, middleware_node};
use crate::event::{AnyEvent, Event};

/// The node of a chain, for events of a type that is known where the chain is built.
pub(crate) struct AnyNode(Box<dyn Any + Send + Sync>);

impl AnyNode {
    pub(super) fn of<E: Event>(node: &'static dyn Node<E>) -> Self {
        AnyNode(Box::new(node))
    }

    /// The node, if it takes events of this type.
    pub(crate) fn get<E: Event>(&self) -> Option<&'static dyn Node<E>> {
        self.0.downcast_ref().copied()
    }
}

/// The type of event for which a middleware is asked for its node, and the node once it has given one.
///
/// So a middleware makes the nodes that some chain of the app has a place for, and no others.
pub struct Wanted {
    event: TypeId,
    node: Option<AnyNode>,
}

impl Wanted {
    /// The node for events of this type.
    pub(super) fn node<E: Event>(offer: &dyn Fn(&mut Wanted)) -> Option<&'static dyn Node<E>> {
        let mut wanted = Wanted { event: TypeId::of::<E>(), node: None };
        offer(&mut wanted);
        wanted.node?.get()
    }

    fn offer<E: Event>(&mut self, make: impl FnOnce() -> &'static dyn Node<E>) {
        if self.node.is_none() && self.event == TypeId::of::<E>() {
            self.node = Some(AnyNode::of(make()));
        }
    }
}

impl fmt::Debug for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wanted").finish_non_exhaustive()
    }
}

/// An event that a registered middleware may take.
pub trait Taken: Event {
    /// Gives the node of a middleware, if it is wanted.
    fn offer<M: Middleware<Self>>(middleware: &'static M, wanted: &mut Wanted);
}

macro_rules! taken {
    ($($group:ident { $($event:ident { $($rows:tt)* })* })*) => {
        $($(
            impl Taken for crate::event::$event {
                fn offer<M: Middleware<Self>>(middleware: &'static M, wanted: &mut Wanted) {
                    wanted.offer(|| middleware_node::<Self, M>(middleware));
                }
            }
        )*)*

        taken!(@ $($group { $($event)* })*);
    };
    (@ all { $($event:ident)* } $($rest:tt)*) => {
        impl Taken for AnyEvent {
            /// A node for each type of event of `all`, in which the event passes as an `AnyEvent`.
            fn offer<M: Middleware<Self>>(middleware: &'static M, wanted: &mut Wanted) {
                $(wanted.offer::<crate::event::$event>(|| middleware_node(Box::leak(Box::new(OverAny(middleware)))));)*
            }
        }
    };
}

crate::__event_kinds!(taken);
