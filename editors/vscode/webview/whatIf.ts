// The panel “What if”. A lever says at which stop it is, or what was written beside it; every figure comes from the server.
import type { Bar, Lever, Moves, OneOf, Stops, WhatIf } from "../src/protocol";

interface Drawn {
  examples: { name: string; title: string; period: string }[] | null;
  example: string | null;
  found: WhatIf | null;
}

const editor = acquireVsCodeApi();
const main = document.querySelector("main")!;
let moves: Moves = {};
/** For which example, with which levers, the controls stand. */
let standing = "";

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  given: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), given);
  made.append(...children);
  return made;
}

const choice = element("select", { id: "example" });
const back = element("button", { id: "back", type: "button" }, "Back to the contract");
const levers = element("section", { id: "levers" });
const stopped = element("p", { className: "stopped", hidden: true });
stopped.setAttribute("role", "status");
const results = element("section", { id: "results" });
const none = element("p", { className: "soft", hidden: true });

main.append(
  element("h1", {}, "What if"),
  element("p", {}, element("label", { htmlFor: "example" }, "In the example "), choice),
  none,
  levers,
  element("p", {}, back),
  stopped,
  results,
);

function move(name: string, to: number | string): void {
  moves = { ...moves, [name]: to };
  editor.postMessage({ moves });
}

choice.addEventListener("change", () => {
  moves = {};
  editor.postMessage({ example: choice.value });
});
back.addEventListener("click", () => {
  moves = {};
  standing = "";
  editor.postMessage({ moves });
});

function drawChoice({ examples, example }: Drawn): void {
  const options = (examples ?? []).map(({ name, title, period }) => element("option", { value: name }, `${title} (${period})`));
  choice.replaceChildren(...options);
  choice.value = example ?? "";
}

/** The controls are made once for an example, so that one that is dragged stays under the hand. */
function drawLevers(example: string, all: Lever[]): void {
  const now = JSON.stringify([example, all.map(({ name, stands, reach }) => [name, stands, "last" in reach ? reach.last : 0])]);
  if (now !== standing) {
    standing = now;
    const knobs = all.filter(({ isKnob }) => isKnob);
    const given = all.filter(({ isKnob }) => !isKnob);
    const group = (title: string, own: Lever[]) => (own.length === 0 ? [] : [element("h2", {}, title), ...own.map(control)]);
    levers.replaceChildren(...group("What the partners may set", knobs), ...group("What the example gives", given));
  }
  for (const lever of all) {
    update(lever);
  }
  back.disabled = Object.keys(moves).length === 0;
}

function control(lever: Lever): HTMLElement {
  const { name, title, reach } = lever;
  const id = `lever-${name}`;
  const label = element("label", { className: "name", htmlFor: id }, title);
  const stands = element("div", { className: "stands soft" }, `stands at ${lever.stands}`);
  const row = element("div", { className: "lever" }, element("div", {}, label, stands));
  row.dataset["lever"] = name;
  if ("choices" in reach) {
    const select = element("select", { id }, ...reach.choices.map(([value, words]) => element("option", { value }, words)));
    select.addEventListener("change", () => move(name, select.value));
    row.append(select);
  } else {
    const slider = element("input", { id, type: "range", min: "0", max: String(reach.last), step: "1" });
    slider.addEventListener("input", () => move(name, Number.parseInt(slider.value, 10)));
    const box = element("input", { type: "text", autocomplete: "off", spellcheck: false });
    box.setAttribute("aria-label", `${title}, written as a figure in ${reach.unit}`);
    box.addEventListener("change", () => move(name, box.value));
    const ends = element("div", { className: "ends" }, element("span", {}, reach.least), element("span", {}, reach.most));
    row.append(element("div", { className: "range" }, slider, ends), box);
  }
  const refused = element("div", { className: "refused", hidden: true });
  refused.setAttribute("role", "alert");
  row.append(refused);
  return row;
}

