// Works with the extension in a real VS Code as an analyst does, and looks at what comes of it.
//
//   node tests/vscode/drive.mjs CHROMIUM FOLDER_OF_NODE_MODULES FOLDER_OF_CODE PACKAGE.vsix OUT
//
// `cargo xtask vscode` calls it. Pictures of each step are left in OUT.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
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
// What the rules of a page refuse is said on the console alone.
page.on("console", (said) => {
  if (said.text().includes("Content Security Policy") && said.location().url.includes("vscode-resource")) {
    failures.push(said.text());
  }
});

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

/** Saves the file that has this name, and waits until its own tab is clean: another tab may be clean already. */
async function saves(name) {
  const tab = `.tab.active[data-resource-name="${name}"]`;
  await page.waitForSelector(tab);
  await page.keyboard.press("Control+S");
  await page.waitForSelector(`${tab}:not(.dirty)`);
}

/** Saves the contract, and gives what is on the disk then. */
async function saved() {
  await saves("contract.jcm");
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

/** The row of a mend whose title has a text, in the list that opens at the cursor; what is told anew may shut the list. */
async function offersMend(title) {
  const fix = page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first();
  await hands.until(`a mend with ${title}`, async () => {
    await page.keyboard.press("Control+.");
    try {
      await fix.waitFor({ timeout: 2000 });
      return true;
    } catch {
      await page.keyboard.press("Escape");
      return false;
    }
  });
  return fix;
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
  const fix = await offersMend("ageing_well");
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
  // What was run once is shown as the contract stands.
  await test(title).locator(".codicon-testing-passed-icon").waitFor();
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

/** Chooses a colour theme by its name; the window is then of a kind: `vs`, `vs-dark` or `hc-black`. */
async function inColours(theme, kind) {
  await hands.command("Preferences: Color Theme", { asks: true });
  await page.keyboard.type(theme);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: theme }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.monaco-workbench.${kind}`);
}

async function isReadableInTheDark() {
  await inColours("Dark Modern", "vs-dark");
  await hands.open("contract.jcm");
  await hands.command("JCM: Show the Contract as a Page");
  const shown = await hands.frame("main h1");
  await shown.locator("body.vscode-dark").waitFor();
  await hands.shot("dark");
  await inColours("Light Modern", "vs");
}

/** The walkthrough that the extension brings: its first step is open, with its picture of words beside it. */
async function showsTheWalkthrough() {
  await hands.command("Welcome: Open Walkthrough", { asks: true });
  await page.keyboard.type("Your first contract");
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Your first contract" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".getting-started-step.expanded").first().waitFor();
  await hands.shot("walkthrough");
  await hands.command("View: Close Editor");
}

/** In a window as narrow as half a small screen, the tree and the levers are still read. */
async function isReadableWhenNarrow() {
  await page.setViewportSize({ width: 900, height: 700 });
  await hands.open("contract.jcm");
  await hands.command("JCM: Show What the Standards Ask");
  await hands.shot("narrow-assurance");
  await hands.command("JCM: What If");
  const shown = await hands.frame("#levers input[type=range]");
  const wide = await shown.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await hands.shot("narrow-what-if");
  await shown.locator("tbody tr").first().scrollIntoViewIfNeeded();
  await hands.shot("narrow-figures");
  assert.ok(wide <= 1, `the levers stand out of the panel by ${wide} pixels`);
  await page.setViewportSize({ width: 1500, height: 950 });
}

async function isReadableInHighContrast() {
  await inColours("Dark High Contrast", "hc-black");
  const shown = await hands.frame("#levers");
  await shown.locator("body.vscode-high-contrast").waitFor();
  await hands.shot("high-contrast");
  await inColours("Light Modern", "vs");
}

/** The row of the open list of suggestions that begins with a text. */
const offered = (text) => page.locator(".suggest-widget.visible .monaco-list-row", { hasText: text }).first();

/** Types the first letters of a declaration at the end of the text and takes it from the list. */
async function declares(word, { picture } = {}) {
  await page.keyboard.press("Control+End");
  await page.keyboard.type(word.slice(0, 4));
  await page.keyboard.press("Control+Space");
  const first = page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: word }).first();
  await first.waitFor();
  if (picture) {
    await hands.shot(picture);
  }
  await page.keyboard.press("Enter");
  await first.waitFor({ state: "detached" });
}

/** Goes through the parts of what was taken: a text is typed over, a list is chosen from, and `null` is left as it is. */
async function fillsIn(parts) {
  for (const [at, part] of parts.entries()) {
    if (at > 0) {
      await page.keyboard.press("Tab");
    }
    if (typeof part === "string") {
      await page.keyboard.type(part);
    } else if (part) {
      await offered(part.picks).waitFor();
      if (part.picture) {
        await hands.shot(part.picture);
      }
      await page.keyboard.type(part.picks);
      await page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: part.picks }).first().waitFor();
      await page.keyboard.press("Enter");
    }
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
}

async function beginsANewPart() {
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
}

/** Goes to the next problem and takes the mend whose title has a text. */
async function mends(title, { picture } = {}) {
  await page.waitForSelector(".squiggly-error, .squiggly-warning");
  await page.keyboard.press("Control+Home");
  // Of this file alone. What is told anew in between takes the next problem away for a moment.
  await hands.until("the next problem", async () => {
    await hands.command("Go to Next Problem (Error, Warning, Info)");
    await page.waitForTimeout(500);
    return page.locator(".marker-widget, .zone-widget").first().isVisible();
  });
  const fix = await offersMend(title);
  if (picture) {
    await hands.shot(picture);
  }
  await fix.click();
  await fix.waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
}

/**
 * Somebody who has never seen JCM, from an empty file to an example that comes out: words and dates of their own as people
 * write them elsewhere, and nothing else but what the lists and the mends offer.
 */
async function writesFromNothing() {
  await hands.open("fresh.jcm");
  await declares("contract", { picture: "from-nothing" });
  await fillsIn(["fenland", "Fenland Falls Agreement", "1 April 2027 to 31 March 2029"]);
  await mends("2027-04-01 to 2029-03-31", { picture: "newcomer-date" });
  await beginsANewPart();
  await declares("partner");
  await fillsIn(["Fenland Council", "Fenland District Council", null, { picks: "local_government", picture: "newcomer-list" }]);
  await mends("fenland_council");
  await beginsANewPart();
  await declares("partner");
  await fillsIn(["fen_care", "Fen Care"]);
  await beginsANewPart();
  await declares("outcome");
  await fillsIn(["steady", "Steady on my feet", "I can walk without being afraid to fall."]);
  await beginsANewPart();
  await declares("measure");
  await fillsIn(["still_home", "People still at home after a fall"]);
  await beginsANewPart();
  await declares("incentive");
  await fillsIn(["bonus", "Bonus"]);
  await hands.shot("newcomer-incentive");
  await mends("Add an example", { picture: "newcomer-example" });
  await hands.command("Format Document");
  await saves("fresh.jcm");
  await page.waitForSelector(".squiggly-error, .squiggly-warning", { state: "detached" });
  await hands.shot("written");
  await hands.command("JCM: Run the Examples");
  await page.locator(".notification-toast", { hasText: "The example comes out." }).first().waitFor();
  await hands.shot("comes-out");
}

/** A contract that follows no standard is told so, and how to follow one; the button does it. */
async function beginsToFollow() {
  await hands.open("fresh.jcm");
  await hands.command("JCM: Show What the Standards Ask");
  const welcome = page.locator(".welcome-view-content", { hasText: "follows no standard" }).first();
  await welcome.waitFor();
  assert.ok(!(await welcome.innerText()).includes("`"), "nothing is in backquotes");
  await hands.shot("follows-nothing");
  await page.locator(".welcome-view-content .monaco-button", { hasText: "Follow the Joint Outcomes Standard" }).first().click();
  await page.locator(".pane-body .monaco-list-row", { hasText: "O01" }).first().waitFor();
  await hands.shot("follows");
  await saves("fresh.jcm");
  assert.match(await readFile(path.join(workspace, "fresh/fresh.jcm"), "utf8"), /use std\.model\.joint_outcomes\n[^]*follows: +joint_outcomes\n/);
}

/** A payment for quality out of a pooled fund, of nothing but what the lists offer; and the page that it is. */
async function paysOutOfAFund() {
  await hands.open("fund.jcm", "fund/fund.jcm");
  const parts = ["contract", "partner", "partner", "pool", "outcome", "measure", "scale", "incentive", "example"];
  for (const [at, part] of parts.entries()) {
    if (at > 0) {
      await beginsANewPart();
    }
    await declares(part, { picture: part === "pool" ? "fund-offered" : undefined });
    await fillsIn([]);
  }
  await hands.command("Format Document");
  await saves("fund.jcm");
  await noProblems();
  await hands.shot("fund-written");
  const text = await readFile(path.join(workspace, "fund/fund.jcm"), "utf8");
  assert.match(text, /pays +due +from alliance_fund to trust/);
  await hands.command("JCM: Run the Examples");
  await isTold("The example comes out.", "fund-comes-out");
  await hands.command("JCM: Show the Contract as a Page");
  const shown = await hands.frame("#pool-alliance_fund");
  const fund = shown.locator("#pool-alliance_fund");
  await fund.scrollIntoViewIfNeeded();
  assert.match(await fund.innerText(), /contribut/i);
  await hands.shot("fund-page");
}

/** Answers the question at the top of the window. */
async function answers(question, text) {
  await page.locator(".quick-input-widget:not([style*='display: none'])", { hasText: question }).first().waitFor();
  // A step that the welcome marks as done takes the keys to itself.
  await page.locator(".quick-input-widget input").first().focus();
  if (text) {
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
}

/** The notification that has a text; it is then taken away. */
async function isTold(text, picture) {
  const toast = page.locator(".notification-toast", { hasText: text }).first();
  await toast.waitFor();
  await hands.shot(picture);
  await hands.command("Notifications: Clear All Notifications");
}

const made = path.join(workspace, "our-alliance");

/** The new contract stands before the cursor. */
const isOpen = () => page.locator(".breadcrumbs-control", { hasText: /our-alliance.*contract\.jcm/s }).first().waitFor();

async function beginsFromAModel() {
  await hands.command("JCM: New Contract from a Model", { asks: true });
  await answers("What sort of contract?", "Alliance");
  await answers("Who commissions the services?", "Fenland Integrated Care Board");
  for (const question of ["Who provides them?", "Who is the second provider?", "For which place?", "does it begin?", "budget of a year?"]) {
    await answers(question);
  }
  await hands.shot("new-contract");
  await page.keyboard.press("Control+A");
  await answers("What is its folder called?", "our-alliance");
  await isOpen();
  await hands.until("the files of the contract", async () => existsSync(path.join(made, "data.csv")));
  await hands.shot("new-contract-open");
}

async function buildsIt() {
  await hands.command("JCM: Build the Contract to Sign");
  await isTold("as a Word document, a page, plain text", "built");
  for (const file of ["contract.docx", "contract.html", "contract.md", "settlement.json"]) {
    assert.ok(existsSync(path.join(made, "out", file)), `${file} is built`);
  }
}

async function settlesIt() {
  await hands.command("JCM: Settle with a Data File", { asks: true });
  await answers("Settle which data file?", "our-alliance");
  await isTold("Every line and payment is in our-alliance/data.settled.csv", "settled");
  const figures = await readFile(path.join(made, "data.settled.csv"), "utf8");
  assert.ok(figures.split("\n").length > 2, figures);
  await page.waitForSelector('.tab[data-resource-name="Settlement.txt"].active');
}

async function looksForSurprises() {
  await hands.open("contract.jcm", "our-alliance/contract.jcm");
  await isOpen();
  await hands.command("JCM: Look for Surprises");
  await isTold(/that may surprise the partners|Nothing here will surprise/, "surprises");
}

async function comparesWithAVersion() {
  const contract = path.join(made, "contract.jcm");
  const git = (...words) => execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@anytown.example", ...words], { cwd: workspace, stdio: "ignore" });
  git("init", "--quiet");
  git("add", "our-alliance/contract.jcm");
  git("commit", "--quiet", "--message", "As it was signed");
  const before = await readFile(contract, "utf8");
  const after = before.replace("Fenland Integrated Care Board", "Fenland and Marsh Integrated Care Board");
  assert.notEqual(after, before);
  await writeFile(contract, after);
  await hands.command("JCM: Compare with an Earlier Version", { asks: true });
  await answers("Compare with which version?", "As it was signed");
  await page.waitForSelector('.tab[data-resource-name="What changed.txt"].active');
  await page.locator(".view-line", { hasText: /Fenland.and.Marsh/ }).first().waitFor();
  await hands.shot("compared");
}

const STEPS = [
  opensAndColours,
  breaksAndMends,
  completes,
  renames,
  runsExamples,
  showsThePage,
  asksWhatIf,
  showsAssurance,
  isReadableInHighContrast,
  isReadableInTheDark,
  isReadableWhenNarrow,
  showsTheWalkthrough,
  beginsFromAModel,
  buildsIt,
  settlesIt,
  looksForSurprises,
  comparesWithAVersion,
  writesFromNothing,
  beginsToFollow,
  paysOutOfAFund,
];
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
