//! Nodes whose type of event is erased. Chains are built of them.

use std::any::{Any, TypeId};
use std::fmt;

use crate::chain::{Middleware, Node, OverAny, middleware_node};
use crate::event::{AnyEvent, Event};

/// A node of a chain. The code that builds the chain knows the type of event.
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

/// Requests the node of a middleware for one type of event.
///
/// A middleware makes only the nodes that some chain of the app uses. Nodes of other types would be leaked for nothing.
pub struct Wanted {
    event: TypeId,
    node: Option<AnyNode>,
}

impl Wanted {
    /// The node that `offer` makes for events of this type.
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

/// An event type that registered middleware can take.
pub trait Taken: Event {
    /// Makes the node of a middleware, if this type is the requested one.
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
            /// Makes a node for the requested type of `all`. It passes the event to the middleware as an `AnyEvent`.
            fn offer<M: Middleware<Self>>(middleware: &'static M, wanted: &mut Wanted) {
                $(wanted.offer::<crate::event::$event>(|| middleware_node(Box::leak(Box::new(OverAny(middleware)))));)*
            }
        }
    };
}

crate::__event_kinds!(taken);