function update({ name, shown, stands, reach, refused }: Lever): void {
  const row = [...levers.querySelectorAll<HTMLElement>(".lever")].find((row) => row.dataset["lever"] === name);
  if (!row) {
    return;
  }
  row.classList.toggle("moved", shown !== stands);
  const why = row.querySelector<HTMLElement>(".refused")!;
  why.hidden = refused === null;
  why.textContent = refused === null ? "" : `Not taken: ${refused}.`;
  if ("choices" in reach) {
    row.querySelector("select")!.value = (reach satisfies OneOf).chosen;
    return;
  }
  const slider = row.querySelector<HTMLInputElement>('input[type="range"]')!;
  const box = row.querySelector<HTMLInputElement>('input[type="text"]')!;
  slider.setAttribute("aria-valuetext", shown);
  // The one under the hand is further than the answer.
  if (document.activeElement !== slider || typeof moves[name] !== "number") {
    slider.value = String((reach satisfies Stops).at);
  }
  if (refused === null) {
    box.value = shown;
  }
}

/** A bar from nothing to the figure, and a mark where it stands; to the left only where some figure of the table is below nothing. */
function bar({ lengths }: Bar, least: number): Node {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `${least} 0 ${1000 - least} 10`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const add = (name: string, given: Record<string, string | number>) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(given)) {
      shape.setAttribute(key, String(value));
    }
    svg.append(shape);
  };
  if (lengths) {
    const [before, after] = lengths;
    add("rect", { class: after < 0 ? "loss" : "gain", x: Math.min(0, after), y: 1.5, width: Math.abs(after), height: 7 });
    if (before !== after) {
      add("line", { class: "before", x1: before, x2: before, y1: 0, y2: 10 });
    }
    add("line", { class: "axis", x1: 0, x2: 0, y1: 0, y2: 10 });
  }
  return svg;
}

function table(caption: string, heads: [string, string, string], bars: Bar[]): Node {
  const head = (text: string, className = "figure") => element("th", { scope: "col", className }, text);
  const columns = element("tr", {}, head("", ""), head(heads[0]), head(heads[1]), head(heads[2]));
  const least = bars.some(({ lengths }) => lengths?.some((length) => length < 0)) ? -1000 : 0;
  const rows = bars.map((figure) => {
    const { title, before, after, exact, difference } = figure;
    const changed = before !== after;
    const moved = element("td", { className: "figure difference" }, difference);
    const now = element("td", { className: "figure after", title: exact === "" ? "" : `exactly ${exact}` }, after);
    return element(
      "tr",
      { className: changed ? "changed" : "" },
      element("th", { scope: "row" }, title, bar(figure, least)),
      element("td", { className: "figure" }, before),
      now,
      moved,
    );
  });
  return element("table", {}, element("caption", {}, caption), element("thead", {}, columns), element("tbody", {}, ...rows));
}

function drawResults({ periods }: WhatIf): void {
  const heads: [string, string, string] = ["As it stands", "What if", "Difference"];
  const made: Node[] = [];
  for (const { label, lines, partners } of periods) {
    const of = periods.length > 1 ? `, ${label}` : "";
    if (partners.length > 0) {
      made.push(table(`What each partner receives (below nothing, pays)${of}`, heads, partners));
    }
    for (const group of groups(lines)) {
      made.push(table(`${group[0]?.group ?? ""}, line by line${of}`, heads, group));
    }
  }
  results.replaceChildren(...made);
}

/** Neighbours that belong together. */
function groups(lines: Bar[]): Bar[][] {
  const made: Bar[][] = [];
  for (const line of lines) {
    const last = made.at(-1);
    if (last?.[0]?.group === line.group) {
      last.push(line);
    } else {
      made.push([line]);
    }
  }
  return made;
}

window.addEventListener("message", ({ data }: MessageEvent<Drawn>) => {
  const { examples, example, found } = data;
  none.hidden = found !== null;
  none.textContent =
    examples === null
      ? "The contract has errors; when they are mended, its figures can be moved here."
      : "The contract has no example yet. What if begins from an example: write one under an incentive.";
  if (found && example !== null) {
    drawChoice(data);
    drawLevers(example, found.levers);
    stopped.hidden = found.stopped === null;
    stopped.textContent = found.stopped === null ? "" : `Nothing comes out: ${found.stopped}.`;
    drawResults(found);
  }
});
editor.postMessage({ ready: true });
