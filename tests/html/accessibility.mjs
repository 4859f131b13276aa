// Opens contract pages in a real Chromium and holds them to WCAG 2.2 AA with axe-core; a page may ask the network
// for nothing and must fit a narrow screen.
//
//   node tests/html/accessibility.mjs CHROMIUM FOLDER_OF_NODE_MODULES PAGE.html...
//
// `cargo xtask accessibility` calls it with pages made from the examples.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [chromiumPath, modules, ...pages] = process.argv.slice(2);
if (!chromiumPath || !modules || pages.length === 0) {
    console.error("usage: node accessibility.mjs CHROMIUM FOLDER_OF_NODE_MODULES PAGE.html...");
    process.exit(2);
}
const load = createRequire(join(resolve(modules), "package.json"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");

const WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const VIEWS = [
    { name: "desk, light", width: 1280, height: 800, colorScheme: "light" },
    { name: "desk, dark", width: 1280, height: 800, colorScheme: "dark" },
    { name: "phone", width: 320, height: 640, colorScheme: "light" },
];

/** What is wrong with the page at `url` in one view, each as a line. */
async function problemsOf(browser, url, view) {
    const context = await browser.newContext({
        viewport: { width: view.width, height: view.height },
        colorScheme: view.colorScheme,
    });
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(url, { waitUntil: "networkidle" });
    const strangers = asked.filter((address) => address.split("#")[0] !== url);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(
        (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }),
        WCAG_2_2_AA,
    );
    // WCAG 1.4.10: at 320 pixels the page itself does not scroll sideways; a wide table may, in its own box.
    const wide = await page.evaluate(widest);
    await context.close();
    return [
        ...strangers.map((address) => `asks for ${address}`),
        ...violations.flatMap(({ id, help, nodes }) =>
            nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`)),
        ...(wide.page > view.width
            ? [`reflow: the page is ${wide.page} pixels wide on a screen of ${view.width}: ${wide.because}`]
            : []),
    ];
}

/** How wide the page is, and the innermost element that makes it so, which is in no box that scrolls. Runs in the page. */
function widest() {
    const page = document.documentElement.scrollWidth;
    const scrolls = (element) => element !== null && element !== document.body
        && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const reaching = [...document.body.querySelectorAll("*")]
        .filter((element) => !scrolls(element.parentElement))
        .filter((element) => element.getBoundingClientRect().right + globalThis.scrollX >= page - 1);
    const last = reaching.at(-1);
    const words = last ? last.textContent.trim().replaceAll(/\s+/g, " ").slice(0, 60) : "";
    return { page, because: last ? `${last.tagName.toLowerCase()} "${words}"` : "the page itself" };
}

/** A page that breaks each rule once, so that a check that finds nothing is known to be broken itself. */
const BROKEN = `data:text/html,${encodeURIComponent(
    '<!doctype html><html><body><img src="http://localhost:9/logo.png"><p style="color:%23999">x</p>'
        + '<div style="width:2000px">wide</div></body></html>',
)}`;

async function main() {
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
    let failed = 0;
    try {
        const known = await problemsOf(browser, BROKEN, VIEWS[0]);
        for (const wanted of ["asks for http://localhost:9/logo.png", "image-alt", "html-has-lang", "reflow"]) {
            if (!known.some((line) => line.startsWith(wanted))) {
                throw new Error(`the check does not find "${wanted}" on a page that has it`);
            }
        }
        const looks = pages.flatMap((path) => VIEWS.map((view) => ({ path, view })));
        const lookOn = async () => {
            for (let look = looks.shift(); look; look = looks.shift()) {
                const problems = await problemsOf(browser, pathToFileURL(resolve(look.path)).href, look.view);
                const said = `${problems.length === 0 ? "ok    " : "FAILED"}  ${look.path}  (${look.view.name})`;
                console.log([said, ...problems.map((line) => `        ${line}`)].join("\n"));
                failed += problems.length;
            }
        };
        await Promise.all(Array.from({ length: availableParallelism() }, lookOn));
    } finally {
        await browser.close();
    }
    console.log(failed === 0 ? "no violation of WCAG 2.2 AA" : `${failed} violations`);
    return failed === 0 ? 0 : 1;
}

main().then((code) => process.exit(code), (error) => {
    console.error(String(error));
    process.exit(1);
});
