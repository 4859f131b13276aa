// Works with the extension in a real VS Code as an analyst does, and looks at what comes of it.
//
//   node tests/vscode/drive.mjs CHROMIUM FOLDER_OF_NODE_MODULES FOLDER_OF_CODE PACKAGE.vsix OUT
//
// `cargo xtask vscode` calls it. Pictures of each step are left in OUT.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Hands, start } from "./editor.mjs";

const [chromium, modules, code, vsix, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: node drive.mjs CHROMIUM FOLDER_OF_NODE_MODULES FOLDER_OF_CODE PACKAGE.vsix OUT");
  process.exit(2);
}

const editor = await start({ chromium, modules, code, package: path.resolve(vsix), folder: "examples/stour-valley", out: path.resolve(out) });
const { page, workspace } = editor;
const hands = new Hands(page, path.resolve(out));
const contract = path.join(workspace, "contract.jcm");
const failures = [];
page.on("pageerror", (error) => failures.push(error.message));

/** The number of the first line that has a text, from 1, in the contract as it is on the disk. */
async function lineOf(text) {
  const lines = (await readFile(contract, "utf8")).split("\n");
  const at = lines.findIndex((line) => line.includes(text));
  assert.notEqual(at, -1, `no line has ${text}`);
  return { line: at + 1, column: lines[at].indexOf(text) + 1, end: lines[at].length + 1 };
}

/** The rows of the list of problems. */
const problems = () => page.locator(".markers-panel .monaco-list-row");

async function noProblems() {
  await page.waitForSelector(".squiggly-error", { state: "detached" });
}

/** Saves, and gives what is on the disk then. */
async function saved() {
  await page.keyboard.press("Control+S");
  await page.waitForSelector(".tab.active:not(.dirty)");
  return readFile(contract, "utf8");
}

async function opensAndColours() {
  await hands.open("contract.jcm");
  assert.equal(await page.locator('[id="status.editor.mode"]').innerText(), "JCM");
  const line = page.locator(".view-line", { hasText: "partner" }).filter({ hasText: "icb" }).first();
  await hands.until("a keyword in another colour than a name", async () => {
    const colours = await line.evaluate((node) => [...node.querySelectorAll("span span")].map((span) => [span.textContent.trim(), getComputedStyle(span).color]));
    const colour = (text) => colours.find(([found]) => found === text)?.[1];
    return colour("partner") && colour("icb") && colour("partner") !== colour("icb");
  });
  // What the server says above the contract shows that it has read it.
  await page.locator(".codelens-decoration", { hasText: "criteria asked" }).first().waitFor();
}

async function breaksAndMends() {
  const { line, end } = await lineOf("owners:     acute, community, council, ageing_well");
  await hands.goTo(line, end);
  await page.keyboard.press("Backspace");
  await page.waitForSelector(".squiggly-error");
  await page.keyboard.press("Control+Shift+M");
  await problems().filter({ hasText: "ageing_wel" }).first().waitFor();
  await hands.shot("broken");
  await hands.goTo(line, end - 2);
  await page.keyboard.press("Control+.");
  const fix = page.locator(".action-widget .monaco-list-row.action", { hasText: "ageing_well" }).first();
  await fix.waitFor();
  await hands.shot("quick-fix");
  await fix.click();
  await noProblems();
  await hands.until("an empty list of problems", async () => (await problems().count()) === 0);
  assert.ok((await saved()).includes("owners:     acute, community, council, ageing_well\n"), "the fix puts the name back");
  await page.keyboard.press("Control+J");
}

async function completes() {
  const before = await readFile(contract, "utf8");
  const { line, end } = await lineOf('ods:      "QX9"');
  await hands.goTo(line, end);
  await page.keyboard.press("Enter");
  await page.keyboard.type("turn");
  await page.keyboard.press("Control+Space");
  const row = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "turnover" }).first();
  await row.waitFor();
  await hands.shot("completion");
  await row.click();
  await hands.until("the field in the text", async () => /turnover: +£/.test(await saved()));
  await page.keyboard.press("Escape");
  await writeFile(contract, before);
  await page.locator(".view-line", { hasText: "turnover" }).first().waitFor({ state: "detached" });
}

async function renames() {
  const { line, column } = await lineOf("partner ageing_well");
  await hands.goTo(line, column + "partner ".length);
  await page.keyboard.press("F2");
  const box = page.locator(".rename-box input");
  await box.waitFor({ state: "visible" });
  await box.fill("good_age");
  await hands.shot("rename");
  await page.keyboard.press("Enter");
  await page.locator(".view-line", { hasText: "good_age" }).first().waitFor();
  await noProblems();
  const text = await saved();
  const names = text.match(/\bgood_age\b/g) ?? [];
  assert.equal(text.match(/\bageing_well\b/g), null);
  assert.ok(names.length > 8, `${names.length} places`);
}

/** The row of an example in the Test Explorer. */
const test = (title) => page.locator(".test-explorer .monaco-list-row", { hasText: title }).first();

