//! Functions by the arguments that they take.

/// A function that takes these arguments.
pub trait Function<Arguments>: Send + Sync + 'static {
    /// What it returns: for an `async fn` its future.
    type Output;

    /// Calls it.
    fn call(&self, arguments: Arguments) -> Self::Output;
}

macro_rules! function_of {
    ($arguments:tt: $($argument:ident)*) => {
        #[allow(non_snake_case)]
        impl<H, T, $($argument),*> Function<$arguments> for H
        where
            H: Fn($($argument),*) -> T + Send + Sync + 'static,
        {
            type Output = T;

            fn call(&self, $arguments: $arguments) -> T {
                self($($argument),*)
            }
        }
    };
}

/// Functions of no argument, of one, of two, and so on.
macro_rules! functions {
    ($arguments:tt: $($argument:ident)*; ) => {
        function_of!($arguments: $($argument)*);
    };
    ($arguments:tt: $($argument:ident)*; $next:ident $($others:ident)*) => {
        function_of!($arguments: $($argument)*);
        functions!(($arguments, $next): $($argument)* $next; $($others)*);
    };
}

// A controller and 16 arguments, which is what the attributes allow.
functions!((): ; A0 A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16);
