use std::time::Instant;
fn main() {
    let cases: Vec<(&str, String)> = vec![
        (
            "unclosed parens on lines",
            format!("jcm 1\nscore s {{\n{}}}", "x: (a\n".repeat(60)) + &"x: 1\n".repeat(200_000),
        ),
        (
            "60 nested closed",
            format!(
                "jcm 1\nscore s {{\nx: {}{}{}\n}}",
                "(".repeat(60),
                "a, ".repeat(300_000),
                ")".repeat(60)
            ),
        ),
        (
            "60 nested unclosed",
            format!("jcm 1\nscore s {{\nx: {}{}\n}}", "(".repeat(60), "a, ".repeat(300_000)),
        ),
        ("one line words", format!("jcm 1\nscore s {{\nx: {}\n}}", "a ".repeat(500_000))),
        ("commas fields", format!("jcm 1\nscore s {{\nx: {}\n}}", "a b c, ".repeat(150_000))),
        ("words no colon then comma", format!("jcm 1\nscore s {{\nx: y, {}\n}}", "a ".repeat(500_000))),
        ("many op newlines", format!("jcm 1\nscore s {{\nx: y {}\n}}", "+\n".repeat(300_000))),
        ("blank lines", format!("jcm 1\nscore s {{\nx: y {}\n}}", "\n".repeat(1_000_000))),
        (
            "blank between cont",
            format!("jcm 1\nscore s {{\nx: y {}\n}}", "\n\n\n// c\n or z".repeat(100_000)),
        ),
        (
            "holes unclosed",
            format!("jcm 1\nclause s {{\n{}\n}}", "{ a b c ".repeat(60)) + &"text ".repeat(200_000),
        ),
        ("quotes", format!("jcm 1\nscore s {{\nx: {}\n}}", "\"".repeat(300_001))),
        ("bad", format!("jcm 1\nscore s {{\nx: {}\n}}", "; § ".repeat(200_000))),
        ("dots", format!("jcm 1\nscore s {{\nx: {}\n}}", "a.".repeat(300_000))),
        ("minus words", format!("jcm 1\nscore s {{\nx: {}\n}}", "a-".repeat(30_000))),
        ("field words newline", format!("jcm 1\nscore s {{\n{}\n}}", "a:\n b\n".repeat(100_000))),
        ("or lines", format!("jcm 1\nscore s {{\n{}\n}}", "or a\n".repeat(200_000))),
        ("or long line", format!("jcm 1\nscore s {{\nx\n{}\n}}", "or a ".repeat(200_000))),
        ("stray", format!("jcm 1\n{}", "hello world\n".repeat(100_000))),
        ("docs", format!("jcm 1\n{}", "/// hello world\n".repeat(100_000))),
        ("lookalikes", format!("jcm 1\n{}", "hello world {\n".repeat(50_000))),
        ("decls open", format!("jcm 1\n{}", "score s {\n".repeat(50_000))),
        ("comment words", format!("jcm 1\nscore s {{\nx: y {}\n}}", "// c\n".repeat(300_000))),
        ("escape prose", format!("jcm 1\nclause s {{\n{}\n}}", "\\{ ".repeat(300_000))),
        ("commas in group", format!("jcm 1\nscore s {{\nx: f({})\n}}", ",".repeat(300_000))),
        ("blocks side", format!("jcm 1\nscore s {{\nx: {}\n}}", "{a} ".repeat(200_000))),
        ("spaces", format!("jcm 1\nscore s {{\nx: a{}b\n}}", "\u{a0}".repeat(500_000))),
    ];
    for (n, t) in cases {
        let s = Instant::now();
        let p = jcm_syntax::parse(&t);
        let d = s.elapsed();
        let ok = p.green.to_string() == t;
        let s = Instant::now();
        let f = jcm_syntax::ast(&p, jcm_source::FileId(0));
        let e = s.elapsed();
        println!(
            "{n}: {} KB {d:?} ast {e:?} problems {} first {:?} lossless {ok} decls {}",
            t.len() / 1024,
            p.problems.len(),
            p.problems.first().map(|p| p.code.0),
            f.declarations.len()
        );
    }
}
