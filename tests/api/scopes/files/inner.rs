//! A file module that is a blueprint within another one.

use chalice_rt::prelude::*;

use crate::mark;

blueprint_module!("/inner", name_prefix = "inner-", middleware = [mark("inner")]);

#[get("/two")]
async fn two() {}
