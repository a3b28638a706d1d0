//! Serves invocations of the Runtime API until the process is to stop.

mod address;
mod api_error;
mod client;
mod connection;
mod extension;
mod function;
mod invocation;

use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::app::{InvocationError, LAUNCH_ERROR, LaunchReport, Service, Target, Tell, TimeToEnd};
use crate::chain::Threads;
use crate::error::{Result, guarded};
use crate::log;
use crate::signal::Stop;
use crate::trace;
pub(crate) use address::Address;
use api_error::ApiError;
use client::Client;
use function::Function;
pub(crate) use function::concurrency;
use invocation::Invocation;

/// The failures of the Runtime API in a row after which the process ends, so that Lambda starts another one.
const FAILURES: u32 = 3;

/// The pause of a loop after the first failure in a row. After the second it is twice as long.
const REST: Duration = Duration::from_millis(100);

/// Serves invocations until SIGTERM, or until the Runtime API has failed for good, which is a failure.
pub(crate) async fn serve(service: Service, address: Address) -> ExitCode {
    let stop = Stop::listen();
    let prepared = tokio::select! {
        prepared = prepare(service, &address) => prepared,
        () = stop.asked() => {
            service.shut_down(TimeToEnd::ON_LAMBDA).await;
            return ExitCode::SUCCESS;
        }
    };
    let target = match prepared {
        Ok(target) => target,
        Err(error) => return refuse(address, &error).await,
    };
    let function = Arc::new(Function::from_environment());
    let outcome = serve_all(Worker { service, target, function, stop, address }).await;
    service.shut_down(TimeToEnd::ON_LAMBDA).await;
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Sends the init error of an app that could not be launched.
pub(crate) async fn launch_failed(report: &LaunchReport, address: Address) -> ExitCode {
    report_init_error(address, &init_error(LAUNCH_ERROR, report.to_string())).await;
    ExitCode::FAILURE
}

/// The report of a panic while `main` makes the app: on Lambda the init error. `None` off Lambda, where Rust's own
/// message is enough.
pub fn on_construction_panic() -> Option<Tell> {
    Address::from_environment()?.ok()?;
    Some(|text| {
        let Some(Ok(address)) = Address::from_environment() else { return };
        let error = init_error("Panic", text.to_owned());
        let report = move || {
            Threads::ONE.run(Box::pin(async move {
                report_init_error(address, &error).await;
                ExitCode::FAILURE
            }))
        };
        // The report runs on another thread, because this one may be inside a runtime. The panic then ends the process.
        let _ = thread::spawn(report).join();
    })
}

async fn prepare(service: Service, address: &Address) -> Result<Target, InvocationError> {
    let handler = std::env::var("_HANDLER").ok();
    let target =
        service.target_for_lambda(handler.as_deref()).map_err(|text| init_error("UnknownHandler", text))?;
    if service.has_shutdown_hooks() {
        extension::register(address.clone()).await;
    }
    // Before the first invocation nothing is in flight: a signal may end the process even where a setup blocks.
    let watchdog = service.watch_setup();
    service.set_up().await.map_err(|error| init_error(error.type_name(), error.to_string()))?;
    drop(watchdog);
    for warning in service.warnings() {
        tracing::warn!("{warning}");
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

/// The data of a loop.
#[derive(Clone)]
struct Worker {
    service: Service,
    target: Target,
    function: Arc<Function>,
    stop: Stop,
    address: Address,
}

/// Runs one loop, or one for each concurrent invocation. Each loop has its own connection.
///
/// # Errors
/// A loop has given up. The others have finished their invocations.
async fn serve_all(worker: Worker) -> Result<()> {
    let at_once = concurrency();
    if at_once > 1 && Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
        tracing::warn!(
            "Lambda wants {at_once} invocations at once, and all share one thread: build with the feature \
             `concurrency-tokio` of chalice-rt, or call `serve` in a multi-thread runtime"
        );
    }
    let mut others = JoinSet::new();
    for _ in 1..at_once {
        others.spawn(serve_one_by_one(worker.clone()));
    }
    let mut outcome = serve_one_by_one(worker).await;
    while let Some(joined) = others.join_next().await {
        // A loop catches panics and is never cancelled, so joining does not fail.
        outcome = outcome.and(joined.unwrap_or(Ok(())));
    }
    outcome
}

/// Runs one loop. After a failure of the Runtime API it logs that and starts again on a new connection.
///
/// # Errors
/// It failed too often in a row, or for good. All loops are to stop.
async fn serve_one_by_one(worker: Worker) -> Result<()> {
    let mut failures = 0;
    loop {
        let Err(error) = guarded(|| until_failure(&worker, &mut failures)).await else { return Ok(()) };
        failures += 1;
        let of_api = error.downcast_ref::<ApiError>();
        let is_final = of_api.is_some_and(ApiError::is_final);
        let what = if of_api.is_some() { "the runtime API" } else { "the loop that serves invocations" };
        tracing::error!("{what} failed: {error}");
        if is_final || failures == FAILURES {
            worker.stop.ask();
            return Err(error);
        }
        tokio::select! {
            () = worker.stop.asked() => return Ok(()),
            () = tokio::time::sleep(REST * failures) => {}
        }
    }
}

/// Serves until the process is to stop. A served invocation resets the count of failures.
async fn until_failure(worker: &Worker, failures: &mut u32) -> Result<()> {
    let mut client = Client::new(worker.address.clone());
    let mut stopped = std::pin::pin!(worker.stop.asked());
    loop {
        let arrived = tokio::select! {
            biased;
            () = &mut stopped => return Ok(()),
            arrived = client.next() => arrived?,
        };
        if let Some(invocation) = arrived {
            invoke(worker, &mut client, invocation).await?;
        }
        *failures = 0;
    }
}

async fn invoke(worker: &Worker, client: &mut Client, invocation: Invocation) -> Result<()> {
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
    Ok(told?)
}
