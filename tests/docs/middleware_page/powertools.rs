//! The examples of Powertools' page on its middleware factory.

use chalice_rt::prelude::*;

use super::client;

#[blueprint("/p", name_prefix = "p-")]
mod page {
    use super::*;
    use chalice_rt::trace;
    use std::time::Instant;

    #[middleware_factory]
    async fn middleware_before(mut event: CloudWatchEvent, next: Next<CloudWatchEvent>) -> Result<Value> {
        if event.detail.get("booking_id").is_none() {
            event.detail["booking_id"] = json!(event.event_id);
        }
        next.run(event).await
    }

    #[on_cw_event({"source": ["booking"]}, middleware = [middleware_before()])]
    async fn book(event: CloudWatchEvent) -> Value {
        json!({"book": event.detail, "success": true})
    }

    #[middleware_factory]
    async fn middleware_after(request: Request, next: Next<Request>) -> Result<Response> {
        let request_id = request.context().request_id.clone();
        let start = Instant::now();
        let response = next.run(request).await?;
        Ok(response
            .with_header("execution_time", start.elapsed().as_secs_f64().to_string())
            .with_header("aws_request_id", request_id))
    }

    #[post("/todos", middleware = [middleware_after()])]
    async fn create_todo(todo: Json<Value>) -> Value {
        json!({"todo": todo.0})
    }

    #[middleware_factory]
    async fn obfuscate_sensitive_data(
        mut event: CloudWatchEvent,
        next: Next<CloudWatchEvent>,
        fields: &[&'static str],
    ) -> Result<Value> {
        for field in fields {
            if let Some(value) = event.detail["guest"].get_mut(*field) {
                *value = json!("***");
            }
        }
        next.run(event).await
    }

    #[on_cw_event({"source": ["guests"]}, middleware = [obfuscate_sensitive_data(["email", "passport", "vat"])])]
    async fn lambda_handler(event: CloudWatchEvent) -> Value {
        json!({"book": event.detail, "message": "booking created", "success": true})
    }

    #[middleware_factory(trace_execution)]
    async fn middleware_with_advanced_tracing(request: Request, next: Next<Request>) -> Result<Response> {
        trace::metadata("resource", request.route());
        let start = Instant::now();
        let response = next.run(request).await?;
        trace::annotate("TotalExecutionTime", start.elapsed().as_secs_f64());
        Ok(response)
    }

    #[get("/products", middleware = [middleware_with_advanced_tracing()])]
    async fn products() -> Value {
        json!({"product": 1})
    }

    struct History;

    impl History {
        async fn save(&self, path: &str, customer: &str) {
            tracing::info!(path, customer, "saved");
        }
    }

    #[middleware_factory(trace_execution)]
    async fn middleware_custom(request: Request, next: Next<Request>, history: &History) -> Result<Response> {
        let Some(customer) = request.headers().get("x-customer-id").and_then(|id| id.to_str().ok()) else {
            return Err(BadRequestError::new("the header X-Customer-Id is missing").into());
        };
        let (customer, path) = (customer.to_owned(), request.path().to_owned());
        trace::annotate("CustomerId", customer.as_str());
        let response = next.run(request).await?;
        history.save(&path, &customer).await;
        Ok(response
            .with_header("Referrer-Policy", "no-referrer")
            .with_header("Strict-Transport-Security", "max-age=15552000; includeSubDomains; preload")
            .with_header("X-Content-Type-Options", "nosniff"))
    }

    #[get("/comments/{comment_id}", middleware = [middleware_custom(History)])]
    async fn comment(comment_id: u64) -> Value {
        json!({"comments": [comment_id]})
    }
}

#[tokio::test]
async fn before_and_after_the_handler() {
    let client = client();
    let booked = client.send(events::cloudwatch("booking", "t", json!({"days": 3}))).await.unwrap();
    assert!(booked["book"]["days"] == 3 && booked["book"]["booking_id"].is_string(), "{booked}");
    let own = client.send(events::cloudwatch("booking", "t", json!({"booking_id": "b"}))).await.unwrap();
    assert_eq!(own["book"]["booking_id"], "b");
    let todo = client.post("/p/todos").json(&json!({"title": "x"})).send().await;
    assert_eq!(todo.json::<Value>().unwrap(), json!({"todo": {"title": "x"}}));
    assert!(todo.headers()["execution_time"].to_str().unwrap().parse::<f64>().is_ok());
    assert!(!todo.headers()["aws_request_id"].is_empty());
}

#[tokio::test]
async fn with_parameters() {
    let guest = json!({"guest": {"name": "Ada", "email": "a@b", "vat": "1"}});
    let booked = client().send(events::cloudwatch("guests", "t", guest)).await.unwrap();
    assert_eq!(booked["book"]["guest"], json!({"name": "Ada", "email": "***", "vat": "***"}));
}

#[tokio::test]
async fn with_tracing_and_with_everything() {
    let client = client();
    assert_eq!(client.get("/p/products").send().await.json::<Value>().unwrap(), json!({"product": 1}));
    let refused = client.get("/p/comments/7").send().await;
    assert_eq!(
        (refused.status().as_u16(), refused.json::<Value>().unwrap()["Code"].clone()),
        (400, json!("BadRequestError"))
    );
    let comment = client.get("/p/comments/7").header("x-customer-id", "c").send().await;
    assert_eq!(comment.json::<Value>().unwrap(), json!({"comments": [7]}));
    assert_eq!(comment.headers()["x-content-type-options"], "nosniff");
}

/// What the tests of the factory pin: nested ones in order, an error through both, options, an early return.
#[blueprint(name_prefix = "pins-")]
mod pins {
    use super::*;

    #[middleware_factory]
    async fn note(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>, name: &str) -> Result<Value> {
        let answer = next.run(event).await?;
        Ok(json!([name, answer]))
    }

    #[middleware_factory]
    async fn stop(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>, at: i64) -> Result<Value> {
        match event.event.as_i64() {
            Some(n) if n == at => Ok(json!("stopped")),
            Some(n) if n < 0 => Err(std::io::Error::other("raised by a middleware").into()),
            _ => next.run(event).await,
        }
    }

    #[lambda_function(middleware = [note("a"), stop(7), note("b")])]
    async fn work(event: i64) -> Result<i64> {
        if event == 1 { Err(NotFoundError::new("raised by the handler").into()) } else { Ok(event) }
    }
}

#[tokio::test]
async fn nested_ones_run_in_order_and_an_early_return_unwinds_the_outer_ones() {
    let client = client();
    assert_eq!(client.invoke("pins-work", &2).await.unwrap(), json!(["a", ["b", 2]]));
    assert_eq!(client.invoke("pins-work", &7).await.unwrap(), json!(["a", "stopped"]));
}

#[tokio::test]
async fn errors_of_the_handler_and_of_a_middleware_reach_the_caller_as_they_are() {
    let client = client();
    let of_the_handler = client.invoke("pins-work", &1).await.unwrap_err();
    assert_eq!(
        (of_the_handler.error_type.as_str(), of_the_handler.error_message.as_str()),
        ("NotFoundError", "raised by the handler")
    );
    let of_a_middleware = client.invoke("pins-work", &-1).await.unwrap_err();
    assert_eq!(of_a_middleware.error_message, "raised by a middleware");
}
