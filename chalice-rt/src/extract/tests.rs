use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::param;
use super::*;
use crate::context::Context;
use crate::describe::Describe;
use crate::error::Result;
use crate::event::Event;
use crate::event::EventInternal;
use crate::state::{State, StateStore};
use crate::web::{Cookies, Request};

fn request(members: Value) -> Request {
    let mut event = json!({"httpMethod": "POST", "path": "/users/x", "requestContext": {}});
    if let (Some(event), Value::Object(members)) = (event.as_object_mut(), members) {
        event.extend(members);
    }
    Request::from_value(event, Context::default()).expect("an event")
}

fn get<T: FromEvent<Request>>(members: Value) -> Result<T> {
    T::from_event(&mut request(members))
}

/// The type and the text of the error.
fn error<T: FromEvent<Request>>(members: Value) -> (&'static str, String) {
    let error = get::<T>(members).err().expect("an error");
    (error.type_name(), error.to_string())
}

#[derive(Debug, Deserialize, PartialEq)]
struct User {
    name: String,
    age: u8,
}

#[test]
fn json_tells_malformed_from_unfit() {
    let body = |body: &str| json!({"body": body});
    assert_eq!(get::<Json<User>>(body(r#"{"name":"a","age":1}"#)).expect("a user").age, 1);
    assert_eq!(error::<Json<User>>(body("{")).0, "BadRequestError");
    assert_eq!(error::<Json<User>>(body("")).0, "BadRequestError");
    let (name, text) = error::<Json<User>>(body(r#"{"name":"a","age":"secret"}"#));
    assert_eq!(name, "UnprocessableEntityError");
    assert!(text.contains("`age`") && !text.contains("secret"), "{text}");
    let (_, text) = error::<Json<User>>(body(r#"{"age":1}"#));
    assert!(text.contains("`name`"), "{text}");
}

#[test]
fn an_option_is_none_only_if_nothing_is_there() {
    assert_eq!(get::<Option<Json<User>>>(json!({})).expect("none"), None);
    assert_eq!(error::<Option<Json<User>>>(json!({"body": "{"})).0, "BadRequestError");
    assert_eq!(get::<Option<Query<User>>>(json!({})).expect("none"), None);
    assert_eq!(
        error::<Option<Query<User>>>(json!({"queryStringParameters": {"name": "a"}})).0,
        "BadRequestError"
    );
    assert_eq!(get::<Option<String>>(json!({"body": ""})).expect("none"), None);
    assert_eq!(get::<Option<Extension<u8>>>(json!({})).expect("none"), None);
    assert!(get::<Option<Cookies>>(json!({})).expect("none").is_none());
    assert!(get::<Option<State<u8>>>(json!({})).expect("none").is_none());
}

#[test]
fn queries_and_forms_name_what_does_not_fit() {
    let query = |text: &str| {
        let context = json!({"http": {"method": "GET", "path": "/"}});
        json!({"version": "2.0", "rawQueryString": text, "requestContext": context})
    };
    assert_eq!(get::<Query<User>>(query("name=a&age=1&age=2")).expect("a user").age, 2);
    let unfit = ("BadRequestError", "the query: `age`: expected u8".to_owned());
    assert_eq!(error::<Query<User>>(query("name=a&age=secret")), unfit);
    let malformed = ("BadRequestError", "the query: `name`: not percent-encoded UTF-8".to_owned());
    assert_eq!(error::<Query<User>>(query("name=%ff&age=1")), malformed);
    assert_eq!(get::<Form<User>>(json!({"body": "name=a+b&age=1"})).expect("a user").name, "a b");
    let missing = ("BadRequestError", "the form: `age` is missing".to_owned());
    assert_eq!(error::<Form<User>>(json!({"body": "name=a"})), missing);
}

#[test]
fn parameters_name_themselves() {
    let mut request = request(json!({}));
    request.matched("/users/{id}", vec![("id", "7".to_owned())]);
    assert_eq!(param::read::<u8>(&request, "id").expect("a number"), 7);
    let error = param::read::<bool>(&request, "id").expect_err("no bool");
    assert_eq!(error.type_name(), "BadRequestError");
    assert_eq!(error.to_string(), "the path parameter `id` is not a valid bool");
}

#[test]
fn claims_are_where_each_authorizer_puts_them() {
    let of = |authorizer: Value| {
        get::<Option<Claims<BTreeMap<String, Value>>>>(json!({"requestContext": {"authorizer": authorizer}}))
            .expect("claims or none")
            .and_then(|claims| claims.get("sub").cloned())
    };
    for authorizer in [
        json!({"claims": {"sub": "ada"}}),
        json!({"jwt": {"claims": {"sub": "ada"}, "scopes": null}}),
        json!({"lambda": {"sub": "ada"}}),
        json!({"principalId": "x", "sub": "ada"}),
    ] {
        assert_eq!(of(authorizer), Some(json!("ada")));
    }
    for nothing in [
        Value::Null,
        json!({}),
        json!({"lambda": null}),
        json!({"lambda": {}}),
        json!({"jwt": null}),
        json!({"jwt": {"claims": null, "scopes": null}}),
        json!({"jwt": {"claims": {}, "scopes": ["sub"]}}),
        json!({"claims": null, "sub": "ada"}),
        json!({"iam": null}),
        json!("sub"),
    ] {
        assert_eq!(of(nothing.clone()), None, "{nothing}");
    }
    assert_eq!(error::<Claims<Value>>(json!({})).0, "UnauthorizedError");
}

#[test]
fn state_is_found_and_known_to_be_needed() {
    let states: &'static StateStore = Box::leak(Box::default());
    states.fill([(TypeId::of::<u8>(), Arc::new(7_u8) as _)].into());
    let mut request = request(json!({}));
    request.context_mut().states = Some(states);
    assert_eq!(*State::<u8>::from_event(&mut request).expect("managed"), 7);
    assert!(State::<u16>::from_event(&mut request).is_err());
    assert_eq!(described::<State<u8>>().states.len(), 1);
    assert!(described::<Option<State<u8>>>().states.is_empty());
}

fn described<T: FromEvent<Request>>() -> Describe {
    let mut description = Describe::default();
    T::describe(&mut description);
    description
}

#[test]
fn an_optional_body_still_says_its_content_type() {
    let form = described::<Option<Form<User>>>().content_types;
    assert_eq!(form, Some(&["application/x-www-form-urlencoded"] as &[&str]));
}

#[cfg(feature = "local")]
#[test]
fn a_query_says_which_parameters_it_reads() {
    let notes = described::<Option<Query<User>>>().arguments;
    let note = &notes[0];
    assert_eq!((note.location, note.name, note.required), ("query", None, false));
    assert_eq!(note.fields, ["name", "age"]);
}
