//! The templates of routes, `/users/{id}/files/{rest+}`, and their mistakes.

use std::ops::Range;

use syn::LitStr;

use crate::errors::{Errors, help};

/// A route template without mistakes.
pub(crate) struct Template {
    /// The template as it was written.
    pub(crate) literal: LitStr,
    /// Its parameters, in order.
    pub(crate) params: Vec<PathParam>,
}

/// `{name}` or `{name+}`.
pub(crate) struct PathParam {
    pub(crate) name: String,
    /// The range in the template, braces included.
    place: Range<usize>,
}

/// A mistake inside a template: where, what, and what to write.
struct Mistake {
    place: Range<usize>,
    message: String,
    help: String,
}

type Checked<T> = Result<T, Mistake>;

impl Template {
    /// Legal forms: `/`, and one or more of
    /// - `/literal`
    /// - `/{name}`
    /// - `/{name+}`, last
    pub(crate) fn parse(literal: LitStr, errors: &mut Errors) -> Option<Template> {
        match params(&literal.value()) {
            Ok(params) => Some(Template { literal, params }),
            Err(mistake) => {
                let shown = pointed(&literal.value(), &mistake.place, &mistake.message);
                errors.at(literal, help(shown, mistake.help));
                None
            }
        }
    }

    /// A template without parameters, as a prefix of others.
    pub(crate) fn prefix(literal: LitStr, errors: &mut Errors) -> Option<Template> {
        let template = Template::parse(literal, errors)?;
        if let Some(param) = template.params.first() {
            let message = template.pointing_at(param, "a prefix has no parameters");
            errors.at(&template.literal, help(message, "write the parameter in the path of each route"));
            return None;
        }
        Some(template)
    }

    /// The message, the template, and a line that points at the parameter.
    pub(crate) fn pointing_at(&self, param: &PathParam, message: &str) -> String {
        pointed(&self.literal.value(), &param.place, message)
    }
}

/// The text with a line of carets below the place. The parts of a literal have no spans of their own.
fn pointed(text: &str, place: &Range<usize>, message: &str) -> String {
    if text.is_empty() {
        return message.to_owned();
    }
    let before = text.get(..place.start).unwrap_or_default().chars().count();
    let wide = text.get(place.clone()).unwrap_or_default().chars().count().max(1);
    format!("{message}\n    {text}\n    {}{}", " ".repeat(before), "^".repeat(wide))
}

fn params(text: &str) -> Checked<Vec<PathParam>> {
    whole(text)?;
    let mut params: Vec<PathParam> = Vec::new();
    for place in segments(text) {
        let Some(param) = segment(text, place)? else { continue };
        if params.iter().any(|other| other.name == param.name) {
            return mistake(
                param.place,
                format!("path parameter `{}` appears twice", param.name),
                "give it another name",
            );
        }
        params.push(param);
    }
    Ok(params)
}

/// Checks of the whole template.
fn whole(text: &str) -> Checked<()> {
    let end = text.len();
    if text.is_empty() {
        return mistake(0..0, "the path is empty", "write `/`");
    }
    if !text.starts_with('/') {
        return mistake(0..1, "a path begins with `/`", format!("write `/{text}`"));
    }
    if let Some(at) = text.find("//") {
        return mistake(
            at..at + 2,
            "the path has an empty segment",
            format!("write `{}`", single_slashes(text)),
        );
    }
    if text != "/" && text.ends_with('/') {
        let help = format!("write `{}`", text.trim_end_matches('/'));
        return mistake(end - 1..end, "the path ends with a slash", help);
    }
    Ok(())
}

fn single_slashes(text: &str) -> String {
    let segments: Vec<_> = text.split('/').filter(|segment| !segment.is_empty()).collect();
    format!("/{}", segments.join("/"))
}

/// The places of the segments, slashes excluded.
fn segments(text: &str) -> Vec<Range<usize>> {
    let mut start = 1;
    let segments = text.split('/').skip(1).filter(|segment| !segment.is_empty()).map(|segment| {
        let place = start..start + segment.len();
        start = place.end + 1;
        place
    });
    segments.collect()
}

fn segment(text: &str, place: Range<usize>) -> Checked<Option<PathParam>> {
    let segment = &text[place.clone()];
    if segment.contains(['{', '}']) {
        return param(text, place).map(Some);
    }
    literal(segment, &place)?;
    Ok(None)
}

fn param(text: &str, place: Range<usize>) -> Checked<PathParam> {
    let segment = &text[place.clone()];
    let Some(inside) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return partial(segment, place);
    };
    if inside.contains(['{', '}']) {
        return mistake(
            place,
            "one segment has several parameters",
            "separate them with a slash: `/{a}/{b}`",
        );
    }
    let (name, is_rest) = inside.strip_suffix('+').map_or((inside, false), |name| (name, true));
    check_name(name, &place)?;
    if is_rest && place.end != text.len() {
        return mistake(place, "the rest of a path stands last", format!("move `{segment}` to the end"));
    }
    Ok(PathParam { name: name.to_owned(), place })
}

