//! The same request through each of the six front ends, by the client of tests.

use serde::{Deserialize, Serialize};

use super::*;

/// Tells what arrived.
#[route("/through/{name}", methods = ["GET", "POST"], content_types = [])]
async fn arrived(name: String, request: Request) -> Value {
    let query: Vec<(&str, &str)> = request.query().iter().collect();
    json!({
        "name": name,
        "path": request.path(),
        "method": request.method().as_str(),
        "query": query,
        "tags": request.headers().get_all("x-tag").iter().map(|tag| tag.to_str().unwrap()).collect::<Vec<_>>().join(","),
        "a": request.cookies().get("a"),
        "b": request.cookies().get("b"),
        "type": request.headers().get("content-type").map(|value| value.to_str().unwrap()),
        "body": request.text().ok(),
        "ip": request.client_ip().map(|ip| ip.to_string()),
    })
}

#[get("/through-bytes")]
async fn bytes() -> Vec<u8> {
    vec![0xff, 0, 0xfe]
}

#[get("/through-cookies")]
async fn cookies() -> Response {
    Response::new("set")
        .append_header("set-cookie", "first=1; Path=/")
        .append_header("set-cookie", "second=2; Path=/through; HttpOnly")
        .append_header("set-cookie", "third=3; Path=/elsewhere")
}

#[get("/through-fails")]
async fn fails() -> Result<String> {
    Err(ConflictError::new("twice").into())
}

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    item: String,
    tags: Vec<String>,
    gift: Option<bool>,
}

#[post("/through-form")]
async fn form(Form(order): Form<Order>) -> Json<Order> {
    Json(order)
}

#[tokio::test]
async fn a_request_arrives_the_same_through_all() {
    for front_end in FrontEnd::ALL {
        let request = client().through(front_end).post("/through/b%C3%A9 c?x=1&y=a%26b");
        let request = request.query("x", "ü +").header("X-Tag", "one").header("x-tag", 2);
        let response =
            request.cookie("a", "1").header("cookie", "b=2; c=3").json(&json!({"n": 1})).send().await;
        let arrived: Value = response.json().unwrap_or_else(|error| panic!("{front_end:?}: {error}"));
        let tags = arrived["tags"].as_str().unwrap();
        // Where the last value of a header wins, as it does behind a load balancer, it is only that.
        assert!(["one,2", "2"].contains(&tags), "{front_end:?}: {tags}");
        for (member, expected) in [
            ("name", json!("bé c")),
            ("path", json!("/through/bé c")),
            ("method", json!("POST")),
            ("a", json!("1")),
            ("b", json!("2")),
            ("type", json!("application/json")),
            ("body", json!(r#"{"n":1}"#)),
            ("ip", json!("127.0.0.1")),
        ] {
            assert_eq!(arrived[member], expected, "{front_end:?}: {member}");
        }
        let query = match front_end {
            FrontEnd::Alb => json!([["x", "ü +"], ["y", "a&b"]]),
            _ => json!([["x", "1"], ["y", "a&b"], ["x", "ü +"]]),
        };
        let sorted = |query: &Value| {
            let mut pairs: Vec<String> = query.as_array().unwrap().iter().map(Value::to_string).collect();
            pairs.sort();
            pairs
        };
        assert_eq!(sorted(&arrived["query"]), sorted(&query), "{front_end:?}");
    }
}

#[tokio::test]
async fn an_answer_comes_back_the_same_through_all() {
    for front_end in FrontEnd::ALL {
        let client = client().through(front_end);
        let response = client.get("/through-bytes").header("accept", "application/octet-stream").send().await;
        assert_eq!(
            (response.status(), &response.body()[..]),
            (StatusCode::OK, &[0xff, 0, 0xfe][..]),
            "{front_end:?}"
        );
        let response = client.get("/through-fails").send().await;
        let body = json!({"Code": "ConflictError", "Message": "twice"});
        assert_eq!(
            (response.status(), response.json::<Value>().unwrap()),
            (StatusCode::CONFLICT, body),
            "{front_end:?}"
        );
        let response = client.get("/through-cookies").send().await;
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 3, "{front_end:?}");
        assert_eq!(client.head("/through-cookies").send().await.text(), "", "{front_end:?}");
    }
}

#[tokio::test]
async fn a_form_is_what_a_route_reads_as_one() {
    for front_end in FrontEnd::ALL {
        let order = Order {
            item: "green tea & more".to_owned(),
            tags: vec!["a".to_owned(), "ü".to_owned()],
            gift: None,
        };
        let response = client().through(front_end).post("/through-form").form(&order).send().await;
        let read: Value = response.json().unwrap_or_else(|error| panic!("{front_end:?}: {error}"));
        assert_eq!(
            read,
            json!({"item": "green tea & more", "tags": ["a", "ü"], "gift": null}),
            "{front_end:?}"
        );
    }
}

#[tokio::test]
async fn a_client_keeps_cookies_if_it_is_told_to() {
    for front_end in FrontEnd::ALL {
        let forgetful = client().through(front_end);
        forgetful.get("/through-cookies").send().await;
        let keeping = client().through(front_end).keep_cookies();
        keeping.get("/through-cookies").send().await;
        for (client, first, second) in [(&forgetful, None, None), (&keeping, Some("1"), Some("2"))] {
            let seen = client.get("/through/cookie-names").send().await.json::<Value>().unwrap();
            assert_eq!((seen["first"].as_str(), seen["second"].as_str()), (first, second), "{front_end:?}");
        }
        let own = keeping.get("/through/cookie-names").cookie("first", "own").send().await;
        assert_eq!(
            own.json::<Value>().unwrap(),
            json!({"first": "own", "second": "2", "third": null}),
            "{front_end:?}"
        );
    }
}

#[get("/through/cookie-names")]
async fn cookie_names(cookies: Option<Cookies>) -> Value {
    let get = |name: &str| cookies.as_ref().and_then(|cookies| cookies.get(name).map(str::to_owned));
    json!({"first": get("first"), "second": get("second"), "third": get("third")})
}

#[tokio::test]
async fn what_a_middleware_makes_of_accept_is_not_what_the_client_accepts() {
    let asks = |mut request: Request, next: Next<Request>| async move {
        request.headers_mut().insert("accept", HeaderValue::from_static("application/octet-stream"));
        let response = next.run(request).await?;
        let saw = response.status().as_u16();
        Ok(response.with_header("x-saw", saw))
    };
    let app = app!("face").manage(Shop("corner")).register_middleware(asks, Http);
    let client = TestClient::new(app).through(FrontEnd::Rest);
    let response = client.get("/through-bytes").header("accept", "text/html").send().await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-saw"]),
        (400, &HeaderValue::from_static("400"))
    );
    let response = client.get("/through-bytes").header("accept", "application/octet-stream").send().await;
    assert_eq!((response.status().as_u16(), &response.body()[..]), (200, &[0xff, 0, 0xfe][..]));
}
