//! Diagrams of a contract as files.

use crate::COMPILER;
pub use jcm_doc::{Diagram, Shows, diagrams};

/// How a diagram is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiagramFormat {
    /// A picture.
    Svg,
    /// The language of Graphviz.
    Dot,
    /// The language of Mermaid.
    Mermaid,
}

/// A diagram as the text of a file, which says what made it.
pub fn diagram_text(diagram: &Diagram, format: DiagramFormat) -> String {
    let graph = &diagram.graph;
    match format {
        DiagramFormat::Svg => {
            let svg = graph.picture().svg();
            svg.replacen("?>\n", &format!("?>\n<!-- Made by {COMPILER} -->\n"), 1)
        }
        DiagramFormat::Dot => format!("// Made by {COMPILER}\n{}", graph.dot()),
        DiagramFormat::Mermaid => format!("%% Made by {COMPILER}\n{}", graph.mermaid()),
    }
}
