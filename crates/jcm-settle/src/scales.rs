//! What a table or bands give, in words: the row that holds a value, and every band with its rate.

use jcm_calculus::{BandRow, End, ScaleResult, ScaleRow};
use jcm_quantity::{Exact, Unit, show};

/// The row of a whole-amount table that holds a value: `30% from 0 points to below 5 points`.
pub(crate) fn row_for(rows: &[ScaleRow], value: &Exact, of: &Unit, result: &Unit) -> Option<String> {
    let above = |end: &End| if end.included { &end.value <= value } else { &end.value < value };
    let below = |end: &End| if end.included { value <= &end.value } else { value < &end.value };
    let holds =
        |row: &&ScaleRow| row.lower.as_ref().is_none_or(above) && row.upper.as_ref().is_none_or(below);
    let row = rows.iter().find(holds)?;
    let figure = |end: &End| show(&end.value, of);
    Some(match (&row.result, &row.lower, &row.upper) {
        (ScaleResult::Even { from, to }, Some(lower), Some(upper)) => format!(
            "evenly from {} at {} to {} at {}",
            show(from, result),
            figure(lower),
            show(to, result),
            figure(upper)
        ),
        (ScaleResult::Even { from, .. } | ScaleResult::Flat(from), lower, upper) => {
            let from_here = lower.as_ref().map(|end| match end.included {
                true if upper.is_none() => format!(" from {} on", figure(end)),
                true => format!(" from {}", figure(end)),
                false => format!(" above {}", figure(end)),
            });
            let to_here = upper.as_ref().map(|end| match end.included {
                true => format!(" up to and with {}", figure(end)),
                false => format!(" to below {}", figure(end)),
            });
            let given = show(from, result);
            match (from_here, to_here, upper) {
                (Some(lower), Some(upper), _) => format!("{given}{lower}{upper}"),
                (Some(lower), None, _) => format!("{given}{lower}"),
                (None, Some(_), Some(end)) if !end.included => format!("{given} below {}", figure(end)),
                (None, Some(upper), _) => format!("{given}{upper}"),
                _ => given,
            }
        }
    })
}

/// Every band with its rate: `10% of what lies up to £1,000.00, 20% of what lies above £1,000.00`; where a rate gives
/// another unit than that of the value, `£85.00 per review for what lies above 400 reviews`.
pub(crate) fn bands(rows: &[BandRow], of: &Unit, result: &Unit) -> String {
    let rate_unit = result.over(of);
    let is_share = is_share(&rate_unit);
    let rate = |rate: &Exact| match is_share {
        true => format!("{} of", show(rate, &Unit::percent())),
        false => format!("{} for", show(rate, &rate_unit)),
    };
    let band = |row: &BandRow| {
        let end = |value: &Exact| show(value, of);
        let place = match (&row.lower, &row.upper) {
            (Some(lower), Some(upper)) => format!("between {} and {}", end(lower), end(upper)),
            (Some(lower), None) => format!("above {}", end(lower)),
            (None, Some(upper)) => format!("up to {}", end(upper)),
            (None, None) => "anywhere".to_owned(),
        };
        format!("{} what lies {place}", rate(&row.rate))
    };
    rows.iter().map(band).collect::<Vec<_>>().join(", ")
}

fn is_share(rate: &Unit) -> bool {
    rate.dims().is_empty()
}

/// What lies in each band on the way from nought to a value, times its rate: `50% × 5% + 35% × 1.785218…%`. Nothing where no
/// band has anything of it.
pub(crate) fn parts_of_bands(rows: &[BandRow], value: &Exact, of: &Unit, result: &Unit) -> Option<String> {
    let rate_unit = result.over(of);
    let rate_unit = if is_share(&rate_unit) { Unit::percent() } else { rate_unit };
    let part = |row: &BandRow| {
        let inside = jcm_eval::part_inside(value, row);
        let (rate, size) = (show(&row.rate, &rate_unit), show(&inside, of));
        let size = if inside.is_negative() { format!("({size})") } else { size };
        (!inside.is_zero()).then(|| format!("{rate} × {size}"))
    };
    let parts: Vec<String> = rows.iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| parts.join(" + "))
}
