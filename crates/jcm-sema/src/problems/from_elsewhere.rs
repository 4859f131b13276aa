//! Ways of writing from other places, in a text that cannot be read: dates and remarks.

use jcm_quantity::{Date, month_named, parse_date};

/// How the text is written here, where it has a date or a remark as they are written in other places.
pub(crate) fn from_elsewhere(text: &str) -> Option<String> {
    // What stands in quotes is a text, whatever it looks like.
    let outside: String = text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    if let Some((written, date)) = date(&outside) {
        return Some(match date {
            Some(date) => format!("Write the date as `{date}`"),
            None => {
                format!("There is no day `{written}`: write dates as `2027-06-30`, with year, month and day")
            }
        });
    }
    if let Some(name) = name_in_parts(text) {
        return Some(format!("Join the words of a name with `_`: `{name}`"));
    }
    let is_remark = |word: &str| word.starts_with("/*") || word == "--" || word.starts_with('#');
    outside.split_whitespace().any(is_remark).then(|| "Put `//` before a remark".to_owned())
}

/// A text in which every date that is written as in other places is written as here; none if there is no such date, one
/// is no day, or a part of the text stands in quotes.
pub(crate) fn with_dates(text: &str) -> Option<String> {
    if text.contains('"') {
        return None;
    }
    let (mut made, mut rest) = (String::new(), text);
    while let Some((written, found)) = date(rest) {
        let at = rest.find(written)?;
        made.push_str(rest.get(..at)?);
        made.push_str(&found?.to_string());
        rest = rest.get(at.checked_add(extent(rest.get(at..)?, written)?)?..)?;
    }
    made.push_str(rest);
    (made != text).then_some(made)
}

/// How long the date is that a text begins with, of which one word is known.
fn extent(text: &str, word: &str) -> Option<usize> {
    let is_whole = |word: &str| word.contains(['/', '.', '-']);
    if is_whole(word) {
        return Some(word.len());
    }
    let year = text.split_whitespace().nth(2)?.trim_matches([',', ';', '.']);
    text.find(year)?.checked_add(year.len())
}

/// The name of an input or a line with a space or hyphen in it, as it can be written.
fn name_in_parts(text: &str) -> Option<String> {
    let (before_title, _) = text.split_once('"')?;
    let name = before_title.strip_prefix("input ").or_else(|| before_title.strip_prefix("line "))?.trim();
    let joined = name.replace([' ', '-'], "_");
    let is_name = joined.starts_with(|c: char| c.is_ascii_alphabetic())
        && joined.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && joined != name).then_some(joined)
}

/// The first date that is written otherwise than `2026-04-01`, and the day that it is, if there is one. The day stands
/// before the month, unless it can only be the other way round.
fn date(text: &str) -> Option<(&str, Option<Date>)> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches([',', ';', '.'])).collect();
    words.iter().enumerate().find_map(|(place, word)| {
        let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
        match parts.as_slice() {
            [year, month, day] if year.len() == 4 && !word.contains('-') && are_figures(&parts) => {
                Some((*word, iso(year, month, day)))
            }
            [day, month, year] if year.len() == 4 && are_figures(&parts) => {
                Some((*word, iso(year, month, day).or_else(|| iso(year, day, month))))
            }
            _ => {
                let month = place.checked_add(1).and_then(|next| words.get(next))?;
                let year = place.checked_add(2).and_then(|next| words.get(next))?;
                let day = word.trim_end_matches(char::is_alphabetic);
                Some((*word, Some(named(year, month, day).or_else(|| named(year, word, month))?)))
            }
        }
    })
}

fn are_figures(parts: &[&str]) -> bool {
    parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `1 April 2026`.
fn named(year: &str, month: &str, day: &str) -> Option<Date> {
    iso(year, &month_named(month)?.to_string(), day)
}

fn iso(year: &str, month: &str, day: &str) -> Option<Date> {
    parse_date(&format!("{year}-{month:0>2}-{day:0>2}"))
}
