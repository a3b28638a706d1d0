//! The cookies of a request.

use std::fmt;
use std::ops::Deref;

/// The cookies of a request: names and values as the client sent them.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[route("/")]
/// async fn index(request: Request) -> String {
///     request.cookies().get("theme").unwrap_or("light").to_owned()
/// }
/// # fn main() {}
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CookieJar(Vec<(String, String)>);

impl CookieJar {
    /// The value of a cookie. Of several with this name it is the first, which is the most specific one.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").cookie("a", "1").cookie("b", "2").build(), Context::default())?;
    /// assert_eq!(request.cookies().get("b"), Some("2"));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All cookies, in order.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").cookie("a", "1").cookie("b", "2").build(), Context::default())?;
    /// assert_eq!(request.cookies().iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the request has no cookies.
    ///
    /// ```
    /// use chalice_rt::prelude::*;
    ///
    /// let request = Request::from_value(events::http("GET", "/").cookie("a", "1").cookie("b", "2").build(), Context::default())?;
    /// assert!(!request.cookies().is_empty());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads `Cookie` headers.
    pub(in crate::web) fn parse<'a>(headers: impl Iterator<Item = &'a str>) -> Self {
        CookieJar(headers.flat_map(|header| header.split(';')).filter_map(cookie).collect())
    }
}

/// The cookies of a request, as an extractor. An `Option<Cookies>` is `None` if there are none.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[route("/")]
/// async fn index(cookies: Cookies) -> String {
///     cookies.get("theme").unwrap_or("light").to_owned()
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cookies(pub CookieJar);

impl Deref for Cookies {
    type Target = CookieJar;

    fn deref(&self) -> &CookieJar {
        &self.0
    }
}

fn cookie(pair: &str) -> Option<(String, String)> {
    let (name, value) = pair.split_once('=')?;
    let value = value.trim();
    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    Some((name.trim().to_owned(), value.to_owned()))
}

impl fmt::Debug for CookieJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.iter().map(|(name, _)| name);
        f.write_str("CookieJar ")?;
        f.debug_list().entries(names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_read_from_every_header() {
        let jar = CookieJar::parse(["a=1; b=\"x y\";c=", "a=2; nonsense; d=p=q"].into_iter());
        assert_eq!(
            jar.iter().collect::<Vec<_>>(),
            [("a", "1"), ("b", "x y"), ("c", ""), ("a", "2"), ("d", "p=q")]
        );
        assert_eq!(jar.get("a"), Some("1"));
        assert_eq!(format!("{jar:?}"), r#"CookieJar ["a", "b", "c", "a", "d"]"#);
    }
}
