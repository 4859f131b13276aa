//! How wide words are, in the measures of Arial and Helvetica, so that boxes fit them without a font being read.

/// The widths of the printable letters of ASCII from the space on, in thousandths of the size.
const WIDTHS: [i32; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How wide a line of words is, in points.
pub(crate) fn text_width(text: &str, size: i32, bold: bool) -> i32 {
    let thousandths: i32 = text.chars().map(letter).fold(0, i32::saturating_add);
    let plain = thousandths.saturating_mul(size) / 1000 + 1;
    if bold { plain.saturating_mul(108) / 100 } else { plain }
}

fn letter(c: char) -> i32 {
    let place = u32::from(c).checked_sub(32).and_then(|place| usize::try_from(place).ok());
    match place.and_then(|place| WIDTHS.get(place)) {
        Some(width) => *width,
        // Wide letters of other scripts, and what is about as wide as a figure.
        None if u32::from(c) >= 0x1100 => 1000,
        None => 556,
    }
}

/// Words in lines of at most a width; what does not fit on the last of `most` lines ends in an ellipsis.
pub(crate) fn wrapped(text: &str, width: i32, size: i32, bold: bool, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if !line.is_empty() && text_width(&longer, size, bold) > width {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            line = longer;
        }
    }
    lines.push(line);
    let cut = lines.len() > most;
    lines.truncate(most.max(1));
    let last = lines.len().saturating_sub(1);
    for (place, line) in lines.iter_mut().enumerate() {
        if text_width(line, size, bold) > width || (cut && place == last) {
            *line = shortened(line, width, size, bold);
        }
    }
    lines
}

fn shortened(line: &str, width: i32, size: i32, bold: bool) -> String {
    let mut kept: Vec<char> = line.chars().collect();
    loop {
        let text: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if kept.is_empty() || text_width(&text, size, bold) <= width {
            return text;
        }
        kept.truncate(kept.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_about_as_wide_as_in_print() {
        assert_eq!(text_width("Stour Valley", 10, false), 54);
        assert!(text_width("Stour Valley", 10, true) > 54);
    }

    #[test]
    fn words_are_broken_into_lines_and_cut_with_a_mark() {
        assert_eq!(
            wrapped("Stour Valley County Council", 70, 10, false, 3),
            ["Stour Valley", "County Council"]
        );
        assert_eq!(wrapped("one two three four", 30, 10, false, 1), ["one…"]);
        assert!(text_width(&wrapped(&"W".repeat(400), 90, 10, false, 2)[0], 10, false) <= 90);
    }
}
