//! The kinds of the tree and the words of the language.
//!
//! Made from `grammar/jcm.pest` by `cargo run -p xtask -- codegen`; edit the grammar, not this file.

use crate::grammar::Rule;

/// What a node or a token of the tree is: a rule of the grammar, or what lies between terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum SyntaxKind {
    /// A file: the edition, then declarations, and the text between them that is none.
    Outline,
    /// The first line: the language and its edition.
    Edition,
    /// The name of the language.
    EditionWord,
    /// The edition, `1`.
    EditionValue,
    /// One declaration with its doc comment and everything up to the next one. A declaration starts in the first column, so an unclosed brace never swallows the next one.
    Chunk,
    /// Text where a declaration was expected.
    Stray,
    /// The rest of a line and its end.
    Line,
    /// A declaration; legal text stands in the body of a clause or definition, members in every other.
    Declaration,
    /// What is declared.
    Kind,
    /// The name of a declaration.
    Name,
    /// A name with a character that names cannot have.
    BadName,
    /// The phrases between the title and the body.
    Header,
    /// A closing brace after the end of a declaration.
    SurplusClose,
    /// Members between braces.
    Block,
    /// `key : value`, or a statement. A member ends at the end of its line, or before `, key :`.
    Member,
    /// A comma or a colon with nothing before it.
    BadSeparator,
    /// Legal text between braces; blank lines part its paragraphs.
    Prose,
    /// Words of the legal text; `\{` and `\}` are braces.
    ProseText,
    /// A value inside legal text.
    Hole,
    /// A hole that is not closed: its first name, and the text goes on.
    OpenHole,
    /// A run of terms that ends before a comma, a colon or the end of the line.
    Phrase,
    /// A run of terms after a colon; a second colon is an operator.
    ValuePhrase,
    /// A run of terms in a header, where a brace begins the body.
    HeaderPhrase,
    /// A run of terms in brackets, where line breaks mean nothing.
    GroupPhrase,
    /// A run of terms in brackets that are not closed on their line.
    OpenPhrase,
    /// A run of terms in a hole.
    HolePhrase,
    /// Phrases in round brackets.
    Group,
    /// Phrases in square brackets.
    List,
    /// A comment to the end of the line.
    Comment,
    /// A comment that becomes part of what follows it.
    DocComment,
    /// One or more words with dots between them.
    Path,
    /// The first name in a hole that is not closed.
    HolePath,
    /// An electronic address.
    Address,
    /// A text on one line; `\"` is a quotation mark and `\\` a backslash.
    Text,
    /// A date: year, month and day.
    Date,
    /// A financial year.
    Year,
    /// A percentage.
    Percent,
    /// A number.
    Number,
    /// An amount of money, or a currency sign alone.
    Money,
    /// The separator of phrases.
    Comma,
    /// Between a key and its value.
    Colon,
    /// `l_paren`.
    LParen,
    /// `r_paren`.
    RParen,
    /// `l_bracket`.
    LBracket,
    /// `r_bracket`.
    RBracket,
    /// `l_brace`.
    LBrace,
    /// `r_brace`.
    RBrace,
    /// The opening brace of a hole.
    HoleOpen,
    /// The closing brace of a hole.
    HoleClose,
    /// An operator; a line that ends in one goes on.
    Operator,
    /// A text in curly or single quotation marks, or one that mixes them with straight ones; an apostrophe does not end it.
    BadQuotes,
    /// A text without its closing quotation mark; a brace at the end of the line is not part of it.
    BadText,
    /// A closing bracket that was not opened.
    BadClose,
    /// Characters that mean nothing here.
    Bad,
    /// `no_r_brace`.
    NoRBrace,
    /// `no_r_paren`.
    NoRParen,
    /// `no_r_bracket`.
    NoRBracket,
    /// `no_hole_close`.
    NoHoleClose,
    /// `no_value`.
    NoValue,
    /// Spaces on one line.
    Whitespace,
    /// The end of a line.
    LineBreak,
    /// A declaration that is nested too deeply to be read.
    Unread,
}

