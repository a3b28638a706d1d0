//! The forms of middleware, and the kinds that each is for.

use super::*;

#[tokio::test]
async fn explicit_ones_are_outside_in_call_order_and_attributes_follow_the_file() {
    let client = TestClient::new(base().register_middleware(outer, Http).register_middleware(inner, Http));
    let response = client.get("/ok").header("x-attribute", "1").send().await;
    assert_eq!(trace(&response), ["blocking_attribute", "attribute", "inner", "outer"]);
    assert_eq!(
        client.chain("ok"),
        ["Class", "outer", "inner", "attribute", "blocking_attribute", "over_any"]
    );
    assert_eq!(client.chain("GET /ok"), client.chain("ok"));
    assert_eq!(client.chain("sns"), ["Class", "two_kinds", "over_any"]);
    assert_eq!(client.chain("tick"), ["Class", "over_any", "both_of_eventbridge"]);
}

#[tokio::test]
async fn with_gives_order_exclusion_and_name() {
    let app = base()
        .register_middleware(inner, Http)
        .register_middleware(with(outer).order(-5).exclude(["/view"]).name("first"), Http)
        .register_middleware(with(any).order(9).name("last").exclude(vec!["sns".to_owned()]), All);
    let client = TestClient::new(app);
    assert_eq!(
        client.chain("ok"),
        ["first", "Class", "inner", "attribute", "blocking_attribute", "over_any", "last"]
    );
    assert!(!client.chain("view").contains(&"first"));
    assert!(!client.chain("sns").contains(&"last") && client.chain("sns_sync").contains(&"last"));
}

