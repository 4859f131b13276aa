//! The rules of the layout, each with a text as a person might write it and as it is laid out.
#![expect(clippy::expect_used, reason = "a test ends where it fails")]

/// What stands after the edition, laid out.
fn laid_out(text: &str) -> String {
    let out = jcm_fmt::format(&format!("jcm 1\n\n{text}")).expect("the text has no problems");
    out.strip_prefix("jcm 1\n\n").expect("a blank line follows the edition").to_owned()
}

/// The members of an incentive, laid out.
fn members(text: &str) -> String {
    let out = laid_out(&format!("incentive i \"I\" {{\n{text}\n}}\n"));
    let body = out.strip_prefix("incentive i \"I\" {\n").and_then(|out| out.strip_suffix("}\n"));
    body.expect("the body keeps its braces").to_owned()
}

#[test]
fn the_edition_comes_first_and_a_blank_line_after_it() {
    assert_eq!(
        jcm_fmt::format("\u{FEFF}\r\n\r\njcm\t1\r\nuse a.b\r\n\r\n\r\n"),
        Ok("jcm 1\n\nuse a.b\n".to_owned())
    );
    assert_eq!(
        jcm_fmt::format("// who\njcm 1 // what\nuse a.b"),
        Ok("// who\njcm 1  // what\n\nuse a.b\n".to_owned())
    );
}

#[test]
fn values_of_fields_stand_in_a_column_until_a_blank_line() {
    let text = "partner a \"A\"\n{\n\trole :commissioner ,provider\n  sector: health // why\n\n\n\n  ods:\"QX9\"\n}\n";
    let out = "partner a \"A\" {\n    role:    commissioner, provider\n    sector:  health  // why\n\n    ods: \"QX9\"\n}\n";
    assert_eq!(laid_out(text), out);
}

#[test]
fn keys_of_rows_stand_before_a_column_of_colons() {
    let text = "scale s \"S\" of percent : percent {\n  source: \"x\"\n  below 0%: 0%\n  0% to below 100%: rising evenly from 0%   to 100%\n}\n\npool p \"P\" {\n contributes {\n icb: £84\n council: £36\n }\n}\n";
    let out = "scale s \"S\" of percent : percent {\n    source: \"x\"\n    below 0%         : 0%\n    0% to below 100% : rising evenly from 0% to 100%\n}\n\npool p \"P\" {\n    contributes {\n        icb     : £84\n        council : £36\n    }\n}\n";
    assert_eq!(laid_out(text), out);
}

#[test]
fn in_a_table_its_author_tells_a_choice_from_a_field() {
    let text = "parameter p \"P\" : percent by track {\n source: \"x\"\n note: \"y\"\n basic :40%\n enhanced  : 75%\n}\n";
    let out = "parameter p \"P\" : percent by track {\n    source:  \"x\"\n    note:    \"y\"\n    basic    : 40%\n    enhanced : 75%\n}\n";
    assert_eq!(laid_out(text), out);
}

#[test]
fn rows_are_never_broken() {
    let long = "a very long text that says what is counted ".repeat(4);
    let row = format!("    \"A\" in 2010/11 : \"{long}\", 5 points, none\n");
    assert_eq!(
        laid_out(&format!("parameter p \"P\" {{\n{row}}}\n")),
        format!("parameter p \"P\" {{\n{row}}}\n")
    );
}

#[test]
fn lines_align_their_names_titles_and_formulas() {
    let text = "line saving \"Saving\" = fund.budget-cost\nline saving_rate \"Rate\" : percent = saving/fund.budget\ninput cost \"Cost\":£ from open_book of council";
    let out = "    line saving       \"Saving\"         = fund.budget - cost\n    line saving_rate  \"Rate\" : percent = saving / fund.budget\n    input cost \"Cost\" : £ from open_book of council\n";
    assert_eq!(members(text), out);
}