impl SyntaxKind {
    /// Every kind, by its number.
    pub const ALL: &'static [SyntaxKind] = &[
        Self::Outline,
        Self::Edition,
        Self::EditionWord,
        Self::EditionValue,
        Self::Chunk,
        Self::Stray,
        Self::Line,
        Self::Declaration,
        Self::Kind,
        Self::Name,
        Self::BadName,
        Self::Header,
        Self::SurplusClose,
        Self::Block,
        Self::Member,
        Self::BadSeparator,
        Self::Prose,
        Self::ProseText,
        Self::Hole,
        Self::OpenHole,
        Self::Phrase,
        Self::ValuePhrase,
        Self::HeaderPhrase,
        Self::GroupPhrase,
        Self::OpenPhrase,
        Self::HolePhrase,
        Self::Group,
        Self::List,
        Self::Comment,
        Self::DocComment,
        Self::Path,
        Self::HolePath,
        Self::Address,
        Self::Text,
        Self::Date,
        Self::Year,
        Self::Percent,
        Self::Number,
        Self::Money,
        Self::Comma,
        Self::Colon,
        Self::LParen,
        Self::RParen,
        Self::LBracket,
        Self::RBracket,
        Self::LBrace,
        Self::RBrace,
        Self::HoleOpen,
        Self::HoleClose,
        Self::Operator,
        Self::BadQuotes,
        Self::BadText,
        Self::BadClose,
        Self::Bad,
        Self::NoRBrace,
        Self::NoRParen,
        Self::NoRBracket,
        Self::NoHoleClose,
        Self::NoValue,
        Self::Whitespace,
        Self::LineBreak,
        Self::Unread,
    ];

    /// The kind of a rule that makes a node or a token.
    pub(crate) fn of_rule(rule: Rule) -> Option<Self> {
        Some(match rule {
            Rule::outline => Self::Outline,
            Rule::edition => Self::Edition,
            Rule::edition_word => Self::EditionWord,
            Rule::edition_value => Self::EditionValue,
            Rule::chunk => Self::Chunk,
            Rule::stray => Self::Stray,
            Rule::line => Self::Line,
            Rule::declaration => Self::Declaration,
            Rule::kind => Self::Kind,
            Rule::name => Self::Name,
            Rule::bad_name => Self::BadName,
            Rule::header => Self::Header,
            Rule::surplus_close => Self::SurplusClose,
            Rule::block => Self::Block,
            Rule::member => Self::Member,
            Rule::bad_separator => Self::BadSeparator,
            Rule::prose => Self::Prose,
            Rule::prose_text => Self::ProseText,
            Rule::hole => Self::Hole,
            Rule::open_hole => Self::OpenHole,
            Rule::phrase => Self::Phrase,
            Rule::value_phrase => Self::ValuePhrase,
            Rule::header_phrase => Self::HeaderPhrase,
            Rule::group_phrase => Self::GroupPhrase,
            Rule::open_phrase => Self::OpenPhrase,
            Rule::hole_phrase => Self::HolePhrase,
            Rule::group => Self::Group,
            Rule::list => Self::List,
            Rule::comment => Self::Comment,
            Rule::doc_comment => Self::DocComment,
            Rule::path => Self::Path,
            Rule::hole_path => Self::HolePath,
            Rule::address => Self::Address,
            Rule::text => Self::Text,
            Rule::date => Self::Date,
            Rule::year => Self::Year,
            Rule::percent => Self::Percent,
            Rule::number => Self::Number,
            Rule::money => Self::Money,
            Rule::comma => Self::Comma,
            Rule::colon => Self::Colon,
            Rule::l_paren => Self::LParen,
            Rule::r_paren => Self::RParen,
            Rule::l_bracket => Self::LBracket,
            Rule::r_bracket => Self::RBracket,
            Rule::l_brace => Self::LBrace,
            Rule::r_brace => Self::RBrace,
            Rule::hole_open => Self::HoleOpen,
            Rule::hole_close => Self::HoleClose,
            Rule::operator => Self::Operator,
            Rule::bad_quotes => Self::BadQuotes,
            Rule::bad_text => Self::BadText,
            Rule::bad_close => Self::BadClose,
            Rule::bad => Self::Bad,
            Rule::no_r_brace => Self::NoRBrace,
            Rule::no_r_paren => Self::NoRParen,
            Rule::no_r_bracket => Self::NoRBracket,
            Rule::no_hole_close => Self::NoHoleClose,
            Rule::no_value => Self::NoValue,
            _ => return None,
        })
    }

    /// Whether the kind is a token, not a node.
    pub fn is_token(self) -> bool {
        matches!(
            self,
            Self::EditionWord
                | Self::EditionValue
                | Self::Chunk
                | Self::Stray
                | Self::Line
                | Self::Kind
                | Self::Name
                | Self::BadName
                | Self::SurplusClose
                | Self::BadSeparator
                | Self::ProseText
                | Self::Comment
                | Self::DocComment
                | Self::Path
                | Self::HolePath
                | Self::Address
                | Self::Text
                | Self::Date
                | Self::Year
                | Self::Percent
                | Self::Number
                | Self::Money
                | Self::Comma
                | Self::Colon
                | Self::LParen
                | Self::RParen
                | Self::LBracket
                | Self::RBracket
                | Self::LBrace
                | Self::RBrace
                | Self::HoleOpen
                | Self::HoleClose
                | Self::Operator
                | Self::BadQuotes
                | Self::BadText
                | Self::BadClose
                | Self::Bad
                | Self::Whitespace
                | Self::LineBreak
                | Self::Unread
        )
    }
}

