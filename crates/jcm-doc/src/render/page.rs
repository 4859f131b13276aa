//! The frame of every page that is made: it says its language, its letters and its maker, and asks the network for nothing.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A whole page from what stands in its body. The style is text of this project and never of a contract.
pub fn page(title: &str, maker: &str, style: &'static str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(maker);
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}
