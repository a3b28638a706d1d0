//! Options of routes: given at a blueprint or a controller they hold for all routes within, unless one stands nearer.

use super::*;

#[blueprint("/reports", content_types = ["text/csv"])]
mod reports {
    use super::*;

    #[post("/")]
    async fn add(body: String) -> String {
        body
    }

    #[post("/any", content_types = [])]
    async fn any(body: String) -> String {
        body
    }

    #[derive(Default)]
    struct Archive;

    #[controller("/archive", content_types = ["application/zip"])]
    impl Archive {
        #[post("/")]
        async fn add(&self, body: Bytes) -> String {
            body.len().to_string()
        }

        #[post("/text", content_types = ["text/plain"])]
        async fn add_text(&self, body: Bytes) -> String {
            body.len().to_string()
        }
    }
}

#[tokio::test]
async fn the_option_nearest_to_the_handler_holds() {
    let client = client();
    for (path, taken) in [
        ("/reports", "text/csv"),
        ("/reports/any", "image/png"),
        ("/reports/archive", "application/zip"),
        ("/reports/archive/text", "text/plain"),
    ] {
        let response = client.post(path).header("content-type", taken).body("x").send().await;
        assert_eq!(response.status(), 200, "{path}");
        let other = client.post(path).header("content-type", "application/json").body("1").send().await;
        assert_eq!(other.status() == 415, path != "/reports/any", "{path}: {}", other.status());
    }
}

#[get("/keyed", api_key_required = true)]
async fn keyed() -> &'static str {
    "keyed"
}

#[tokio::test]
async fn a_route_for_api_keys_is_closed_unless_a_gateway_has_checked_one() {
    let client = client();
    let response = client.get("/keyed").header("x-api-key", "secret").send().await;
    let body: Value = response.json().unwrap();
    assert_eq!((response.status().as_u16(), &body["Code"]), (403, &json!("ForbiddenError")));
    let event = |identity: Value| {
        let context = json!({"identity": identity, "domainName": "x.execute-api.eu-west-1.amazonaws.com"});
        json!({"httpMethod": "GET", "path": "/keyed", "resource": "/keyed", "headers": null, "requestContext": context})
    };
    let answer = client.send(event(json!({"apiKey": "secret"}))).await.unwrap();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!("keyed")));
    for identity in [json!({"apiKey": null}), json!({"apiKey": ""}), json!({})] {
        let answer = client.send(event(identity)).await.unwrap();
        assert_eq!(answer["statusCode"], 403);
    }
}
