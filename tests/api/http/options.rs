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
