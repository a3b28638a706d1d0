//! The shop, driven through the same bytes as on Lambda.

use chalice_rt::prelude::*;

fn client() -> TestClient {
    TestClient::new(shop::app())
}

#[tokio::test]
async fn an_order_takes_from_the_stock() {
    let client = client();
    let order = client.post("/orders").header("x-user", "Ada").json(&json!({"article": "tea", "count": 2}));
    let response = order.send().await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.json::<Value>().unwrap(), json!({"for": "Ada", "article": "tea", "left": 1}));
}

#[tokio::test]
async fn more_than_there_is_is_a_conflict() {
    let order = client()
        .post("/orders")
        .header("x-user", "Ada")
        .json(&json!({"article": "tea", "count": 4}))
        .send()
        .await;
    assert_eq!(order.status(), 409);
    assert_eq!(order.json::<Value>().unwrap(), json!({"Code": "SoldOut", "Message": "tea is sold out"}));
}

#[tokio::test]
async fn the_included_crate_guards_all_but_the_health_check() {
    let client = client();
    assert_eq!(
        client.post("/orders").json(&json!({"article": "tea", "count": 1})).send().await.status(),
        401
    );
    assert_eq!(client.get("/health").send().await.status(), 200);
    assert_eq!(client.chain("order"), ["authenticate"]);
    assert!(client.chain("health").is_empty());
}

#[tokio::test]
async fn a_queue_is_told_which_messages_failed() {
    let messages = [r#"{"article":"tea","count":1}"#, r#"{"article":"gold","count":1}"#];
    let answer = client().send(events::sqs("shipments", messages)).await.unwrap();
    assert_eq!(answer["batchItemFailures"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_report_runs_on_its_rule() {
    assert_eq!(client().send(events::scheduled("shop-report")).await.unwrap(), json!({"articles": 2}));
}
