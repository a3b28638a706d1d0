//! On Lambda: takes invocations from the Runtime API and gives back their answers, until the process is asked to stop.

mod address;
mod client;
mod exchange;
mod extension;
mod fault;
mod function;
mod invocation;

use std::process::ExitCode;
use std::sync::Arc;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::app::{InvocationError, LaunchReport, Service, Target};
use crate::log;
use crate::signal::Stop;
use crate::trace;
pub(crate) use address::Address;
use client::Client;
use fault::ApiError;
use function::Function;
pub(crate) use function::concurrency;
use invocation::Invocation;

/// Serves invocations until SIGTERM, or until the Runtime API is gone, which is a failure.
pub(crate) async fn serve(service: Service, address: Address) -> ExitCode {
    let stop = Stop::listen();
    let prepared = tokio::select! {
        prepared = prepare(service, &address) => prepared,
        () = stop.asked() => return ended(service, Ok(())).await,
    };
    match prepared {
        Ok(target) => {
            let function = Arc::new(Function::from_environment());
            let outcome = work_all(Worker { service, target, function, stop }, &address).await;
            ended(service, outcome).await
        }
        Err(error) => refuse(address, &error).await,
    }
}

async fn ended(service: Service, outcome: Result<(), ApiError>) -> ExitCode {
    if let Err(error) = outcome {
        tracing::error!("the runtime API failed: {error}");
        return ExitCode::FAILURE;
    }
    service.shut_down().await;
    ExitCode::SUCCESS
}

/// Tells Lambda that the app could not be launched.
pub(crate) async fn launch_failed(report: &LaunchReport, address: Address) -> ExitCode {
    report_init_error(address, &init_error("LaunchError", report.to_string())).await;
    ExitCode::FAILURE
}

async fn prepare(service: Service, address: &Address) -> Result<Target, InvocationError> {
    let handler = std::env::var("_HANDLER").ok();
    let target =
        service.target_for_lambda(handler.as_deref()).map_err(|text| init_error("UnknownHandler", text))?;
    if service.has_shutdown_hooks() {
        extension::register(address.clone()).await;
    }
    service.set_up().await.map_err(|error| init_error(error.type_name(), error.to_string()))?;
    for remark in service.remarks() {
        tracing::warn!("{remark}");
    }
    Ok(target)
}

fn init_error(error_type: &str, error_message: String) -> InvocationError {
    InvocationError { error_type: error_type.to_owned(), error_message }
}

async fn refuse(address: Address, error: &InvocationError) -> ExitCode {
    tracing::error!("the app could not start: {}", error.error_message);
    report_init_error(address, error).await;
    ExitCode::FAILURE
}

async fn report_init_error(address: Address, error: &InvocationError) {
    if let Err(fault) = Client::new(address).init_error(error).await {
        tracing::error!("the init error could not be reported: {fault}");
    }
}

/// What each of the loops has.
#[derive(Clone)]
struct Worker {
    service: Service,
    target: Target,
    function: Arc<Function>,
    stop: Stop,
}

/// One loop, or as many as Lambda wants invocations to run at once, each with a connection of its own.
async fn work_all(worker: Worker, address: &Address) -> Result<(), ApiError> {
    let at_once = concurrency();
    if at_once > 1 && Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
        tracing::warn!(
            "Lambda wants {at_once} invocations at once, and all share one thread: build with the feature \
             `concurrency-tokio` of chalice-rt, or call `serve` in a multi-thread runtime"
        );
    }
    let mut others = JoinSet::new();
    for _ in 1..at_once {
        others.spawn(work(worker.clone(), Client::new(address.clone())));
    }
    let mut outcome = work(worker, Client::new(address.clone())).await;
    while let Some(joined) = others.join_next().await {
        // A loop that was cancelled has nothing to say.
        outcome = outcome.and(joined.unwrap_or(Ok(())));
    }
    outcome
}

async fn work(worker: Worker, mut client: Client) -> Result<(), ApiError> {
    let mut stopped = std::pin::pin!(worker.stop.asked());
    loop {
        let arrived = tokio::select! {
            biased;
            () = &mut stopped => return Ok(()),
            arrived = client.next() => arrived?,
        };
        if let Some(invocation) = arrived {
            invoke(&worker, &mut client, invocation).await?;
        }
    }
}

async fn invoke(worker: &Worker, client: &mut Client, invocation: Invocation) -> Result<(), ApiError> {
    let id = invocation.id()?;
    let context = invocation.context(&worker.function);
    let span = log::invocation(&id);
    let header = context.xray_trace_id.clone();
    let answer = worker.service.handle(worker.target, invocation.event.clone(), context);
    let told = match trace::within(header.as_deref(), answer).instrument(span.clone()).await {
        Ok(answer) => client.respond(&id, &invocation, answer).instrument(span).await,
        Err(error) => client.fail(&id, &invocation, &error).instrument(span).await,
    };
    trace::flush().await;
    told
}
