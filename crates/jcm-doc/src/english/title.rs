//! Titles inside sentences: article, case and number.

/// A title as it stands inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noun {
    /// `the `, or nothing.
    pub(crate) article: &'static str,
    /// The noun without its article.
    pub(crate) body: String,
    /// Whether its verb is in the plural.
    pub(crate) plural: bool,
}

/// Words that end the head of a noun: `actual cost` of the services.
const AFTER_THE_HEAD: [&str; 33] = [
    "of", "for", "to", "in", "at", "as", "from", "per", "by", "on", "with", "without", "after", "before",
    "aged", "that", "which", "under", "over", "above", "below", "not", "than", "still", "between", "where",
    "until", "within", "during", "into", "through", "against", "left",
];

/// Words with which a title is no noun yet: `After the quality score`.
const BEFORE_A_NOUN: [&str; 21] = [
    "after", "before", "at", "in", "on", "with", "without", "from", "to", "by", "under", "above", "below",
    "less", "plus", "within", "during", "as", "for", "of", "per",
];

/// Words that stand in the place of an article.
const DETERMINERS: [&str; 10] = ["a", "an", "each", "every", "any", "all", "no", "its", "their", "our"];

/// Words that make a clause of a title, which needs no article: `What people regained`.
const CLAUSE_BEGINS: [&str; 6] = ["what", "how", "who", "whether", "when", "why"];

/// What is done with an amount, and no noun where something goes with it: `Paid for outcomes`.
const DONE_WITH_AN_AMOUNT: [&str; 14] = [
    "paid", "earned", "received", "borne", "due", "deducted", "kept", "saved", "spent", "owed", "withheld",
    "shared", "lost", "missed",
];

/// Participles that do not end in -ed.
const IRREGULAR: [&str; 18] = [
    "made", "paid", "given", "held", "kept", "lost", "taken", "spent", "withheld", "sent", "brought",
    "found", "drawn", "borne", "seen", "met", "left", "won",
];

/// Where something is done.
const PLACES: [&str; 4] = ["here", "elsewhere", "together", "alone"];

/// First words that are no proper names, though one stands later in the title.
const COMMON_FIRST: [&str; 40] = [
    "activity",
    "admissions",
    "adults",
    "amount",
    "amounts",
    "budget",
    "charge",
    "charges",
    "children",
    "contribution",
    "contributions",
    "cost",
    "costs",
    "deaths",
    "discount",
    "fee",
    "income",
    "length",
    "number",
    "part",
    "patients",
    "payment",
    "payments",
    "people",
    "points",
    "price",
    "prices",
    "rate",
    "rates",
    "residents",
    "saving",
    "savings",
    "score",
    "share",
    "shares",
    "spending",
    "staff",
    "value",
    "visits",
    "yearly",
];

/// Whether a title ends in words behind a comma that go with it, so that a sentence that goes on closes them with another:
/// `the patients counted, exceptions left out, are`. A list, `cases, surveys or infections`, does not.
pub(crate) fn needs_closing_comma(title: &str) -> bool {
    let last = title.rsplit_once(", ").map(|(_, last)| last);
    last.is_some_and(|last| !last.split(' ').any(|word| matches!(word, "and" | "or")))
}

/// A title as a noun; `what` is the noun for what it measures, such as `amount`, where the title has none.
pub(crate) fn noun(title: &str, what: &str) -> Noun {
    let title = title.trim();
    if let Some((part, of)) = in_parts(title) {
        let (part, of) = (noun(part, what), noun(of, what));
        let article = if of.plural { "" } else { of.article };
        return Noun { body: format!("{} for {article}{}", part.body, of.body), ..part };
    }
    let first = title.split(' ').next().unwrap_or_default();
    let first_lower = first.to_lowercase();
    let is_one_word = !title.contains(' ');
    if first_lower == "the" && !is_one_word {
        let body = title.get(first.len()..).unwrap_or_default().trim().to_string();
        return Noun { article: "the ", plural: is_plural(&body), body };
    }
    let body = lower_first(title);
    if CLAUSE_BEGINS.contains(&first_lower.as_str()) && !is_one_word {
        return Noun { article: "", plural: false, body };
    }
    let second = title.split(' ').nth(1).unwrap_or_default();
    let goes_on = AFTER_THE_HEAD.contains(&second) || PLACES.contains(&second);
    let is_done = DONE_WITH_AN_AMOUNT.contains(&first_lower.as_str())
        || (first_lower.ends_with("ed") && !first_lower.ends_with("eed") && is_participle(&first_lower));
    if is_done && goes_on {
        return Noun { article: "the ", body: format!("{what} {body}"), plural: is_plural(what) };
    }
    if DETERMINERS.contains(&first_lower.as_str()) && !is_one_word {
        return Noun { article: "", plural: first_lower == "all", body };
    }
    if BEFORE_A_NOUN.contains(&first_lower.as_str()) || (is_one_word && is_participle(&first_lower)) {
        return Noun { article: "the ", body: format!("{what} {body}"), plural: is_plural(what) };
    }
    Noun { article: "the ", plural: is_plural(&body), body }
}

/// A title such as `Progress: emergency admissions`, which names a part of something: the part and the whole.
pub(crate) fn in_parts(title: &str) -> Option<(&str, &str)> {
    let (part, of) = title.split_once(": ")?;
    let is_short = part.split(' ').count() <= 3 && !part.is_empty();
    (is_short && !of.trim().is_empty() && !of.contains(": ")).then_some((part, of))
}

