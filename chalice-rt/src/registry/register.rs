//! Explicit registration of middleware: which values are middleware for which kinds.

use std::any::TypeId;

use super::metadata::MiddlewareMetadata;
use super::node::{Taken, Wanted};
use crate::chain::{Blocking, Middleware, Next};
use crate::error::Result;
use crate::event::{All, AnyEvent, AnyResponse, EventKind};
use crate::kind::KindSet;
use crate::web::Request;

/// A kind, a tuple of kinds, or [`All`].
pub trait Kinds: Copy + 'static {
    /// The kinds as a value.
    const SET: KindSet;
}

impl<K: EventKind> Kinds for K {
    const SET: KindSet = KindSet::of(K::KIND);
}

impl Kinds for All {
    const SET: KindSet = KindSet::ALL;
}

/// A value that is a middleware for the kinds `K`.
///
/// `V` is inferred. It separates middleware over the kinds' own events from functions over `AnyEvent`, which would
/// overlap otherwise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a middleware for the kind `{K}`",
    label = "does not fit this kind",
    note = "a middleware for one kind takes that kind's event: `async fn name(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value>`",
    note = "for several kinds or `All` it is a type that implements `Middleware<E>` for every `E: Event`, a factory's call, or a function over `AnyEvent`",
    note = "a function or closure that is not async is given as `blocking(name)`"
)]
pub trait MiddlewareFor<K, V>: Sized + Send + Sync + 'static {
    /// The properties of the middleware.
    #[doc(hidden)]
    fn info(&self) -> MiddlewareMetadata;

    /// Makes the middleware's node for the requested type of event.
    #[doc(hidden)]
    fn offer(this: &'static Self, wanted: &mut Wanted);

    /// The order, exclusions and name that [`with`] has set.
    #[doc(hidden)]
    fn placing(&self) -> Placing {
        Placing::default()
    }
}

/// Marks a middleware that takes the events of its kinds.
#[derive(Debug, Clone, Copy)]
pub struct Typed;

/// Marks a function over `AnyEvent`.
#[derive(Debug, Clone, Copy)]
pub struct OverAnyEvent;

/// Marks a middleware with an order, exclusions or a name.
#[derive(Debug, Clone, Copy)]
pub struct Placed<V>(V);

/// The order, exclusions and name that [`With`] sets.
#[derive(Debug, Clone, Default)]
pub struct Placing {
    pub(crate) order: i32,
    pub(crate) exclude: Vec<String>,
    pub(crate) name: Option<String>,
    pub(crate) provides: Vec<TypeId>,
}

/// A function, closure or `blocking` function over `AnyEvent`. Types that are generic over the event are not.
#[doc(hidden)]
pub trait AnyFunction: Middleware<AnyEvent> {}

