// Holds every page to the rules of HTML with html-validate: no element where none may stand, no id twice, no attribute
// that there is not, no table cell without its row.
//
//   node tests/html/validate.mjs FOLDER_OF_NODE_MODULES PAGE.html...
//
// `cargo xtask accessibility` calls it with pages made from the examples. Two rules are set otherwise than usual, in
// `html-validate.json`: an id may have a stop in it, as HTML allows; a title may be as long as that of a contract.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [modules, ...pages] = process.argv.slice(2);
if (!modules || pages.length === 0) {
    console.error("usage: node validate.mjs FOLDER_OF_NODE_MODULES PAGE.html...");
    process.exit(2);
}
const load = createRequire(join(resolve(modules), "package.json"));
const { HtmlValidate, StaticConfigLoader } = load("html-validate");
const rules = JSON.parse(readFileSync(new URL("html-validate.json", import.meta.url), "utf8"));
const validator = new HtmlValidate(new StaticConfigLoader(rules));

/** What is wrong with a text of HTML, each as a line. */
async function problemsOf(text, name) {
    const { results } = await validator.validateString(text, name);
    return results.flatMap(({ messages }) =>
        messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`));
}

/** A page that breaks some rules, so that a check that finds nothing is known to be broken itself. */
const BROKEN = '<!DOCTYPE html><html lang="en-GB"><head><title>x</title></head><body>'
    + '<p id="a"><div>x</div></p><p id="a"></p><table><tr><p>x</p></tr></table></body></html>';

async function main() {
    const known = (await problemsOf(BROKEN, "broken.html")).join("\n");
    for (const wanted of ["no-dup-id", "element-permitted-content", "close-order"]) {
        if (!known.includes(wanted)) throw new Error(`the check does not find "${wanted}" on a page that has it`);
    }
    let failed = 0;
    for (const path of pages) {
        const problems = await problemsOf(readFileSync(path, "utf8"), path);
        if (problems.length > 0) console.log(`FAILED  ${path}`);
        for (const line of problems.slice(0, 20)) console.log(`        ${line}`);
        failed += problems.length;
    }
    console.log(failed === 0 ? `${pages.length} pages are HTML without an error` : `${failed} errors of HTML`);
    return failed === 0 ? 0 : 1;
}

main().then((code) => process.exit(code), (error) => {
    console.error(String(error));
    process.exit(1);
});
