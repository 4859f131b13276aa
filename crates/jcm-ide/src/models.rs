//! The models of the library that a contract can begin from, and what each needs to be told.

/// A model to begin from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Its name, as `jcm new --model` takes it.
    pub name: &'static str,
    /// The title that a contract of it has.
    pub title: &'static str,
    /// What it needs to be told: `commissioner`, `provider`, `other provider`, `place`, `start`, `budget`.
    pub asks: Vec<&'static str>,
}

/// What the comments of a template say that its words stand for.
const MARK: &str = "// jcm new: ";

/// Every model, in the order of the library.
pub fn models() -> Vec<Model> {
    let model = |template: &'static jcm::Template| {
        let marks = template.contract.lines().filter_map(|line| line.strip_prefix(MARK)?.rsplit_once(" is "));
        let marks: Vec<(&str, &str)> = marks.collect();
        let title = marks.iter().find(|(_, what)| *what == "title").map_or(template.name, |(text, _)| text);
        let asked = ["commissioner", "provider", "other provider", "place", "start"];
        let mut asks: Vec<&'static str> =
            asked.into_iter().filter(|asked| marks.iter().any(|(_, what)| what == asked)).collect();
        if marks.iter().any(|(_, what)| *what == "budget" || what.ends_with("% of budget")) {
            asks.push("budget");
        }
        Model { name: template.name, title, asks }
    };
    jcm::templates().iter().map(model).collect()
}
