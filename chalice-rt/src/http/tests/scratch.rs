use super::*;
use crate::event::{EventInternal, Original};
use crate::http::{ReplyForm, Response, encode};
use bytes::Bytes;

#[test]
fn scratch() {
    let n: usize = std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let stage = std::env::var("STAGE").unwrap_or_default();
    let file = std::fs::read(std::env::var("EVENT").unwrap_or_default()).unwrap_or_default();
    for _ in 0..n {
        let bytes = Bytes::from(file.clone());
        let request = match Request::decode(Original::parsed(bytes), Context::default()) { Ok(r) => r, Err(_) => return };
        if stage == "all" {
            let form = ReplyForm::of(&request);
            let _ = std::hint::black_box(encode(&form, Response::new("hello"), None));
        }
        std::hint::black_box(request);
    }
}
