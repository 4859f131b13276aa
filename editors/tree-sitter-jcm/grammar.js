/**
 * The shape of JCM for editors: declarations, members, phrases of terms, and legal text with its holes.
 *
 * The words come from `words.json`, which is made from `grammar/jcm.pest`; what a word means is the language server's to
 * say. `cargo xtask editors` parses every contract of the project and of the library with this grammar.
 */
/// <reference types="tree-sitter-cli/dsl" />
const words = require('./words.json');

const digits = /\d+(,\d{3})*(\.\d+)?/;

/** What stands between the kind and the body. */
const heading = ($) => [
  optional(field('name', $.name)),
  optional(field('title', $.title)),
  optional(field('header', $.header)),
];

module.exports = grammar({
  name: 'jcm',

  externals: ($) => [
    // Before a word in the first column: a declaration begins.
    $._start,
    // Where a member ends: at the end of its line, unless the next goes on with it, and before a closing brace.
    $._end,
    // After a comma and before a closing brace.
    $._close,
  ],

  extras: ($) => [/[ \t\r\n\u00A0\u2007\u2009\u202F\uFEFF]/, $.comment, $.doc_comment],

  word: ($) => $.identifier,

  rules: {
    source_file: ($) => seq(optional($.edition), repeat(choice($.declaration, $.legal_text))),

    edition: ($) => seq('jcm', alias($._digits, $.number)),

    declaration: ($) =>
      seq(
        $._start,
        field('kind', alias(choice(...words.kinds.filter((kind) => !words.prose.includes(kind))), $.kind)),
        ...heading($),
        optional(field('body', $.block)),
      ),

    legal_text: ($) =>
      seq(
        $._start,
        field('kind', alias(choice(...words.prose), $.kind)),
        ...heading($),
        optional(field('body', $.prose)),
      ),

    // A name and a title come before what else stands in the first line.
    name: ($) => prec(1, $.path),
    title: ($) => prec(1, $.text),
    header: ($) => prec.right(repeat1(choice($._operand, $.operator, ',', ':'))),

    block: ($) => seq('{', repeat($.member), '}'),

    member: ($) =>
      seq(
        field('head', $.phrases),
        optional(seq(':', field('value', alias($._values, $.phrases)))),
        $._end,
      ),

    phrases: ($) => seq($.phrase, repeat(seq(',', $.phrase)), optional(seq(',', $._close))),
    phrase: ($) => repeat1(seq(repeat($.operator), choice($._operand, $.block))),

    _values: ($) =>
      seq(alias($._value, $.phrase), repeat(seq(',', alias($._value, $.phrase))), optional(seq(',', $._close))),
    _value: ($) => repeat1(seq(repeat(choice($.operator, ':')), choice($._operand, $.block))),

    prose: ($) => seq('{', repeat(choice($.prose_text, $.hole)), '}'),
    prose_text: (_) => /([^{}\\]|\\[\s\S])+/,
    hole: ($) => seq('{', repeat1(choice($._operand, $.operator, ',', ':')), '}'),

    _operand: ($) =>
      choice($.path, $.number, $.percent, $.money, $.date, $.year, $.text, $.address, $.group, $.list),

    group: ($) => seq('(', repeat(choice($._operand, $.operator, ',', ':')), ')'),
    list: ($) => seq('[', repeat(choice($._operand, $.operator, ',', ':')), ']'),

    path: ($) => seq($.identifier, repeat(seq(token.immediate('.'), $.identifier))),
    identifier: (_) => /[A-Za-z_][A-Za-z0-9_]*/,

    number: ($) => $._digits,
    _digits: (_) => token(digits),
    percent: (_) => token(seq(digits, optional(/[ \u00A0\u2009\u202F]/), '%')),
    money: (_) => token(seq(/[£€$]/, optional(digits))),
    date: (_) => /\d{4}-\d{2}-\d{2}/,
    year: (_) => /\d{4}\/\d{2}/,
    text: (_) => /"([^"\\\n]|\\[^\n])*"/,
    address: (_) => /[A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+/,
    operator: (_) =>
      token(choice('+', '-', '−', '*', '×', '/', '÷', '=', '!=', '≠', '<', '<=', '≤', '>', '>=', '≥', '~')),

    comment: (_) => token(prec(-1, /\/\/[^\n]*/)),
    doc_comment: (_) => token(choice(/\/\/\/[^\/\n][^\n]*/, '///')),
  },
});