impl<F, Fut> AnyFunction for F
where
    F: Fn(AnyEvent, Next<AnyEvent>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<AnyResponse>> + Send + 'static,
{
}

impl<F> AnyFunction for Blocking<F> where
    F: Fn(AnyEvent, Next<AnyEvent>) -> Result<AnyResponse> + Clone + Send + Sync + 'static
{
}

macro_rules! one_kind {
    ($($group:ident { $($event:ident { $($kind:ident = $word:literal in $module:ident [$($bound:ident)*] [$($named:ident)*] $doc:literal;)* })* })*) => {
        $($($(
            #[diagnostic::do_not_recommend]
            impl<M: Middleware<crate::event::$event>> MiddlewareFor<crate::event::$kind, Typed> for M {
                fn info(&self) -> MiddlewareMetadata {
                    MiddlewareMetadata::of::<crate::event::$event, M>(self)
                }

                fn offer(this: &'static Self, wanted: &mut Wanted) {
                    <crate::event::$event as Taken>::offer(this, wanted);
                }
            }

            over_any! { [] crate::event::$kind }
        )*)*)*

        all_kinds! { $($group { $($event)* })* }
    };
}

macro_rules! all_kinds {
    (all { $($event:ident)* } $($apart:tt)*) => {
        #[diagnostic::do_not_recommend]
        impl<M> MiddlewareFor<All, Typed> for M
        where
            M: $(Middleware<crate::event::$event> +)*
        {
            fn info(&self) -> MiddlewareMetadata {
                MiddlewareMetadata::of::<Request, M>(self)
            }

            fn offer(this: &'static Self, wanted: &mut Wanted) {
                $(<crate::event::$event as Taken>::offer(this, wanted);)*
            }
        }

        over_any! { [] All }
    };
}

macro_rules! several_kinds {
    ($(($($kind:ident),*);)*) => {$(
        impl<$($kind: EventKind),*> Kinds for ($($kind,)*) {
            const SET: KindSet = KindSet::NONE$(.and(KindSet::of($kind::KIND)))*;
        }

        #[diagnostic::do_not_recommend]
        impl<M, $($kind),*> MiddlewareFor<($($kind,)*), Typed> for M
        where
            M: $(MiddlewareFor<$kind, Typed> +)*
        {
            fn info(&self) -> MiddlewareMetadata {
                <M as MiddlewareFor<A, Typed>>::info(self)
            }

            fn offer(this: &'static Self, wanted: &mut Wanted) {
                $(<M as MiddlewareFor<$kind, Typed>>::offer(this, wanted);)*
            }
        }

        over_any! { [$($kind: 'static),*] ($($kind,)*) }
    )*};
}

macro_rules! over_any {
    ([$($generics:tt)*] $kinds:ty) => {
        #[diagnostic::do_not_recommend]
        impl<M: AnyFunction, $($generics)*> MiddlewareFor<$kinds, OverAnyEvent> for M {
            fn info(&self) -> MiddlewareMetadata {
                MiddlewareMetadata::of::<AnyEvent, M>(self)
            }

            fn offer(this: &'static Self, wanted: &mut Wanted) {
                <AnyEvent as Taken>::offer(this, wanted);
            }
        }
    };
}

crate::__event_kinds!(one_kind);

several_kinds! {
    (A);
    (A, B);
    (A, B, C);
    (A, B, C, D);
    (A, B, C, D, F);
    (A, B, C, D, F, G);
    (A, B, C, D, F, G, H);
    (A, B, C, D, F, G, H, I);
    (A, B, C, D, F, G, H, I, J);
    (A, B, C, D, F, G, H, I, J, K);
    (A, B, C, D, F, G, H, I, J, K, L);
    (A, B, C, D, F, G, H, I, J, K, L, N);
}

/// A middleware with an order, exclusions and a name. Made by [`with`].
#[derive(Debug, Clone)]
pub struct With<M> {
    middleware: M,
    placing: Placing,
}

/// Adds the attribute arguments `order`, `exclude` and `name` to a middleware for `register_middleware`.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// async fn authenticate(request: Request, next: Next<Request>) -> Result<Response> {
///     next.run(request).await
/// }
///
/// let app = app!().register_middleware(with(authenticate).order(-5).exclude(["/health"]).name("auth"), Http);
/// ```
pub fn with<M>(middleware: M) -> With<M> {
    With { middleware, placing: Placing::default() }
}

impl<M> With<M> {
    /// Sets the order within the scope: smaller is further out. Default 0.
    pub fn order(mut self, order: i32) -> Self {
        self.placing.order = order;
        self
    }

    /// Sets the handlers that the middleware leaves out: route templates (`"/health"`), a method and a template (`"GET
    /// /health"`), names, or `module::name`.
    pub fn exclude<S: Into<String>>(mut self, handlers: impl IntoIterator<Item = S>) -> Self {
        self.placing.exclude = handlers.into_iter().map(Into::into).collect();
        self
    }

    /// Says that the middleware puts a `T` into the request's extensions. A handler or a middleware that takes
    /// `Extension<T>` outside of it is then a launch error.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// #[derive(Clone)]
    /// struct User(String);
    ///
    /// async fn identify(mut request: Request, next: Next<Request>) -> Result<Response> {
    ///     request.extensions_mut().insert(User("ada".to_owned()));
    ///     next.run(request).await
    /// }
    ///
    /// let app = app!().register_middleware(with(identify).provides::<User>(), Http);
    /// ```
    pub fn provides<T: 'static>(mut self) -> Self {
        self.placing.provides.push(TypeId::of::<T>());
        self
    }

    /// Sets the name in listings, spans, `exclude` and `skip`. Default: the function's or the type's.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.placing.name = Some(name.into());
        self
    }
}

#[diagnostic::do_not_recommend]
impl<K, V: 'static, M: MiddlewareFor<K, V>> MiddlewareFor<K, Placed<V>> for With<M> {
    fn info(&self) -> MiddlewareMetadata {
        self.middleware.info()
    }

    fn offer(this: &'static Self, wanted: &mut Wanted) {
        <M as MiddlewareFor<K, V>>::offer(&this.middleware, wanted);
    }

    fn placing(&self) -> Placing {
        self.placing.clone()
    }
}
