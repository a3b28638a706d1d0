//! Chalice for Rust: AWS Lambda functions and their middleware as attributes on plain functions.

extern crate self as chalice_rt;

// The floors of the house, from the ground up; imports go down only.
mod context;
mod error;
mod kind;
mod state;

mod event;
mod http;

mod extract;

mod chain;

