//! Requests as the four front ends deliver them.

use std::net::IpAddr;

use super::*;

#[route("/request/{id}", methods = ["POST"], content_types = [])]
async fn describe(_id: String, request: Request) -> Result<Value> {
    let all: Vec<(String, String)> =
        request.query().iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let ip: Option<IpAddr> = request.client_ip();
    Ok(json!({
        "id": request.param("id"),
        "no": request.param("no"),
        "get": request.query().get("k"),
        "all": request.query().get_all("k").collect::<Vec<_>>(),
        "iter": all,
        "stage": request.stage(),
        "variables": request.stage_variables(),
        "authorizer": request.request_context()["authorizer"],
        "ip": ip,
        "body": request.body().len(),
        "header": request.headers().get("x-h").map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
    }))
}

async fn described(event: Value) -> Value {
    let answer = client().send(event).await.unwrap();
    assert_eq!(answer["statusCode"], 200, "{answer}");
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn rest_api() {
    let event = json!({
        "resource": "/request/{id}", "path": "/request/a%2Fb", "httpMethod": "POST",
        "headers": {"X-H": "last"}, "multiValueHeaders": {"X-H": ["first", "last"]},
        "queryStringParameters": {"k": "b%20"}, "multiValueQueryStringParameters": {"k": ["a+", "b%20"]},
        "pathParameters": {"id": "a/b"}, "stageVariables": {"v": "1"},
        "requestContext": {"stage": "prod", "path": "/prod/request/a%2Fb", "identity": {"sourceIp": "1.2.3.4"}, "authorizer": {"principalId": "p"}, "unknown": {"x": [1]}},
        "body": "aGk=", "isBase64Encoded": true, "unknown": true
    });
    let described = described(event).await;
    assert_eq!(
        described,
        json!({
            "id": "a/b", "no": null, "get": "b%20", "all": ["a+", "b%20"], "iter": [["k", "a+"], ["k", "b%20"]], "stage": "prod",
            "variables": {"v": "1"}, "authorizer": {"principalId": "p"}, "ip": "1.2.3.4", "body": 2, "header": "first",
        })
    );
}

#[tokio::test]
async fn absent_and_null_are_the_same() {
    let event = json!({"path": "/request/7", "httpMethod": "POST", "requestContext": {"stage": null}, "headers": null, "multiValueHeaders": null, "queryStringParameters": null, "body": null, "isBase64Encoded": null, "cookies": null, "stageVariables": null, "pathParameters": null});
    let described = described(event).await;
    assert_eq!(described["id"], "7");
    assert_eq!(
        (&described["body"], &described["ip"], &described["iter"]),
        (&json!(0), &Value::Null, &json!([]))
    );
}

#[tokio::test]
async fn http_api() {
    let event = json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/prod/request/a%2Fb", "rawQueryString": "k=a+b&k=c%20d",
        "cookies": ["a=1", "b=2"], "headers": {"x-h": "1,2"}, "queryStringParameters": {"k": "wrong"},
        "requestContext": {"apiId": "x", "stage": "prod", "domainName": "x.execute-api.eu-west-1.amazonaws.com", "http": {"method": "POST", "path": "/prod/request/a%2Fb", "sourceIp": "::1"}, "authorizer": {"jwt": {"claims": {"sub": "s"}}}},
        "isBase64Encoded": false
    });
    let described = described(event).await;
    assert_eq!(described["id"], "a%2Fb", "an HTTP API has decoded the path already");
    assert_eq!(
        (&described["all"], &described["ip"], &described["header"]),
        (&json!(["a b", "c d"]), &json!("::1"), &json!("1,2"))
    );
}

#[tokio::test]
async fn load_balancer() {
    let event = json!({
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x"}}, "httpMethod": "POST", "path": "/request/a%2Fb",
        "queryStringParameters": {"k": "a%20b"}, "headers": {"x-h": "1", "x-forwarded-for": "9.9.9.9, 10.0.0.1"}, "body": "", "isBase64Encoded": false
    });
    let described = described(event).await;
    assert_eq!(
        (&described["id"], &described["get"], &described["ip"]),
        (&json!("a/b"), &json!("a b"), &json!("10.0.0.1"))
    );
    assert_eq!(described["stage"], "");
}

#[get("/answers")]
async fn answers() -> Response {
    Response::new("hi")
        .with_header("x-one", "1")
        .append_header("x-two", "a")
        .append_header("x-two", "b")
        .append_header("set-cookie", "a=1")
        .append_header("set-cookie", "b=2")
}

#[get("/binary")]
async fn binary() -> Response {
    Response::new(vec![0_u8, 255]).with_header("content-type", "image/png")
}

