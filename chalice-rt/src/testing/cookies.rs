//! The cookies that a test client keeps between requests, as a browser does.

use std::sync::{Mutex, MutexGuard, PoisonError};

use cookie::time::OffsetDateTime;
use cookie::{Cookie, Expiration};
use http::HeaderMap;
use http::header::SET_COOKIE;

/// The cookies of one client and its copies.
#[derive(Debug, Default)]
pub(super) struct KeptCookies(Mutex<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    name: String,
    value: String,
    path: String,
    /// `None`: a session cookie, which the client never drops.
    until: Option<OffsetDateTime>,
}

impl KeptCookies {
    /// Keeps the cookies that a response sets. Expired ones are dropped, so a response can delete a cookie.
    pub(super) fn keep(&self, request_path: &str, headers: &HeaderMap) {
        let mut all = self.lock();
        let texts = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        for cookie in texts.filter_map(|text| Cookie::parse(text).ok()) {
            let kept = Kept::of(&cookie, request_path);
            all.retain(|known| (&known.name, &known.path) != (&kept.name, &kept.path));
            all.push(kept);
        }
        forget_expired(&mut all);
    }

    /// The cookies for a path, as `name=value`. Those with the longest path come first.
    pub(super) fn for_path(&self, path: &str) -> Vec<(String, String)> {
        let mut all = self.lock();
        forget_expired(&mut all);
        let mut matching: Vec<&Kept> = all.iter().filter(|kept| is_within(path, &kept.path)).collect();
        matching.sort_by_key(|kept| std::cmp::Reverse(kept.path.len()));
        matching.into_iter().map(|kept| (kept.name.clone(), kept.value.clone())).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn of(cookie: &Cookie<'_>, request_path: &str) -> Self {
        let path = cookie.path().filter(|path| path.starts_with('/'));
        let expires = match cookie.expires() {
            Some(Expiration::DateTime(until)) => Some(until),
            _ => None,
        };
        // `Max-Age` has precedence over `Expires`.
        let until = cookie.max_age().map(|age| OffsetDateTime::now_utc().saturating_add(age)).or(expires);
        Kept {
            name: cookie.name().to_owned(),
            value: cookie.value().to_owned(),
            path: path.unwrap_or_else(|| folder(request_path)).to_owned(),
            until,
        }
    }
}

fn forget_expired(all: &mut Vec<Kept>) {
    let now = OffsetDateTime::now_utc();
    all.retain(|kept| kept.until.is_none_or(|until| until > now));
}

/// The default path of a cookie: the request's path up to its last slash.
fn folder(path: &str) -> &str {
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(end) => &path[..end],
    }
}

/// Whether a cookie with the second path is sent with a request for the first (RFC 6265, 5.1.4).
fn is_within(path: &str, cookie_path: &str) -> bool {
    let Some(rest) = path.strip_prefix(cookie_path) else { return false };
    rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(kept: &KeptCookies, path: &str, cookies: &[&str]) {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie.parse().expect("a header"));
        }
        kept.keep(path, &headers);
    }

    fn sent(kept: &KeptCookies, path: &str) -> String {
        let pairs = kept.for_path(path).into_iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_cookie_is_sent_to_its_path_and_below() {
        let kept = KeptCookies::default();
        set(&kept, "/users/login", &["all=1; Path=/", "users=2", "orders=3; Path=/orders"]);
        assert_eq!(sent(&kept, "/users"), "users=2; all=1");
        assert_eq!(sent(&kept, "/users/7"), "users=2; all=1");
        assert_eq!(sent(&kept, "/users-of-others"), "all=1");
        assert_eq!(sent(&kept, "/orders/1"), "orders=3; all=1");
    }

    #[test]
    fn a_new_value_replaces_the_old_one_and_an_expired_one_deletes() {
        let kept = KeptCookies::default();
        set(&kept, "/", &["a=1", "b=1", "c=1; Max-Age=3600"]);
        set(&kept, "/", &["a=2", "b=; Max-Age=0", "d=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]);
        assert_eq!(sent(&kept, "/"), "c=1; a=2");
    }
}
