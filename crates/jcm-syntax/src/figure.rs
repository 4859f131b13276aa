//! How a figure of other places is written here: `6.000.000` is `6,000,000`, `10.000,50` is `10,000.50`.

/// A figure whose marks do not stand where they belong, with them put right; the sign of a currency and of per cent stay.
/// Nothing where the text holds no figure, or one that is right already.
pub fn figure_written_right(text: &str) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (start, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    let (sign, rest) = text.split_at_checked(start)?;
    let (figure, after) = rest.split_at_checked(last + 1 - start)?;
    let is_mark = |c: char| matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    if !figure.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return None;
    }
    let (whole, decimals) = parts(figure);
    // Points part the groups of a figure, but those of a date too.
    if whole.split('.').skip(1).any(|group| group.len() != 3) {
        return None;
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let decimals = decimals.map(|decimals| format!(".{decimals}")).unwrap_or_default();
    let right = format!("{sign}{}{decimals}{after}", with_commas(&digits));
    (right != text && text.replace(',', "") != right.replace(',', "") || !is_grouped(whole)).then_some(right)
}

/// The whole part and the decimals: behind the only point, or behind a comma that stands behind points or before one or
/// two digits alone.
fn parts(figure: &str) -> (&str, Option<&str>) {
    let (points, commas) = (figure.matches('.').count(), figure.matches(',').count());
    if points == 1 && figure.rfind('.') > figure.rfind(',') {
        return figure.rsplit_once('.').map_or((figure, None), |(whole, decimals)| (whole, Some(decimals)));
    }
    let behind = figure.rsplit_once(',').filter(|(_, decimals)| points > 0 || decimals.len() < 3);
    match behind {
        Some((whole, decimals)) if commas == 1 => (whole, Some(decimals)),
        _ => (figure, None),
    }
}

/// Whether the commas of a whole number stand before groups of three, or it has no marks.
fn is_grouped(whole: &str) -> bool {
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    whole == digits || whole == with_commas(&digits)
}

/// A comma before each three digits.
pub(crate) fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::figure_written_right;

    #[test]
    fn marks_are_put_where_they_belong() {
        let right = [
            ("£6.000.000", "£6,000,000"),
            ("10.000,50", "10,000.50"),
            ("£7,000,00", "£700,000"),
            ("2,4%", "2.4%"),
            ("1 234", "1,234"),
            ("12,34,567", "1,234,567"),
        ];
        for (written, expected) in right {
            assert_eq!(figure_written_right(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn nothing_is_made_of_what_is_right_or_no_figure() {
        for text in ["£6,000,000", "1,234.50", "1234", "per cent", "10 to 20", "0.5%", "01.04.2026"] {
            assert_eq!(figure_written_right(text), None, "{text}");
        }
    }
}