#[tokio::test]
async fn closures_sync_and_async() {
    let app = base()
        .register_middleware(
            async |request: Request, next: Next<_>| {
                let response: Response = next.run(request).await?;
                Ok(response.append_header("x-trace", "async closure"))
            },
            Http,
        )
        .register_middleware(
            |request: Request, next: Next<Request>| async move {
                Ok(next.run(request).await?.append_header("x-trace", "closure"))
            },
            Http,
        )
        .register_middleware(
            blocking(|request: Request, next: Next<Request>| {
                Ok(next.run_blocking(request)?.append_header("x-trace", "blocking"))
            }),
            Http,
        )
        .register_middleware(
            async |event: SnsEvent, next: Next<_>| Ok(noted("sns", next.run(event).await?)),
            Sns,
        )
        .register_middleware(
            blocking(|event: AnyEvent, next: Next<AnyEvent>| next.run_blocking(event)),
            (S3, Sns),
        )
        .register_middleware(async |event: AnyEvent, next: Next<AnyEvent>| next.run(event).await, All);
    let client = TestClient::new(app);
    assert_eq!(trace(&client.get("/ok").send().await), ["blocking", "closure", "async closure"]);
    assert_eq!(client.chain("ok")[1..4], ["closure", "closure", "closure"]);
    assert_eq!(client.send(events::sns("topic", "hi")).await.unwrap(), json!(["hi", "sns"]));
    assert_eq!(client.send(events::s3("bucket", "k")).await.unwrap(), json!("k"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_forms_work_on_several_threads_too() {
    let app = base().register_middleware(
        blocking(|request: Request, next: Next<Request>| {
            Ok(next.run_blocking(request)?.append_header("x-trace", "blocking"))
        }),
        Http,
    );
    let client = TestClient::new(app);
    let response = client.get("/ok").header("x-attribute", "1").send().await;
    assert_eq!(trace(&response), ["blocking_attribute", "attribute", "blocking"]);
    assert_eq!(client.get("/panic/sync").send().await.status(), 500);
    assert_eq!(client.send(events::sns("sync", "x")).await.unwrap(), json!("px"));
}

#[tokio::test]
async fn one_over_any_event_sees_every_kind() {
    let client = TestClient::new(base().register_middleware(any, All));
    let http = client.get("/ok").send().await;
    assert_eq!((http.headers()["x-any"].to_str().unwrap(), http.text().as_ref()), ("http Http", "\"ok\""));
    let websocket = client.send(events::websocket("$default", "c", "hi")).await.unwrap();
    assert_eq!((&websocket["body"], &websocket["statusCode"]), (&json!("hi"), &json!(200)));
    for (event, answer) in [
        (Value::from(events::sns("topic", "m")), json!(["m", "sns Sns"])),
        (events::s3("bucket", "k").into(), json!(["k", "s3 bucket"])),
        (events::sqs("queue", ["a", "b"]).into(), json!([2, "sqs Sqs"])),
        (events::cloudwatch("app", "t", json!({})).into(), json!(["cloudwatch", "cloudwatch CloudWatch"])),
        (events::scheduled("tick").into(), json!(["scheduled", "scheduled Scheduled"])),
        (events::kinesis("stream", ["d"]).into(), json!([1, "kinesis Kinesis"])),
        (events::dynamodb("t", [events::insert(json!({"id": 1}))]).into(), json!([1, "dynamodb DynamoDb"])),
    ] {
        assert_eq!(client.send(event).await.unwrap(), answer);
    }
    assert_eq!(
        client.invoke("pure", &json!({"a": 1})).await.unwrap(),
        json!([{"a": 1}, "pure_lambda PureLambda"])
    );
}

#[tokio::test]
async fn any_for_a_tuple_of_kinds_and_for_one() {
    let client =
        TestClient::new(base().register_middleware(any, (Http, Sns)).register_middleware(any, Scheduled));
    assert!(client.get("/ok").send().await.headers().contains_key("x-any"));
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!(["m", "sns Sns"]));
    assert_eq!(
        client.send(events::scheduled("tick")).await.unwrap(),
        json!(["scheduled", "scheduled Scheduled"])
    );
    assert_eq!(client.send(events::cloudwatch("app", "t", json!({}))).await.unwrap(), json!("cloudwatch"));
}

#[tokio::test]
async fn types_for_several_kinds_and_all() {
    let client = TestClient::new(base().register_middleware(Replace(json!({"r": 1})), All));
    assert_eq!(client.get("/ok").send().await.json::<Value>().unwrap(), json!({"r": 1}));
    assert_eq!(client.send(events::sqs("queue", ["a"])).await.unwrap(), json!({"r": 1}));
    let client = TestClient::new(base().register_middleware(Replace(json!(2)), (S3, CloudWatch, PureLambda)));
    assert_eq!(client.send(events::s3("bucket", "k")).await.unwrap(), json!(2));
    assert_eq!(client.send(events::sns("topic", "k")).await.unwrap(), json!("k"));
    assert_eq!(client.send(events::scheduled("tick")).await.unwrap(), json!("scheduled"));
    assert_eq!(client.chain("s3"), ["Class", "Replace", "two_kinds", "over_any"]);
}

#[tokio::test]
async fn generic_functions_are_values_for_one_kind() {
    let client = TestClient::new(
        base().register_middleware(count::<SnsEvent>, Sns).register_middleware(count::<Request>, Http),
    );
    client.send(events::sns("topic", "m")).await.unwrap();
    assert_eq!(client.chain("sns")[1], "count");
    assert_eq!(client.chain("ok")[1], "count");
    assert_eq!(client.get("/ok").send().await.status(), 200);
}

#[tokio::test]
async fn json_over_any_is_a_response_for_http_and_websocket() {
    let json = async |event: AnyEvent, next: Next<AnyEvent>| {
        next.run(event).await?;
        Ok(json!({"made": true}).into())
    };
    let client = TestClient::new(base().register_middleware(json, All));
    let response = client.get("/ok").send().await;
    assert_eq!((response.status().as_u16(), response.json::<Value>().unwrap()), (200, json!({"made": true})));
    let websocket = client.send(events::websocket("$default", "c", "hi")).await.unwrap();
    assert_eq!(websocket["body"], r#"{"made":true}"#);
}

#[tokio::test]
async fn what_does_not_fit_the_kind_is_an_error_that_says_so() {
    let http = async |_: AnyEvent, _: Next<AnyEvent>| Ok(Response::new("x").into());
    let client = TestClient::new(base().register_middleware(http, All));
    let error = client.send(events::sns("topic", "m")).await.unwrap_err();
    assert!(error.error_message.contains("sns") && error.error_message.contains("HTTP"), "{error:?}");
    let other = async |_: AnyEvent, next: Next<AnyEvent>| {
        let event = SnsEvent::from_value(events::sns("topic", "swapped").into(), Context::default())?;
        next.run(AnyEvent::Sns(event)).await
    };
    let client = TestClient::new(base().register_middleware(other, All));
    let error = client.send(events::s3("bucket", "k")).await.unwrap_err();
    assert!(error.error_message.contains("sns") && error.error_message.contains("s3"), "{error:?}");
    assert_eq!(client.get("/ok").send().await.status(), 500);
    assert_eq!(client.send(events::sns("topic", "m")).await.unwrap(), json!("swapped"));
}
