//! `local`: prints the handlers and the address, then serves.

use super::args::Local;
use super::{Failed, listing, output, set_up};
use crate::app::Service;
use crate::local::{self, Listening};

/// Serves until Ctrl-C.
pub(super) async fn local(service: Service, asked: &Local) -> Result<(), Failed> {
    let listening = local::listen(&asked.host, asked.port).await.map_err(Failed::failure)?;
    set_up(service).await?;
    for warning in service.warnings() {
        output::complain(&format!("warning: {warning}"));
    }
    if asked.allow_host.iter().any(|name| name == local::ANY) {
        output::complain(
            "warning: with --allow-host '*' any page on the web can reach this server through a name that it controls; \
             name the hosts instead",
        );
    }
    if !listening.is_loopback() {
        output::complain(
            "warning: other machines can connect to this server; it is made for development only",
        );
    }
    output::print(&banner(service, &listening))?;
    local::serve(service, listening, &asked.allow_host).await;
    Ok(())
}

fn banner(service: Service, listening: &Listening) -> String {
    let handlers = service.handlers();
    let instead = listening.instead_of.map(|port| {
        format!("port {port} is taken by another program, so this is the next free one; --port chooses\n")
    });
    format!(
        "{}\n{}{}listening on {listening} (Ctrl-C stops)\n",
        listing::summary(service.name(), handlers),
        listing::text(handlers),
        instead.unwrap_or_default(),
    )
}
