//! One layout for JSON: what fits on a line stands on a line, so that a step reads as a formula and not as a ladder.

use serde_json::Value;

const WIDTH: usize = 110;
const INDENT: usize = 2;

/// The text of a value, with a final line break.
pub(crate) fn text(value: &Value) -> String {
    let mut out = String::new();
    put(value, 0, 0, &mut out);
    out.push('\n');
    out
}

/// Writes `value` at an indent; `before` is how much of the line its field name has taken.
fn put(value: &Value, indent: usize, before: usize, out: &mut String) {
    let flat = flat(value);
    // A comma may follow, hence one column is kept free.
    let fits = indent + before + flat.chars().count() < WIDTH;
    let inner = indent + INDENT;
    match value {
        Value::Array(items) if !fits => {
            out.push('[');
            put_lines(items.iter(), inner, out, |item, out| put(item, inner, 0, out));
            close(indent, ']', out);
        }
        // The top of the file is a ladder even where it would fit: one field, one line.
        Value::Object(fields) if !fields.is_empty() && (!fits || indent == 0) => {
            out.push('{');
            put_lines(fields.iter(), inner, out, |(name, value), out| {
                let name = format!("{}: ", Value::String(name.clone()));
                out.push_str(&name);
                put(value, inner, name.chars().count(), out);
            });
            close(indent, '}', out);
        }
        _ => out.push_str(&flat),
    }
}

fn put_lines<T>(
    items: impl Iterator<Item = T>,
    indent: usize,
    out: &mut String,
    mut put: impl FnMut(T, &mut String),
) {
    for (i, item) in items.enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.extend(std::iter::repeat_n(' ', indent));
        put(item, out);
    }
}

fn close(indent: usize, bracket: char, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out.push(bracket);
}

/// The value on one line.
fn flat(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(flat).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields =
                fields.iter().map(|(name, v)| format!("{}: {}", Value::String(name.clone()), flat(v)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}