/// A title with its first letter in lower case, unless the title holds a proper name or starts with an abbreviation.
/// What a title is `for` may be a name and makes none of the whole: `amount due for Home care`.
pub fn lower_first(title: &str) -> String {
    if let Some((part, whole)) = title.split_once(" for ")
        && part.contains(' ')
        && whole.starts_with(char::is_uppercase)
    {
        return format!("{} for {whole}", lower_first(part));
    }
    let mut words = title.split(' ');
    let first = words.next().unwrap_or_default();
    let is_abbreviation = first.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    let is_common = COMMON_FIRST.contains(&first.to_lowercase().as_str());
    if is_abbreviation || (!is_common && words.any(is_capitalised)) {
        return title.to_string();
    }
    let mut letters = title.chars();
    match letters.next() {
        Some(c) => c.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `1 row`, `2 rows`: how many there are of a thing named in the singular.
pub(crate) fn count_of(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {}", plural_of(thing)) }
}

/// The plural of a noun that was given in the singular.
pub(crate) fn plural_of(thing: &str) -> String {
    match thing.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if thing.ends_with(['s', 'x']) || thing.ends_with("ch") || thing.ends_with("sh") => {
            format!("{thing}es")
        }
        _ => format!("{thing}s"),
    }
}

/// Whether a word starts like a proper name: a capital and then a small letter.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.trim_start_matches(['(', '“', '"', '‘']).chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

fn is_participle(word: &str) -> bool {
    let is_noun = ["table", "bed", "need", "seed", "variable", "timetable"].contains(&word);
    let regular = word == "due" || ["able", "ible", "ed"].iter().any(|ending| word.ends_with(ending));
    !is_noun && (regular || IRREGULAR.contains(&word))
}

fn is_plural(body: &str) -> bool {
    let head = body
        .split(' ')
        .take_while(|word| !AFTER_THE_HEAD.contains(&word.trim_end_matches(',')))
        .filter(|word| !word.is_empty());
    let mut before_comma = true;
    let head = head
        .take_while(|word| std::mem::replace(&mut before_comma, !word.ends_with(',')))
        .filter(|word| !is_participle(word.to_lowercase().trim_end_matches(',')))
        .last()
        .unwrap_or_default();
    let head = head.trim_end_matches([',', ')', '”']);
    if ["people", "children", "women", "men"].contains(&head) {
        return true;
    }
    let singular = ["ss", "us", "is", "'s", "’s", "S"].iter().any(|ending| head.ends_with(ending));
    head.ends_with('s') && !singular
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_sentence(title: &str) -> String {
        let noun = noun(title, "amount");
        format!("{}{} {}", noun.article, noun.body, if noun.plural { "are" } else { "is" })
    }

    #[test]
    fn titles_become_nouns_with_their_verb() {
        let cases = [
            ("Saving", "the saving is"),
            ("The providers' share", "the providers' share is"),
            ("After the quality score", "the amount after the quality score is"),
            ("Payable", "the amount payable is"),
            ("Points achieved", "the points achieved are"),
            ("Earned savings", "the earned savings are"),
            ("Actual cost of the services", "the actual cost of the services is"),
            ("Savings rate", "the savings rate is"),
            ("NHS list size", "the NHS list size is"),
            ("The Alliance Fund", "the Alliance Fund is"),
            ("Rate for Stour Valley", "the rate for Stour Valley is"),
            ("Stour Valley rate", "the Stour Valley rate is"),
            ("Hospital care of Stour Valley", "the Hospital care of Stour Valley is"),
            (
                "Price for each person and year for Care in time",
                "the price for each person and year for Care in time is",
            ),
            ("What people regained", "what people regained is"),
            ("How people are afterwards", "how people are afterwards is"),
            ("Paid for outcomes", "the amount paid for outcomes is"),
            ("Due after the monthly parts", "the amount due after the monthly parts is"),
            ("Received for others here", "the amount received for others here is"),
            ("Share of savings paid to GPs", "the share of savings paid to GPs is"),
            ("Each practice's share", "each practice's share is"),
            (
                "Emergency admissions of people aged 65 and over",
                "the emergency admissions of people aged 65 and over are",
            ),
            ("Progress between the thresholds", "the progress between the thresholds is"),
            ("Patients counted, exceptions left out", "the patients counted, exceptions left out are"),
            ("Share left after sequestration", "the share left after sequestration is"),
            ("Progress: Emergency admissions", "the progress for emergency admissions is"),
            ("Due: Falls service", "the amount due for the falls service is"),
            ("For completed courses", "the amount for completed courses is"),
            ("For the hospital", "the amount for the hospital is"),
            ("For each insured person", "the amount for each insured person is"),
            ("Per person", "the amount per person is"),
            ("", "the  is"),
        ];
        for (title, expected) in cases {
            assert_eq!(in_sentence(title), expected);
        }
    }

    #[test]
    fn words_behind_a_comma_are_closed_by_another_and_lists_are_not() {
        for title in [
            "Patients counted, exceptions left out",
            "Front door and physiotherapy, with the work of leading",
        ] {
            assert!(needs_closing_comma(title), "{title}");
        }
        for title in
            ["Cases, surveys or expected infections", "People aged 65 and over", "Visits, calls and letters"]
        {
            assert!(!needs_closing_comma(title), "{title}");
        }
    }

    #[test]
    fn plurals_of_row_names() {
        assert_eq!(
            ["indicator", "practice", "body", "box", "day"].map(plural_of).join(" "),
            "indicators practices bodies boxes days"
        );
    }
}
