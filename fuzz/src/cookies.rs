//! The cookies of a request.

use chalice_rt::prelude::*;

/// No cookie's name contains a delimiter, and each cookie is found by its name.
pub(crate) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let event = json!({
        "httpMethod": "GET", "path": "/", "requestContext": {}, "multiValueHeaders": {"cookie": [text]},
    });
    let Ok(request) = Request::from_value(event, Context::default()) else { return };
    let jar = request.cookies();
    for (name, value) in jar.iter() {
        assert!(!name.contains(['=', ';']) && !value.contains(';'), "{name:?} = {value:?} of {text:?}");
        assert!(jar.get(name).is_some(), "{name:?} of {text:?}");
    }
}
