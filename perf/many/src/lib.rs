//! 990 routes of several shapes, many of which begin as those of `perf/counts` do.

use chalice_rt::prelude::*;

include!(concat!(env!("OUT_DIR"), "/routes.rs"));
