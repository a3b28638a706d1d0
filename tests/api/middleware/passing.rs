//! What passes along a chain: events, answers, blocking, state.

use super::*;

#[tokio::test]
async fn what_is_given_to_run_is_what_the_next_one_receives() {
    let change = async |mut event: SnsEvent, next: Next<_>| {
        event.message.push('!');
        next.run(event).await
    };
    let check = async |event: SnsEvent, next: Next<SnsEvent>| {
        assert!(event.message.ends_with('!'));
        next.run(event).await
    };
    let client = TestClient::new(base().register_middleware(change, Sns).register_middleware(check, Sns));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!("m!"));
    let replace = async |event: LambdaFunctionEvent, next: Next<_>| {
        let event = LambdaFunctionEvent::from_value(json!({"was": event.event}), event.context)?;
        next.run(event).await
    };
    let client = TestClient::new(base().register_middleware(replace, PureLambda));
    assert_eq!(client.invoke("pure", &1).await.unwrap(), json!({"was": 1}));
}

#[tokio::test]
async fn kinds_that_share_an_event_share_middleware() {
    let both =
        async |event: CloudWatchEvent, next: Next<CloudWatchEvent>| Ok(noted("both", next.run(event).await?));
    let client = TestClient::new(base().register_middleware(both, (CloudWatch, Scheduled)));
    assert_eq!(client.chain("tick"), ["Class", "closure", "over_any", "both_of_eventbridge"]);
    assert_eq!(client.chain("cw"), client.chain("tick"));
    assert_eq!(client.send(events::scheduled("tick")).await.unwrap(), json!(["scheduled", "both"]));
    assert_eq!(client.chain("kinesis"), ["Class", "over_any", "sync_generic"]);
    assert_eq!(client.chain("ws"), ["Class", "over_any", "sync_over_any"]);
    assert_eq!(client.chain("sqs"), ["Class", "over_any", "OfOneKind"]);
}

async fn sync_handlers_may_block() {
    let outside = blocking(|request: Request, next: Next<Request>| {
        drop(tokio::runtime::Runtime::new()?);
        next.run_blocking(request)
    });
    let client = TestClient::new(base().register_middleware(outside, Http));
    assert_eq!(client.get("/blocks").send().await.text(), "blocked");
}

#[tokio::test]
async fn sync_handlers_may_block_on_one_thread() {
    sync_handlers_may_block().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_handlers_may_block_on_several_threads() {
    sync_handlers_may_block().await;
}

#[tokio::test]
async fn to_block_in_an_async_middleware_is_an_error() {
    let wrong = async |event: SnsEvent, next: Next<SnsEvent>| next.run_blocking(event);
    let client = TestClient::new(base().register_middleware(wrong, Sns));
    let error = client.send(events::sns("topic", "m")).await.unwrap_err();
    assert!(
        error.error_message.contains("run_blocking") && error.error_message.contains("call `run`"),
        "{error:?}"
    );
}

#[tokio::test]
async fn next_is_cloned_for_a_retry() {
    let twice = async |event: SnsEvent, next: Next<SnsEvent>| {
        let first = next.clone().run(event.clone()).await;
        let second = next.run(event).await?;
        Ok(json!([first?, second]))
    };
    let client = TestClient::new(base().register_middleware(twice, Sns));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!(["m", "m"]));
}

#[tokio::test]
async fn a_short_circuit_is_seen_by_those_outside() {
    let stop = async |_: Request, _: Next<Request>| Ok(Response::new("stopped").with_status(403));
    let client = TestClient::new(
        base()
            .register_middleware(outer, Http)
            .register_middleware(stop, Http)
            .register_middleware(inner, Http),
    );
    let response = client.get("/ok").send().await;
    assert_eq!(
        (response.status().as_u16(), response.text().as_ref(), trace(&response)),
        (403, "stopped", vec!["outer"])
    );
}

#[tokio::test]
async fn state_that_nothing_manages_is_an_error_in_a_middleware() {
    let asks = async |event: SnsEvent, next: Next<SnsEvent>| {
        let missing = next.state::<f64>().unwrap_err().to_string();
        assert!(missing.contains("f64"), "{missing}");
        assert_eq!(next.state::<Prefix>()?.0.0, "p");
        next.run(event).await
    };
    let client = TestClient::new(base().register_middleware(asks, Sns));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!("m"));
}

#[get("/skips", skip = [outer, attribute], middleware = [inner, inner])]
async fn skips() -> &'static str {
    "skips"
}

#[tokio::test]
async fn a_handler_has_its_own_middleware_and_skips_others() {
    let client = TestClient::new(base().register_middleware(outer, Http));
    assert_eq!(client.chain("skips"), ["Class", "blocking_attribute", "over_any", "inner", "inner"]);
    let response = client.get("/skips").header("x-attribute", "1").send().await;
    assert_eq!(trace(&response), ["inner", "inner", "blocking_attribute"]);
}