#[tokio::test]
async fn each_front_end_is_answered_in_its_own_shape() {
    let client = client();
    let rest = client.send(events::http("GET", "/answers").stage("prod")).await.unwrap();
    assert_eq!((&rest["statusCode"], &rest["body"]), (&json!(200), &json!("hi")));
    assert_eq!(rest["headers"]["x-one"], "1");
    assert_eq!(rest["multiValueHeaders"]["x-two"], json!(["a", "b"]));
    assert_eq!(rest["multiValueHeaders"]["set-cookie"], json!(["a=1", "b=2"]));
    for event in [events::http("GET", "/answers").http_api(), events::http("GET", "/answers").function_url()]
    {
        let answer = client.send(event).await.unwrap();
        assert_eq!(answer["cookies"], json!(["a=1", "b=2"]));
        assert_eq!(
            (&answer["headers"]["x-two"], &answer["headers"]["set-cookie"]),
            (&json!("a, b"), &Value::Null)
        );
        assert_eq!(answer["isBase64Encoded"], false);
    }
    let answer = client.send(events::http("GET", "/results/unit").function_url()).await.unwrap();
    assert_eq!((&answer["headers"], &answer["cookies"]), (&json!({}), &json!([])));
    let answer = client.send(events::http("GET", "/answers").alb_multi_value()).await.unwrap();
    assert_eq!(answer["multiValueHeaders"]["set-cookie"], json!(["a=1", "b=2"]));
    assert!(answer["statusDescription"].as_str().is_some_and(|text| text.starts_with("200")), "{answer}");
    assert!(answer.get("headers").is_none_or(Value::is_null), "{answer}");
    let answer = client.send(events::http("GET", "/answers").alb()).await.unwrap();
    assert_eq!(answer["headers"]["x-one"], "1");
    assert!(answer.get("multiValueHeaders").is_none_or(Value::is_null), "{answer}");
    let answer = client.send(events::http("GET", "/binary").function_url()).await.unwrap();
    assert_eq!((&answer["body"], &answer["isBase64Encoded"]), (&json!("AP8="), &json!(true)));
}

#[test]
fn requests_are_made_from_json_for_tests() {
    let event = json!({"httpMethod": "PUT", "path": "/a%20b", "headers": {"a": "1"}, "body": "{\"id\": 1}", "requestContext": {}});
    let mut request = Request::from_value(event, Context::default()).unwrap();
    assert_eq!((request.method(), request.path(), request.route()), (&Method::PUT, "/a b", None));
    assert_eq!(request.json::<Item>().unwrap(), Item { id: 1, tags: vec![] });
    assert_eq!(request.text().unwrap(), "{\"id\": 1}");
    request.headers_mut().insert("b", HeaderValue::from_static("2"));
    request.set_body("new");
    request.set_body(Bytes::from_static(b"newer"));
    request.set_body(json!({"a": 1}));
    assert_eq!((request.headers().len(), request.text().unwrap()), (2, r#"{"a":1}"#));
    request.extensions_mut().insert(7_u8);
    assert_eq!(request.clone().extensions().get::<u8>(), Some(&7));
    request.headers_mut().insert("authorization", HeaderValue::from_static("secret"));
    assert!(!format!("{request:?}").contains("secret"));
}

#[post("/echo/{word}")]
async fn echo(word: String, request: Request) -> Result<Value> {
    Ok(json!({
        "word": word,
        "tags": request.query().get_all("tag").collect::<Vec<_>>(),
        "header": request.headers().get("x-user").and_then(|value| value.to_str().ok()),
        "cookie": request.cookies().get("session"),
        "body": request.json::<Value>()?,
        "ip": request.client_ip().map(|ip| ip.to_string()),
    }))
}

#[tokio::test]
async fn a_request_is_the_same_through_every_front_end() {
    let request = events::http("POST", "/echo/caf%C3%A9 x?tag=a%26b")
        .query("tag", 2)
        .header("X-User", "ada")
        .cookie("session", "s1")
        .json(json!({"n": 1}))
        .client_ip("198.51.100.1");
    let forms = [
        request.clone(),
        request.clone().stage("prod"),
        request.clone().http_api_v1(),
        request.clone().http_api_v1().stage("prod"),
        request.clone().http_api(),
        request.clone().http_api().stage("prod"),
        request.clone().function_url(),
        request.clone().alb_multi_value(),
        request.alb(),
    ];
    let single = forms.len() - 1;
    for (index, form) in forms.into_iter().enumerate() {
        let event: Value = form.into();
        let answer = client().send(event.clone()).await.expect("a response");
        let body: Value =
            serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
        // A load balancer without multi-value headers passes on the last value only.
        let tags = if index == single { json!(["2"]) } else { json!(["a&b", "2"]) };
        let expected = json!({
            "word": "café x", "tags": tags, "header": "ada", "cookie": "s1", "body": {"n": 1}, "ip": "198.51.100.1",
        });
        assert_eq!(body, expected, "{event}: {answer}");
    }
}
