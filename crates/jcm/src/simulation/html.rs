//! A simulation as a page of its own: drawings, and the table of the same figures below each.

use super::chart::chart;
use super::result::Simulated;
use super::tables::{chance_rows, party_rows, percent, place_title, whole, years};
use maud::{DOCTYPE, Markup, html};

pub(crate) const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}th,td{padding:.3rem .7rem;border-bottom:1px solid #767676;text-align:right}\
th:first-child,td:first-child{text-align:left}svg{width:100%;height:auto}svg text{font-size:14px;fill:#111}.range{stroke:#111;stroke-width:6}\
.middle{stroke:#111;stroke-width:3}.mean{fill:#fff;stroke:#111;stroke-width:2}.nought{stroke:#767676;stroke-dasharray:4 4}.scroll{overflow-x:auto}";

/// The whole page.
pub fn simulation_html(simulated: &Simulated) -> String {
    let title = format!("{}: {}", simulated.contract, simulated.title);
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(crate::COMPILER);
                title { (title) }
                style { (STYLE) }
            }
            body {
                main {
                    h1 { (title) }
                    p { (whole(simulated.runs)) " runs of " (years(simulated)) ", seed " (simulated.seed) ". What a simulation says holds as far as its distributions do." }
                    @for place in &simulated.places {
                        h2 { (place_title(place)) }
                        @if simulated.tells.0 {
                            h3 { "What each stands to gain or lose over all periods" }
                            p { "A bar runs over the range of the table, a stroke stands at the middle (50%), a diamond at the expected figure." }
                            (chart(simulated, place))
                            (table(&party_rows(simulated, place)))
                        }
                        @if !place.chances.is_empty() {
                            h3 { "Chances" }
                            (table(&chance_rows(simulated, "chance in a period that", &place.chances)))
                        }
                        @if !place.watches.is_empty() {
                            h3 { "Conditions and limits" }
                            (table(&chance_rows(simulated, "chance in a period", &place.watches)))
                        }
                    }
                    @if !simulated.expectations.is_empty() {
                        h2 { "What was expected" }
                        ul {
                            @for result in &simulated.expectations {
                                li {
                                    (if result.holds { "As expected: " } else { "Not as expected: " }) (result.text)
                                    @if !result.place.is_empty() { " in " (result.place) }
                                    " (" (percent(&result.found)) ")"
                                }
                            }
                        }
                    }
                    p { "Hash of the figures: " code { (simulated.hash) } }
                }
            }
        }
    };
    page.into_string()
}

fn table(rows: &[Vec<String>]) -> Markup {
    let Some((heads, rows)) = rows.split_first() else { return html! {} };
    html! {
        div class="scroll" tabindex="0" {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
            }
        }
    }
}