async function runsExamples() {
  const title = "Saving of 3 %";
  await hands.command("Testing: Focus on Test Explorer View");
  const root = page.locator(".test-explorer .monaco-list-row").first();
  await root.waitFor();
  if ((await root.getAttribute("aria-expanded")) === "false") {
    await root.click();
    await page.keyboard.press("ArrowRight");
  }
  await test(title).click();
  await test(title).locator('[aria-label^="Run Test"]').first().click();
  await test(title).locator(".codicon-testing-passed-icon").waitFor();
  const { line, end } = await lineOf("expect payable     = £1,658,880");
  await hands.goTo(line, end);
  await page.keyboard.press("Backspace");
  await page.keyboard.type("1");
  await page.waitForSelector(".squiggly-error");
  await test(title).click();
  await test(title).locator('[aria-label^="Run Test"]').first().click();
  await test(title).locator(".codicon-testing-failed-icon").waitFor();
  // The figure that differs stands at its line.
  await page.locator(".test-error-content-widget", { hasText: /the.contract.gives.£1,658,880\.00/ }).first().waitFor();
  await hands.shot("example-differs");
  await page.locator(".view-lines").first().click();
  await hands.goTo(line, end);
  await page.keyboard.press("Backspace");
  await page.keyboard.type("0");
  await noProblems();
  await saved();
}

async function showsThePage() {
  await hands.goTo(1);
  await hands.command("JCM: Show the Contract as a Page");
  const shown = await hands.frame("main h1");
  assert.match(await shown.locator("h1").first().innerText(), /Stour Valley/);
  const { line, column } = await lineOf("incentive gain_share");
  await hands.goTo(line);
  await shown.locator("#incentive-gain_share.here").waitFor();
  await hands.shot("page");
  await hands.goTo(line, column + 'incentive gain_share "'.length);
  await page.keyboard.type("Fair ");
  await shown.locator("#incentive-gain_share > :first-child", { hasText: "Fair Sharing of savings" }).waitFor();
  for (let letter = 0; letter < "Fair ".length; letter += 1) {
    await page.keyboard.press("Backspace");
  }
  await saved();
  await shown.locator("#incentive-gain_share > :first-child", { hasText: "Fair" }).waitFor({ state: "detached" });
  const figure = shown.locator("#incentive-gain_share data[data-source][data-explained]").first();
  // The page may be replaced once more, by what was typed last.
  await hands.until("a number that is explained", async () => {
    try {
      await figure.hover({ timeout: 1000 });
      return await shown.locator("#tip").isVisible();
    } catch {
      return false;
    }
  });
  await hands.shot("number-explained");
  await hands.goTo(1);
  await figure.click();
  await hands.until("the cursor at the figure", async () => !(await page.locator('[id="status.editor.selection"]').innerText()).startsWith("Ln 1,"));
}

async function asksWhatIf() {
  await hands.command("JCM: What If");
  const shown = await hands.frame("#levers input[type=range]");
  const acute = shown.locator("tbody tr", { hasText: "Stour Valley Hospitals" }).first();
  assert.match(await acute.innerText(), /£663,552\.00/);
  await shown.locator('.lever[data-lever="sharing_rate"] input[type=range]').focus();
  await page.keyboard.press("End");
  // 60 % of £3,686,400, at 90 %, of which 40 %.
  await acute.locator("td.after", { hasText: "£796,262.40" }).waitFor();
  await hands.shot("what-if");
  const box = shown.locator('.lever[data-lever="gain_share.actual_cost"] input[type=text]');
  await box.fill("£123,000,000");
  await box.press("Enter");
  await acute.locator("td.after", { hasText: "£0.00" }).waitFor();
  await box.fill("a lot");
  await box.press("Enter");
  await shown.locator(".refused", { hasText: "write a figure" }).waitFor();
  await shown.locator("#back").click();
  await acute.locator("td.after", { hasText: "£663,552.00" }).waitFor();
}

async function showsAssurance() {
  await hands.command("JCM: Show What the Standards Ask");
  const row = page.locator(".pane-body .monaco-list-row", { hasText: "O01" }).first();
  await row.waitFor();
  await row.locator(".monaco-tl-twistie").click();
  await page.locator(".pane-body .monaco-list-row", { hasText: "Living at home for longer" }).first().waitFor();
  await hands.shot("assurance");
}

async function isReadableInHighContrast() {
  await hands.command("Preferences: Color Theme", { asks: true });
  await page.keyboard.type("Dark High Contrast");
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Dark High Contrast" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".monaco-workbench.hc-black");
  const shown = await hands.frame("#levers");
  await shown.locator("body.vscode-high-contrast").waitFor();
  await hands.shot("high-contrast");
}

/** From an empty file to an example that comes out, with nothing but what the list under the cursor offers. */
async function writesFromNothing() {
  await hands.open("fresh.jcm");
  const parts = ["contract", "partner", "partner", "outcome", "measure", "incentive", "example"];
  for (const part of parts) {
    await page.keyboard.press("Control+End");
    await page.keyboard.type(part.slice(0, 4));
    await page.keyboard.press("Control+Space");
    const first = page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: part }).first();
    await first.waitFor();
    if (part === "contract") {
      await hands.shot("from-nothing");
    }
    await page.keyboard.press("Enter");
    await first.waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
  }
  await hands.command("Format Document");
  await page.keyboard.press("Control+S");
  await page.waitForSelector(".tab.active:not(.dirty)");
  await noProblems();
  await hands.shot("written");
  await hands.command("JCM: Run the Examples");
  await page.locator(".notification-toast", { hasText: "The example comes out." }).first().waitFor();
  await hands.shot("comes-out");
}

const STEPS = [opensAndColours, breaksAndMends, completes, renames, runsExamples, showsThePage, asksWhatIf, showsAssurance, isReadableInHighContrast, writesFromNothing];
let step = "the start";
try {
  for (const work of STEPS) {
    step = work.name;
    const began = Date.now();
    await work();
    console.error(`${step}: ${Date.now() - began} ms`);
  }
  assert.deepEqual(failures, [], "errors in the page");
} catch (error) {
  await hands.shot("failed");
  console.error(`${step}: FAILED\n${error.stack}`);
  process.exitCode = 1;
} finally {
  await editor.end();
}