impl SyntaxKind {
    /// Whether the kind marks the place of something missing; it is never in a tree.
    pub(crate) fn is_missing(self) -> bool {
        matches!(self, 
            Self::NoRBrace
                | Self::NoRParen
                | Self::NoRBracket
                | Self::NoHoleClose
                | Self::NoValue
        )
    }
}

/// A word that begins a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclarationKind {
    /// The agreement itself: its term, currency, law, settlement periods and rounding.
    Contract,
    /// Takes in declarations from another file or from the standard library.
    Use,
    /// Puts the clauses of another file into this contract.
    Include,
    /// A party: its legal name, role, sector, identifiers and notices.
    Partner,
    /// The people the contract is for, how they are attributed and how many they are.
    Population,
    /// What matters to the person, and who owns it together.
    Outcome,
    /// What is counted: unit, source, baseline, targets and what happens when data is missing.
    Measure,
    /// A named figure with its dates and its source.
    Parameter,
    /// A parameter that a locality may set, within a range.
    Knob,
    /// A pooled fund: contributions, host and uplift.
    Pool,
    /// What is delivered, to whom and by whom.
    Service,
    /// Who pays whom, how much and when.
    Payment,
    /// Marginal shares, band by band.
    Bands,
    /// A table from a whole amount to a result, in steps or sliding.
    Scale,
    /// A weighted composite of measures.
    Score,
    /// An ordered run of named lines that ends in payments.
    Incentive,
    /// Who decides: seats, votes, quorum, reserved matters and meetings.
    Board,
    /// A matter to be decided, by whom and by what majority.
    Decision,
    /// Legal text, with references into the contract in braces.
    Clause,
    /// A defined term in legal text.
    Definition,
    /// Who must do what, to whom, by when, shown by what, failing which what.
    Obligation,
    /// The steps of a dispute or remedy, with their clocks.
    Ladder,
    /// A term left open on purpose: owner, method, deadline and fallback.
    OpenTerm,
    /// How the columns of a data file become the inputs of the contract.
    Dataset,
    /// Given figures and the lines and payments expected of them; the compiler runs it.
    Example,
    /// The contract for one place: the knobs that it sets.
    Locality,
    /// A dated change to the contract.
    Variation,
    /// Which inputs vary, how, how often, and what to report.
    Simulation,
    /// What a contract must cover.
    Model,
    /// A core element of a model.
    Element,
    /// A check that an element asks for.
    Criterion,
    /// How the partners of a contracting model stand to each other.
    Profile,
    /// A unit of measurement and how it converts.
    Unit,
    /// A closed list of words that a field accepts.
    Choice,
    /// A formula with named inputs.
    Function,
    /// Working days and holidays.
    Calendar,
    /// What clauses of another file leave to the contract that includes them.
    Blank,
    /// What a partner passes on to a sub-contractor.
    Subcontract,
    /// A document outside the contract that it refers to by name.
    Document,
    /// A power that the law gives, under which partners act together.
    Power,
    /// What must be true before the contract begins.
    ConditionPrecedent,
}

