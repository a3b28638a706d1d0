//! Queries and forms, compared with the crate that reads them as browsers do.

use chalice_rt::prelude::*;

/// The same pairs from the query of a function URL.
pub(crate) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let event = json!({
        "version": "2.0", "rawPath": "/", "rawQueryString": text,
        "requestContext": {"http": {"method": "GET"}, "domainName": "x.lambda-url.eu-west-1.on.aws"},
    });
    let request = Request::from_value(event, Context::default()).expect("a request");
    let read: Vec<(String, String)> =
        request.query().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let expected: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    assert_eq!(read, expected, "the pairs of {text:?}");
}
