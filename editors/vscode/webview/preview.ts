// The page of the contract: takes new pages in place of the old one, explains numbers, and leads to the source.
const editor = acquireVsCodeApi();

const stale = document.createElement("div");
stale.id = "stale";
stale.setAttribute("role", "status");
stale.textContent = "The contract has errors: this is how it last stood without one.";
stale.hidden = true;

const tip = document.createElement("div");
tip.id = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;

/** The contents above the page, opened when they are wanted. */
const contents = document.createElement("details");
contents.className = "contents";

function frame(): void {
  const summary = document.createElement("summary");
  summary.textContent = "Contents";
  contents.append(summary);
  const nav = document.querySelector("nav");
  if (nav) {
    contents.append(nav);
  }
  contents.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAnchorElement) {
      contents.open = false;
    }
  });
  document.body.prepend(stale, contents);
  document.body.append(tip);
}

/** The page that is shown, once it has been replaced. */
let standing = "";

/** Puts another page in the place of the one that is shown, and keeps the place that is read. */
function replace(html: string): void {
  if (html === standing) {
    return;
  }
  standing = html;
  // The look of the page is there already, and a style without this page's nonce would be refused.
  const unstyled = html.replace(/<style\b[^]*?<\/style>/gi, "");
  const page = new DOMParser().parseFromString(unstyled, "text/html");
  const [main, nav] = [document.querySelector("main"), document.querySelector("nav")];
  const [nextMain, nextNav] = [page.querySelector("main"), page.querySelector("nav")];
  if (!main || !nextMain) {
    return;
  }
  const reading = topmost();
  const before = reading?.getBoundingClientRect().top ?? 0;
  main.replaceChildren(...nextMain.childNodes);
  if (nav && nextNav) {
    nav.replaceChildren(...nextNav.childNodes);
  }
  explained(main);
  const again = reading && document.getElementById(reading.id);
  if (again) {
    window.scrollBy(0, again.getBoundingClientRect().top - before);
  }
}

/** The last place that begins above the upper edge of the window. */
function topmost(): Element | undefined {
  return [...document.querySelectorAll("main [id]")].filter((place) => place.getBoundingClientRect().top <= 60).at(-1);
}

/** Explanations are shown by this page: those of the browser come late and cannot be read by everybody. */
function explained(within: ParentNode): void {
  for (const figure of within.querySelectorAll<HTMLElement>("[title]")) {
    figure.dataset["explained"] = figure.title;
    figure.removeAttribute("title");
  }
}

function explain(figure: HTMLElement): void {
  const words = document.createElement("div");
  words.textContent = figure.dataset["explained"] ?? "";
  tip.replaceChildren(words);
  const exact = figure instanceof HTMLDataElement ? figure.value : "";
  const more = [exact === "" ? "" : `exactly ${exact}`, figure.dataset["source"] ? "click to see it in the source" : ""];
  const said = more.filter((part) => part !== "").join("; ");
  if (said !== "") {
    const line = document.createElement("div");
    line.className = "more";
    line.textContent = said;
    tip.append(line);
  }
  tip.hidden = false;
  const at = figure.getBoundingClientRect();
  const below = at.bottom + tip.offsetHeight + 8 < window.innerHeight;
  tip.style.top = `${below ? at.bottom + 6 : Math.max(4, at.top - tip.offsetHeight - 6)}px`;
  tip.style.left = `${Math.max(4, Math.min(at.left, window.innerWidth - tip.offsetWidth - 8))}px`;
}

function reveal(anchor: string): void {
  document.querySelectorAll(".here").forEach((old) => old.classList.remove("here"));
  const place = document.getElementById(anchor);
  if (!place) {
    return;
  }
  place.classList.add("here");
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 50 || top > window.innerHeight - 80 || (bottom > window.innerHeight && top > window.innerHeight / 2)) {
    place.scrollIntoView({ block: "start" });
  }
}

document.addEventListener("mouseover", ({ target }) => {
  const figure = target instanceof Element ? target.closest<HTMLElement>("[data-explained]") : null;
  if (figure) {
    explain(figure);
  } else {
    tip.hidden = true;
  }
});
document.addEventListener("scroll", () => (tip.hidden = true), true);

document.addEventListener("click", ({ target }) => {
  const figure = target instanceof Element ? target.closest<HTMLElement>("[data-source]") : null;
  if (figure?.dataset["source"]) {
    editor.postMessage({ source: figure.dataset["source"] });
  }
});

// As in the page beside a Markdown text: a double click leads to what the place is made from.
document.addEventListener("dblclick", ({ target }) => {
  const place = target instanceof Element ? target.closest("main [id]") : null;
  if (place && !(target instanceof Element && target.closest("[data-source]"))) {
    editor.postMessage({ anchor: place.id });
  }
});

window.addEventListener("message", ({ data }: MessageEvent<{ html?: string | null; reveal?: string }>) => {
  if (data.html !== undefined) {
    stale.hidden = data.html !== null;
    if (data.html !== null) {
      replace(data.html);
    }
  }
  if (data.reveal !== undefined) {
    reveal(data.reveal);
  }
});

// In another width what was looked at stands elsewhere.
window.addEventListener("resize", () => {
  const here = document.querySelector(".here");
  if (here) {
    reveal(here.id);
  }
});

frame();
explained(document);
editor.postMessage({ ready: true });