impl DeclarationKind {
    /// Every one, in the order of the grammar.
    pub const ALL: &'static [DeclarationKind] = &[
        Self::Contract,
        Self::Use,
        Self::Include,
        Self::Partner,
        Self::Population,
        Self::Outcome,
        Self::Measure,
        Self::Parameter,
        Self::Knob,
        Self::Pool,
        Self::Service,
        Self::Payment,
        Self::Bands,
        Self::Scale,
        Self::Score,
        Self::Incentive,
        Self::Board,
        Self::Decision,
        Self::Clause,
        Self::Definition,
        Self::Obligation,
        Self::Ladder,
        Self::OpenTerm,
        Self::Dataset,
        Self::Example,
        Self::Locality,
        Self::Variation,
        Self::Simulation,
        Self::Model,
        Self::Element,
        Self::Criterion,
        Self::Profile,
        Self::Unit,
        Self::Choice,
        Self::Function,
        Self::Calendar,
        Self::Blank,
        Self::Subcontract,
        Self::Document,
        Self::Power,
        Self::ConditionPrecedent,
    ];

    /// How it is spelled.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Use => "use",
            Self::Include => "include",
            Self::Partner => "partner",
            Self::Population => "population",
            Self::Outcome => "outcome",
            Self::Measure => "measure",
            Self::Parameter => "parameter",
            Self::Knob => "knob",
            Self::Pool => "pool",
            Self::Service => "service",
            Self::Payment => "payment",
            Self::Bands => "bands",
            Self::Scale => "scale",
            Self::Score => "score",
            Self::Incentive => "incentive",
            Self::Board => "board",
            Self::Decision => "decision",
            Self::Clause => "clause",
            Self::Definition => "definition",
            Self::Obligation => "obligation",
            Self::Ladder => "ladder",
            Self::OpenTerm => "open_term",
            Self::Dataset => "dataset",
            Self::Example => "example",
            Self::Locality => "locality",
            Self::Variation => "variation",
            Self::Simulation => "simulation",
            Self::Model => "model",
            Self::Element => "element",
            Self::Criterion => "criterion",
            Self::Profile => "profile",
            Self::Unit => "unit",
            Self::Choice => "choice",
            Self::Function => "function",
            Self::Calendar => "calendar",
            Self::Blank => "blank",
            Self::Subcontract => "subcontract",
            Self::Document => "document",
            Self::Power => "power",
            Self::ConditionPrecedent => "condition_precedent",
        }
    }

    /// What it means, in one sentence.
    pub fn doc(self) -> &'static str {
        match self {
            Self::Contract => "The agreement itself: its term, currency, law, settlement periods and rounding.",
            Self::Use => "Takes in declarations from another file or from the standard library.",
            Self::Include => "Puts the clauses of another file into this contract.",
            Self::Partner => "A party: its legal name, role, sector, identifiers and notices.",
            Self::Population => "The people the contract is for, how they are attributed and how many they are.",
            Self::Outcome => "What matters to the person, and who owns it together.",
            Self::Measure => "What is counted: unit, source, baseline, targets and what happens when data is missing.",
            Self::Parameter => "A named figure with its dates and its source.",
            Self::Knob => "A parameter that a locality may set, within a range.",
            Self::Pool => "A pooled fund: contributions, host and uplift.",
            Self::Service => "What is delivered, to whom and by whom.",
            Self::Payment => "Who pays whom, how much and when.",
            Self::Bands => "Marginal shares, band by band.",
            Self::Scale => "A table from a whole amount to a result, in steps or sliding.",
            Self::Score => "A weighted composite of measures.",
            Self::Incentive => "An ordered run of named lines that ends in payments.",
            Self::Board => "Who decides: seats, votes, quorum, reserved matters and meetings.",
            Self::Decision => "A matter to be decided, by whom and by what majority.",
            Self::Clause => "Legal text, with references into the contract in braces.",
            Self::Definition => "A defined term in legal text.",
            Self::Obligation => "Who must do what, to whom, by when, shown by what, failing which what.",
            Self::Ladder => "The steps of a dispute or remedy, with their clocks.",
            Self::OpenTerm => "A term left open on purpose: owner, method, deadline and fallback.",
            Self::Dataset => "How the columns of a data file become the inputs of the contract.",
            Self::Example => "Given figures and the lines and payments expected of them; the compiler runs it.",
            Self::Locality => "The contract for one place: the knobs that it sets.",
            Self::Variation => "A dated change to the contract.",
            Self::Simulation => "Which inputs vary, how, how often, and what to report.",
            Self::Model => "What a contract must cover.",
            Self::Element => "A core element of a model.",
            Self::Criterion => "A check that an element asks for.",
            Self::Profile => "How the partners of a contracting model stand to each other.",
            Self::Unit => "A unit of measurement and how it converts.",
            Self::Choice => "A closed list of words that a field accepts.",
            Self::Function => "A formula with named inputs.",
            Self::Calendar => "Working days and holidays.",
            Self::Blank => "What clauses of another file leave to the contract that includes them.",
            Self::Subcontract => "What a partner passes on to a sub-contractor.",
            Self::Document => "A document outside the contract that it refers to by name.",
            Self::Power => "A power that the law gives, under which partners act together.",
            Self::ConditionPrecedent => "What must be true before the contract begins.",
        }
    }

    /// The one that is spelled like this.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "contract" => Self::Contract,
            "use" => Self::Use,
            "include" => Self::Include,
            "partner" => Self::Partner,
            "population" => Self::Population,
            "outcome" => Self::Outcome,
            "measure" => Self::Measure,
            "parameter" => Self::Parameter,
            "knob" => Self::Knob,
            "pool" => Self::Pool,
            "service" => Self::Service,
            "payment" => Self::Payment,
            "bands" => Self::Bands,
            "scale" => Self::Scale,
            "score" => Self::Score,
            "incentive" => Self::Incentive,
            "board" => Self::Board,
            "decision" => Self::Decision,
            "clause" => Self::Clause,
            "definition" => Self::Definition,
            "obligation" => Self::Obligation,
            "ladder" => Self::Ladder,
            "open_term" => Self::OpenTerm,
            "dataset" => Self::Dataset,
            "example" => Self::Example,
            "locality" => Self::Locality,
            "variation" => Self::Variation,
            "simulation" => Self::Simulation,
            "model" => Self::Model,
            "element" => Self::Element,
            "criterion" => Self::Criterion,
            "profile" => Self::Profile,
            "unit" => Self::Unit,
            "choice" => Self::Choice,
            "function" => Self::Function,
            "calendar" => Self::Calendar,
            "blank" => Self::Blank,
            "subcontract" => Self::Subcontract,
            "document" => Self::Document,
            "power" => Self::Power,
            "condition_precedent" => Self::ConditionPrecedent,
            _ => return None,
        })
    }
}

