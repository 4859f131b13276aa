//! Reading and laying out.

/// The tree holds the text, every problem lies on characters of it, and the layout is stable.
pub(crate) fn keep(text: &str) {
    let parsed = jcm_syntax::parse(text);
    assert!(parsed.green.to_string() == text, "the tree has another text");
    for problem in &parsed.problems {
        let (start, end) = (problem.range.0 as usize, problem.range.1 as usize);
        assert!(text.get(start..end).is_some(), "{problem:?} does not lie on characters");
    }
    let Ok(once) = jcm::format(text) else { return };
    match jcm::format(&once) {
        Ok(twice) => assert!(twice == once, "laid out twice, the text is another"),
        Err(_) => assert!(once.is_empty(), "what was laid out cannot be laid out"),
    }
}