fn partial<T>(segment: &str, place: Range<usize>) -> Checked<T> {
    let (opened, closed) = (segment.matches('{').count(), segment.matches('}').count());
    match opened.cmp(&closed) {
        std::cmp::Ordering::Greater => mistake(place, "a `{` is not closed", "write `{name}`"),
        std::cmp::Ordering::Less => mistake(place, "a `}` is not opened", "write `{name}`"),
        std::cmp::Ordering::Equal if opened > 1 => {
            mistake(place, "one segment has several parameters", "separate them with a slash: `/{a}/{b}`")
        }
        std::cmp::Ordering::Equal => mistake(
            place,
            "a parameter is a whole segment",
            "write `/{name}`, and take the text apart in the handler",
        ),
    }
}

fn check_name(name: &str, place: &Range<usize>) -> Checked<()> {
    if name.is_empty() {
        return mistake(
            place.clone(),
            "the parameter has no name",
            "write `{name}`, as the argument is called",
        );
    }
    if name.starts_with('*') || name.ends_with('*') {
        let help = format!("write `{{{}+}}`", name.trim_matches('*'));
        return mistake(place.clone(), "the rest of a path is written with `+`", help);
    }
    if let Some((name, _)) = name.split_once(':') {
        let help = format!("write `{{{name}}}`; the type is that of the argument");
        return mistake(place.clone(), "a parameter has no type in the path", help);
    }
    if syn::parse_str::<syn::Ident>(name).is_err()
        && syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_err()
    {
        return mistake(
            place.clone(),
            format!("`{name}` is not the name of an argument"),
            "letters, digits and `_`",
        );
    }
    Ok(())
}

fn literal(segment: &str, place: &Range<usize>) -> Checked<()> {
    if let Some(name) =
        segment.strip_prefix(':').or(segment.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')))
    {
        return mistake(place.clone(), "parameters are written `{name}`", format!("write `{{{name}}}`"));
    }
    if segment == "." || segment == ".." {
        return mistake(place.clone(), "no request has such a path", "leave the segment out");
    }
    if let Some(name) = segment.strip_prefix('*') {
        let name = if name.is_empty() { "rest" } else { name };
        return mistake(
            place.clone(),
            "`*` stands for nothing",
            format!("the rest of a path is `{{{name}+}}`"),
        );
    }
    segment.char_indices().try_for_each(|(index, character)| {
        let at = place.start + index;
        legal(character).map_err(|(message, help)| Mistake {
            place: at..at + character.len_utf8(),
            message: message.into(),
            help: help.into(),
        })
    })
}

fn legal(character: char) -> Result<(), (&'static str, &'static str)> {
    match character {
        '?' => Err(("a path has no query", "take `Query<T>` as an argument")),
        '#' => Err(("a path has no fragment", "it never reaches the server")),
        'a'..='z' | 'A'..='Z' | '0'..='9' => Ok(()),
        _ if "-._~!$&'()*+,;=:@%".contains(character) => Ok(()),
        _ => Err((
            "the path has a character that no request can have",
            "write it percent-encoded: `%20` for a space",
        )),
    }
}

fn mistake<T>(place: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Checked<T> {
    Err(Mistake { place, message: message.into(), help: help.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        params(text).map(|params| params.into_iter().map(|param| param.name).collect()).unwrap_or_default()
    }

    fn why(text: &str) -> String {
        params(text).err().map(|mistake| mistake.message).unwrap_or_default()
    }

    #[test]
    fn finds_the_parameters_in_order() {
        assert_eq!(names("/"), Vec::<String>::new());
        assert_eq!(names("/users/{id}/files/{rest+}"), ["id", "rest"]);
        assert_eq!(names("/{type}"), ["type"]);
        assert_eq!(why("/.well-known/a%20b"), "");
    }

    #[test]
    fn names_each_mistake() {
        for (text, message) in [
            ("", "the path is empty"),
            ("users", "a path begins with `/`"),
            ("/users/", "the path ends with a slash"),
            ("/a//b", "the path has an empty segment"),
            ("/{}", "the parameter has no name"),
            ("/{id", "a `{` is not closed"),
            ("/id}", "a `}` is not opened"),
            ("/{a}{b}", "one segment has several parameters"),
            ("/x{a}", "a parameter is a whole segment"),
            ("/{a}/{a}", "path parameter `a` appears twice"),
            ("/{rest+}/x", "the rest of a path stands last"),
            ("/{rest*}", "the rest of a path is written with `+`"),
            ("/{id:int}", "a parameter has no type in the path"),
            ("/<id>", "parameters are written `{name}`"),
            ("/:id", "parameters are written `{name}`"),
            ("/a?b=1", "a path has no query"),
            ("/a b", "the path has a character that no request can have"),
            ("/ä", "the path has a character that no request can have"),
            ("/../x", "no request has such a path"),
            ("/{a-b}", "`a-b` is not the name of an argument"),
        ] {
            assert_eq!(why(text), message, "{text}");
        }
    }

    #[test]
    fn carets_stand_below_the_place() {
        let shown = pointed("/users/{id}", &(7..11), "m");
        assert_eq!(shown, "m\n    /users/{id}\n           ^^^^");
    }
}
