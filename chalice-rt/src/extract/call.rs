//! A function with what its arguments are made of: a handler but for its answer.

use std::fmt;

use super::source::Argument;
use crate::describe::Describe;
use crate::error::Result;

/// A function of an event `E` that returns an `R`, for an `async fn` its future.
pub struct Call<E, R> {
    /// Makes the arguments of the event and calls the function.
    pub(crate) start: Start<E, R>,
    /// What its arguments say of themselves.
    pub(crate) description: Describe,
    /// Whether it runs once for each record.
    pub(crate) each: bool,
}

pub(crate) type Start<E, R> = Box<dyn Fn(&mut E) -> Result<R> + Send + Sync>;

/// What is left of a function that is no `async fn`, once its arguments are there.
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

    /// Describes them, and says whether one of them is a record.
    fn describe(&self, description: &mut Describe) -> bool;

    /// Makes the arguments one after the other.
    fn read(&self, event: &mut E) -> Result<Self::Values>;
}

// A function for each number of arguments, because one over tuples of them costs the compiler more at each handler.
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

            /// The call of a function with as many arguments.
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

            /// The call of a function that is no `async fn`.
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

// A controller and 16 arguments, which is what the attributes allow.
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
