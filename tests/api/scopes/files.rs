//! A file module that is a blueprint.

use chalice_rt::prelude::*;

use super::{Trace, mark};

blueprint_module!("/files", name_prefix = "files-", middleware = [mark("files")]);

mod inner;

#[middleware("http")]
async fn of_the_files(request: Request, next: Next<Request>) -> Result<Response> {
    next.state::<Trace>()?.note("files inside");
    next.run(request).await
}

#[get("/one")]
async fn one() {}
