//! A handler's function with the sources of its arguments.

use std::fmt;

use super::source::Argument;
use crate::describe::Describe;
use crate::error::Result;

/// A function over an event `E`. `R` is its return type, for an `async fn` the future.
pub struct Call<E, R> {
    /// Reads the arguments from the event and calls the function.
    pub(crate) start: Start<E, R>,
    /// The descriptions of its arguments.
    pub(crate) description: Describe,
    /// Whether it runs once for each record.
    pub(crate) each: bool,
}

pub(crate) type Start<E, R> = Box<dyn Fn(&mut E) -> Result<R> + Send + Sync>;

/// A plain `fn` with its arguments, ready to run on a thread that may block.
pub type Blocking<R> = Box<dyn FnOnce() -> R + Send>;

impl<E: 'static, R: 'static> Call<E, R> {
    fn new<S: Sources<E>>(sources: S, function: impl Fn(S::Values) -> R + Send + Sync + 'static) -> Self {
        let mut description = Describe::default();
        let each = sources.describe(&mut description);
        Call { start: Box::new(move |event| Ok(function(sources.read(event)?))), description, each }
    }
}

impl<E, R> fmt::Debug for Call<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("each", &self.each).finish_non_exhaustive()
    }
}

/// The sources of a function's arguments.
trait Sources<E>: Send + Sync + 'static {
    /// The arguments.
    type Values;

    /// Describes the arguments. `true` if one of them is a single record.
    fn describe(&self, description: &mut Describe) -> bool;

    /// Reads the arguments one after the other.
    fn read(&self, event: &mut E) -> Result<Self::Values>;
}

// One function per number of arguments. A generic one over tuples would cost more compile time per handler.
macro_rules! calls {
    ($($call:ident $call_blocking:ident: $($argument:ident)*;)*) => {
        $(
            #[allow(non_snake_case, unused_variables)]
            impl<E: 'static, $($argument: 'static),*> Sources<E> for ($(Argument<E, $argument>,)*) {
                type Values = ($($argument,)*);

                fn describe(&self, description: &mut Describe) -> bool {
                    let ($($argument,)*) = self;
                    false $(| $argument.describe(description))*
                }

                fn read(&self, event: &mut E) -> Result<Self::Values> {
                    let ($($argument,)*) = self;
                    Ok(($($argument.read(event)?,)*))
                }
            }

            /// The call of an `async fn` with this many arguments.
            #[allow(non_snake_case, clippy::too_many_arguments)]
            pub fn $call<E: 'static, R: 'static, $($argument: 'static,)* H>(
                function: H,
                $($argument: Argument<E, $argument>),*
            ) -> Call<E, R>
            where
                H: Fn($($argument),*) -> R + Send + Sync + 'static,
            {
                Call::new(($($argument,)*), move |($($argument,)*)| function($($argument),*))
            }

            /// The call of a plain `fn` with this many arguments.
            #[allow(non_snake_case, clippy::too_many_arguments)]
            pub fn $call_blocking<E: 'static, R: 'static, $($argument: Send + 'static,)* H>(
                function: H,
                $($argument: Argument<E, $argument>),*
            ) -> Call<E, Blocking<R>>
            where
                H: Fn($($argument),*) -> R + Copy + Send + Sync + 'static,
            {
                Call::new(($($argument,)*), move |($($argument,)*)| -> Blocking<R> {
                    Box::new(move || function($($argument),*))
                })
            }
        )*
    };
}

// The attributes allow a controller and 16 arguments.
calls! {
    call_0 call_blocking_0: ;
    call_1 call_blocking_1: A0;
    call_2 call_blocking_2: A0 A1;
    call_3 call_blocking_3: A0 A1 A2;
    call_4 call_blocking_4: A0 A1 A2 A3;
    call_5 call_blocking_5: A0 A1 A2 A3 A4;
    call_6 call_blocking_6: A0 A1 A2 A3 A4 A5;
    call_7 call_blocking_7: A0 A1 A2 A3 A4 A5 A6;
    call_8 call_blocking_8: A0 A1 A2 A3 A4 A5 A6 A7;
    call_9 call_blocking_9: A0 A1 A2 A3 A4 A5 A6 A7 A8;
    call_10 call_blocking_10: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9;
    call_11 call_blocking_11: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10;
    call_12 call_blocking_12: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11;
    call_13 call_blocking_13: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12;
    call_14 call_blocking_14: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13;
    call_15 call_blocking_15: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14;
    call_16 call_blocking_16: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15;
    call_17 call_blocking_17: A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16;
}