/// A word that joins or begins phrases; a name may be spelled the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// The condition under which an amount applies.
    When,
    /// What applies when no condition before it holds.
    Otherwise,
    /// A share of an amount, or a measure on a scale.
    Of,
    /// Both conditions.
    And,
    /// Either condition, or a stand-in for what is missing.
    Or,
    /// The condition does not hold.
    Not,
    /// A date, or part of `at least` and `at most`.
    At,
    /// The end of `at least`: never less than.
    Least,
    /// The end of `at most`: never more than.
    Most,
    /// The start of a range or of a period.
    From,
    /// The end of a range or of a period, or who receives.
    To,
    /// One unit of a rate: `per year`.
    Per,
    /// The period in which a figure applies.
    In,
    /// Who, by which means, or by when.
    By,
    /// The same as; `is not` is the opposite.
    Is,
    /// Which case a figure is for, or how long.
    For,
    /// Begins `if missing`.
    If,
    /// No figure has come.
    Missing,
    /// Rounds what stands before it.
    Rounded,
    /// The end of `more than` and `less than`.
    Than,
    /// Begins `more than`; ends `or more`.
    More,
    /// Begins `less than`; ends `or less`.
    Less,
    /// Less than, in a band.
    Below,
    /// More than, in a band.
    Above,
    /// Begins `over all`: across all cases of a settlement.
    Over,
    /// By which power or condition.
    Under,
    /// A deadline counted from an event.
    Within,
    /// Together with.
    With,
    /// Leaving out.
    Without,
    /// Two ends of a range.
    Between,
    /// Counted from an event.
    After,
    /// Counted back from an event.
    Before,
    /// The end of a period, or the fallback until then.
    Until,
    /// At each period.
    Every,
    /// One by one.
    Each,
    /// At a date.
    On,
    /// What comes next.
    Then,
    /// The likeliest figure of a range.
    Likely,
    /// The most that a partner can lose.
    Losing,
    /// A named line of an incentive.
    Line,
    /// A figure that comes from data.
    Input,
    /// Who is paid from which fund.
    Pays,
    /// The figures of an example.
    Given,
    /// The results of an example.
    Expect,
    /// What a partner gets in an example.
    Receives,
    /// An input that a simulation draws.
    Vary,
    /// Begins `moving together`: inputs that rise and fall with each other.
    Moving,
    /// The end of `moving together`.
    Together,
    /// Between two ends in a straight line.
    Rising,
    /// The end of `rising evenly`.
    Evenly,
    /// Who must do what.
    Shall,
}

