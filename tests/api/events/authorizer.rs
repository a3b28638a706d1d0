//! Authorizers of API Gateway, as it calls them: by shape or by name, with their middleware.

use super::*;

#[authorizer(ttl_seconds = 300)]
async fn who(request: AuthRequest, log: State<Log>) -> Result<AuthResponse> {
    log.add(format!("{} {}", request.auth_type, request.token));
    match request.token.as_str() {
        "allow" => Ok(AuthResponse::new(["/notes/*"], "ada").with_context(json!({"role": "admin"}))),
        "broken" => Err("the key store is down".into()),
        _ => Ok(AuthResponse::deny("nobody")),
    }
}

#[middleware("authorizer")]
async fn counted(request: AuthRequest, next: Next<AuthRequest>) -> Result<AuthResponse> {
    let answer = next.run(request).await?;
    Ok(answer.with_context(json!({"counted": true})))
}

fn token(token: &str) -> Value {
    json!({
        "type": "TOKEN", "authorizationToken": token,
        "methodArn": "arn:aws:execute-api:us-west-2:123:rest/dev/GET/notes/1",
    })
}

#[tokio::test]
async fn an_authorizer_is_found_by_shape_and_by_name_and_answers_a_policy() {
    let client = TestClient::new(base());
    let by_shape = client.send(token("allow")).await.unwrap();
    assert_eq!(by_shape["principalId"], "ada");
    let statement = &by_shape["policyDocument"]["Statement"][0];
    assert_eq!(statement["Effect"], "Allow");
    assert_eq!(statement["Resource"], json!(["arn:aws:execute-api:us-west-2:123:rest/dev/*/notes/*"]));
    assert_eq!(client.invoke("who", &token("allow")).await.unwrap(), by_shape);
}

#[tokio::test]
async fn middleware_of_the_kind_surrounds_it() {
    let client = TestClient::new(base());
    assert_eq!(client.chain("who"), ["counted"]);
    assert_eq!(client.send(token("allow")).await.unwrap()["context"], json!({"counted": true}));
}

#[tokio::test]
async fn no_token_that_is_known_denies_and_an_error_fails_the_invocation() {
    let client = TestClient::new(base());
    let denied = client.send(token("else")).await.unwrap();
    assert_eq!(denied["policyDocument"]["Statement"][0]["Effect"], "Deny");
    let error = client.send(token("broken")).await.unwrap_err();
    assert_eq!(error.error_message, "the key store is down");
}