#[test]
fn a_title_that_would_make_lines_too_long_stands_out() {
    let formula = "a_name_of_twenty_signs when another_name >= 2%, otherwise a_third_name";
    let text = format!(
        "line a \"A\" = {formula}\nline b \"B\" = {formula}\nline c \"{}\" = £0\n",
        "A title that is as long as a sentence"
    );
    let out = format!(
        "    line a  \"A\" = {formula}\n    line b  \"B\" = {formula}\n    line c  \"{}\" = £0\n",
        "A title that is as long as a sentence"
    );
    assert_eq!(members(&text), out);
}

#[test]
fn shares_stand_under_each_other() {
    let text = "pays due from fund to {\n acute 40%\n ageing_well 5% losing at most £50,000\n}";
    let out = "    pays due from fund to {\n        acute        40%\n        ageing_well   5%  losing at most £50,000\n    }\n";
    assert_eq!(members(text), out);
}

#[test]
fn figures_of_an_example_stand_in_columns() {
    let text = "given cost = £5, quality = 90%\nexpect saving = -£3\nexpect acute receives £7\ngiven \"A\": x = 1\ngiven \"ABC\" : x = 2";
    let out = "    given  cost   = £5, quality = 90%\n    expect saving = -£3\n    expect acute  receives £7\n    given  \"A\":   x = 1\n    given  \"ABC\": x = 2\n";
    assert_eq!(members(text), out);
}

#[test]
fn choices_steps_and_settings_stand_in_columns() {
    let text = "choice c \"C\" {\n basic \"BASIC\"\n enhanced \"ENHANCED\"\n}\n\nladder l \"L\" {\n board decides within 10 days\n mediation by CEDR within 30 days\n}\n\nlocality n \"N\" of c {\n rate=40%\n people.size =31,900 people\n}\n";
    let out = "choice c \"C\" {\n    basic     \"BASIC\"\n    enhanced  \"ENHANCED\"\n}\n\nladder l \"L\" {\n    board      decides  within 10 days\n    mediation  by CEDR  within 30 days\n}\n\nlocality n \"N\" of c {\n    rate        = 40%\n    people.size = 31,900 people\n}\n";
    assert_eq!(laid_out(text), out);
}

#[test]
fn declarations_on_one_line_stand_in_columns_and_stay_there_while_they_fit() {
    let text = "unit people \"people\" {one:person}\nunit bed_days \"bed-days\"   { one : bed_day }\nunit long \"a unit with quite a long title\" { one: unit_with_a_long_name, also: another_name_for_it, third: one }\n";
    let out = "unit people    \"people\"    { one: person }\nunit bed_days  \"bed-days\"  { one: bed_day }\n\nunit long \"a unit with quite a long title\" {\n    one:    unit_with_a_long_name\n    also:   another_name_for_it\n    third:  one\n}\n";
    assert_eq!(laid_out(text), out);
}

#[test]
fn a_value_that_is_too_long_breaks_after_commas_under_its_start() {
    let text = "notices: \"Director of Adult Social Care, County Hall, Stourbridge\", adult.social.care@stourvalley.example\nresidue: a";
    let out = "    notices:  \"Director of Adult Social Care, County Hall, Stourbridge\",\n              adult.social.care@stourvalley.example\n    residue:  a\n";
    assert_eq!(members(text), out);
    let text = "line a \"A\" = best_of(first_argument, second_argument, third_argument), at most another_name_that_is_long, rounded half_up to £1";
    let out = "    line a \"A\" = best_of(first_argument, second_argument, third_argument),\n                 at most another_name_that_is_long, rounded half_up to £1\n";
    assert_eq!(members(text), out);
    let text = "line a \"A\" = best_of(the_first_argument_of_all, the_second_argument, the_third_argument, the_fourth_argument)";
    let out = "    line a \"A\" = best_of(the_first_argument_of_all, the_second_argument, the_third_argument,\n                     the_fourth_argument)\n";
    assert_eq!(members(text), out);
}