impl Word {
    /// Every one, in the order of the grammar.
    pub const ALL: &'static [Word] = &[
        Self::When,
        Self::Otherwise,
        Self::Of,
        Self::And,
        Self::Or,
        Self::Not,
        Self::At,
        Self::Least,
        Self::Most,
        Self::From,
        Self::To,
        Self::Per,
        Self::In,
        Self::By,
        Self::Is,
        Self::For,
        Self::If,
        Self::Missing,
        Self::Rounded,
        Self::Than,
        Self::More,
        Self::Less,
        Self::Below,
        Self::Above,
        Self::Over,
        Self::Under,
        Self::Within,
        Self::With,
        Self::Without,
        Self::Between,
        Self::After,
        Self::Before,
        Self::Until,
        Self::Every,
        Self::Each,
        Self::On,
        Self::Then,
        Self::Likely,
        Self::Losing,
        Self::Line,
        Self::Input,
        Self::Pays,
        Self::Given,
        Self::Expect,
        Self::Receives,
        Self::Vary,
        Self::Moving,
        Self::Together,
        Self::Rising,
        Self::Evenly,
        Self::Shall,
    ];

    /// How it is spelled.
    pub fn word(self) -> &'static str {
        match self {
            Self::When => "when",
            Self::Otherwise => "otherwise",
            Self::Of => "of",
            Self::And => "and",
            Self::Or => "or",
            Self::Not => "not",
            Self::At => "at",
            Self::Least => "least",
            Self::Most => "most",
            Self::From => "from",
            Self::To => "to",
            Self::Per => "per",
            Self::In => "in",
            Self::By => "by",
            Self::Is => "is",
            Self::For => "for",
            Self::If => "if",
            Self::Missing => "missing",
            Self::Rounded => "rounded",
            Self::Than => "than",
            Self::More => "more",
            Self::Less => "less",
            Self::Below => "below",
            Self::Above => "above",
            Self::Over => "over",
            Self::Under => "under",
            Self::Within => "within",
            Self::With => "with",
            Self::Without => "without",
            Self::Between => "between",
            Self::After => "after",
            Self::Before => "before",
            Self::Until => "until",
            Self::Every => "every",
            Self::Each => "each",
            Self::On => "on",
            Self::Then => "then",
            Self::Likely => "likely",
            Self::Losing => "losing",
            Self::Line => "line",
            Self::Input => "input",
            Self::Pays => "pays",
            Self::Given => "given",
            Self::Expect => "expect",
            Self::Receives => "receives",
            Self::Vary => "vary",
            Self::Moving => "moving",
            Self::Together => "together",
            Self::Rising => "rising",
            Self::Evenly => "evenly",
            Self::Shall => "shall",
        }
    }

    /// What it means, in one sentence.
    pub fn doc(self) -> &'static str {
        match self {
            Self::When => "The condition under which an amount applies.",
            Self::Otherwise => "What applies when no condition before it holds.",
            Self::Of => "A share of an amount, or a measure on a scale.",
            Self::And => "Both conditions.",
            Self::Or => "Either condition, or a stand-in for what is missing.",
            Self::Not => "The condition does not hold.",
            Self::At => "A date, or part of `at least` and `at most`.",
            Self::Least => "The end of `at least`: never less than.",
            Self::Most => "The end of `at most`: never more than.",
            Self::From => "The start of a range or of a period.",
            Self::To => "The end of a range or of a period, or who receives.",
            Self::Per => "One unit of a rate: `per year`.",
            Self::In => "The period in which a figure applies.",
            Self::By => "Who, by which means, or by when.",
            Self::Is => "The same as; `is not` is the opposite.",
            Self::For => "Which case a figure is for, or how long.",
            Self::If => "Begins `if missing`.",
            Self::Missing => "No figure has come.",
            Self::Rounded => "Rounds what stands before it.",
            Self::Than => "The end of `more than` and `less than`.",
            Self::More => "Begins `more than`; ends `or more`.",
            Self::Less => "Begins `less than`; ends `or less`.",
            Self::Below => "Less than, in a band.",
            Self::Above => "More than, in a band.",
            Self::Over => "Begins `over all`: across all cases of a settlement.",
            Self::Under => "By which power or condition.",
            Self::Within => "A deadline counted from an event.",
            Self::With => "Together with.",
            Self::Without => "Leaving out.",
            Self::Between => "Two ends of a range.",
            Self::After => "Counted from an event.",
            Self::Before => "Counted back from an event.",
            Self::Until => "The end of a period, or the fallback until then.",
            Self::Every => "At each period.",
            Self::Each => "One by one.",
            Self::On => "At a date.",
            Self::Then => "What comes next.",
            Self::Likely => "The likeliest figure of a range.",
            Self::Losing => "The most that a partner can lose.",
            Self::Line => "A named line of an incentive.",
            Self::Input => "A figure that comes from data.",
            Self::Pays => "Who is paid from which fund.",
            Self::Given => "The figures of an example.",
            Self::Expect => "The results of an example.",
            Self::Receives => "What a partner gets in an example.",
            Self::Vary => "An input that a simulation draws.",
            Self::Moving => "Begins `moving together`: inputs that rise and fall with each other.",
            Self::Together => "The end of `moving together`.",
            Self::Rising => "Between two ends in a straight line.",
            Self::Evenly => "The end of `rising evenly`.",
            Self::Shall => "Who must do what.",
        }
    }

    /// The one that is spelled like this.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "when" => Self::When,
            "otherwise" => Self::Otherwise,
            "of" => Self::Of,
            "and" => Self::And,
            "or" => Self::Or,
            "not" => Self::Not,
            "at" => Self::At,
            "least" => Self::Least,
            "most" => Self::Most,
            "from" => Self::From,
            "to" => Self::To,
            "per" => Self::Per,
            "in" => Self::In,
            "by" => Self::By,
            "is" => Self::Is,
            "for" => Self::For,
            "if" => Self::If,
            "missing" => Self::Missing,
            "rounded" => Self::Rounded,
            "than" => Self::Than,
            "more" => Self::More,
            "less" => Self::Less,
            "below" => Self::Below,
            "above" => Self::Above,
            "over" => Self::Over,
            "under" => Self::Under,
            "within" => Self::Within,
            "with" => Self::With,
            "without" => Self::Without,
            "between" => Self::Between,
            "after" => Self::After,
            "before" => Self::Before,
            "until" => Self::Until,
            "every" => Self::Every,
            "each" => Self::Each,
            "on" => Self::On,
            "then" => Self::Then,
            "likely" => Self::Likely,
            "losing" => Self::Losing,
            "line" => Self::Line,
            "input" => Self::Input,
            "pays" => Self::Pays,
            "given" => Self::Given,
            "expect" => Self::Expect,
            "receives" => Self::Receives,
            "vary" => Self::Vary,
            "moving" => Self::Moving,
            "together" => Self::Together,
            "rising" => Self::Rising,
            "evenly" => Self::Evenly,
            "shall" => Self::Shall,
            _ => return None,
        })
    }
}

impl Word {
    /// Whether the word joins the parts of a phrase, so that it is never a unit.
    pub fn is_connective(self) -> bool {
        matches!(
            self,
            Self::When
                | Self::Otherwise
                | Self::Of
                | Self::And
                | Self::Or
                | Self::Not
                | Self::At
                | Self::Least
                | Self::Most
                | Self::From
                | Self::To
                | Self::Per
                | Self::In
                | Self::By
                | Self::Is
                | Self::For
                | Self::If
                | Self::Missing
                | Self::Rounded
                | Self::Than
                | Self::More
                | Self::Less
                | Self::Below
                | Self::Above
                | Self::Over
                | Self::Under
                | Self::Within
                | Self::With
                | Self::Without
                | Self::Between
                | Self::After
                | Self::Before
                | Self::Until
                | Self::Every
                | Self::Each
                | Self::On
                | Self::Then
                | Self::Likely
                | Self::Losing
        )
    }
}

/// An operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// Adds.
    Plus,
    /// Subtracts, or turns the sign.
    Minus,
    /// Multiplies.
    Times,
    /// Divides.
    Divide,
    /// Is the same as, or is defined as.
    Equal,
    /// Is not the same as.
    NotEqual,
    /// Is less than.
    Less,
    /// Is at most.
    LessOrEqual,
    /// Is more than.
    Greater,
    /// Is at least.
    GreaterOrEqual,
    /// Is drawn from.
    Tilde,
    /// Stands before a value or a formula in a header; between a key and its value it separates.
    Colon,
}

impl Operator {

    /// How it is spelled.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "/",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Tilde => "~",
            Self::Colon => ":",
        }
    }

    /// The operator of any of its spellings.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        Some(match symbol {
            "+" => Self::Plus,
            "-" | "−" => Self::Minus,
            "*" | "×" => Self::Times,
            "/" | "÷" => Self::Divide,
            "=" => Self::Equal,
            "!=" | "≠" => Self::NotEqual,
            "<" => Self::Less,
            "<=" | "≤" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" | "≥" => Self::GreaterOrEqual,
            "~" => Self::Tilde,
            ":" => Self::Colon,
            _ => return None,
        })
    }
}