#[test]
fn lines_that_a_person_broke_stay_broken() {
    let text = "line a \"A\" =\n  b when c,\n  otherwise d\nline e \"E\" = f,\n at least -5%\n when g\n - h";
    let out = "    line a  \"A\" =\n        b when c,\n        otherwise d\n    line e  \"E\" = f,\n                  at least -5%\n                  when g\n                  - h\n";
    assert_eq!(members(text), out);
}

#[test]
fn operators_stand_apart_and_brackets_close_in() {
    let text = "line a \"A\" = ( b+c )*abs( -d )/f (g)-[ 1,2 ,3 ]\nline b \"B\" = - a, at least - 5 %";
    let out =
        "    line a  \"A\" = (b + c) * abs(-d) / f (g) - [1, 2, 3]\n    line b  \"B\" = -a, at least -5 %\n";
    assert_eq!(members(text), out);
}

#[test]
fn a_name_that_is_a_word_as_well_is_subtracted_from() {
    let text = "line due \"Due\" = before-in_bank, at least -£5";
    assert_eq!(members(text), "    line due \"Due\" = before - in_bank, at least -£5\n");
}

#[test]
fn turns_of_payees_stand_under_each_other() {
    let text = "pays due from fund to {\nfirst council up to £5\nthen community up to £2\nrest hospital\n}";
    let out = "    pays due from fund to {\n        first  council    up to £5\n        then   community  up to £2\n        rest   hospital\n    }\n";
    assert_eq!(members(text), out);
}

#[test]
fn words_that_are_written_as_one_stay_one() {
    assert_eq!(
        members("method: open-book review  by  a/b , 24/7(nearly)"),
        "    method: open-book review by a/b, 24/7(nearly)\n"
    );
}

#[test]
fn comments_keep_their_places() {
    let text = "{// after the brace\n// first\n   /// of a\n a: b, // trailing\n\n\n //second\n c: d,\n // inside\n e // at the end\n // last\n}";
    let out = "incentive i \"I\" {  // after the brace\n    // first\n    /// of a\n    a: b  // trailing\n\n    //second\n    c: d,\n       // inside\n       e  // at the end\n    // last\n}  // out\n\n// end\n";
    assert_eq!(laid_out(&format!("incentive i \"I\" {text}// out\n\n// end")), out);
}

#[test]
fn a_comment_that_is_no_doc_comment_does_not_become_one() {
    let text = "use a\n  /// indented, so it belongs to nothing\nuse b\n/// of c\nuse c\n";
    assert_eq!(laid_out(text), "use a\n/// indented, so it belongs to nothing\n\nuse b\n/// of c\nuse c\n");
}

#[test]
fn blank_lines_part_long_declarations() {
    let text = "use a\nuse b\n// about p\npartner p \"P\" {\nrole: x\n}\n// about q\npartner q \"Q\" {\n\n\n role: y\n\n\n}\n\n\n\n\n\n// ── Law ──\nuse c";
    let out = "use a\nuse b\n\n// about p\npartner p \"P\" {\n    role: x\n}\n\n// about q\npartner q \"Q\" {\n    role: y\n}\n\n\n// ── Law ──\nuse c\n";
    assert_eq!(laid_out(text), out);
}

#[test]
fn legal_text_keeps_its_lines() {
    let text = "clause c \"C\" in x {  The {a  .b}\n\t shall  pay\u{00A0}{ 15  operational\n days }.  \n\n\n\n\n  // is text.\n}\ndefinition d \"D\" {  a   thing. }\ndefinition e \"E\" {}\n";
    let text = text.replace("{a  .b}", "{a.b}");
    let out = "clause c \"C\" in x {\n    The {a.b}\n    shall  pay\u{00A0}{15 operational\n    days}.\n\n    // is text.\n}\n\ndefinition d  \"D\"  { a   thing. }\ndefinition e  \"E\"  {}\n";
    assert_eq!(laid_out(&text), out);
}

#[test]
fn texts_in_quotes_are_never_touched() {
    let text = "a: \"two  spaces,\ta tab,\u{00A0}and // no comment \\\" { [\"";
    assert_eq!(members(text), format!("    {text}\n"));
}
