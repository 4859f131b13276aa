// The examples of a contract as tests: each comes out or shows the figure that differs, at the line that expects it.
import * as vscode from "vscode";
import { type Contracts, isContract } from "./contracts";
import type { Difference, Example } from "./protocol";
import { located, type Server } from "./server";

export class Examples {
  private readonly tests = vscode.tests.createTestController("jcm", "Examples of contracts");
  /** The text from which the examples of a contract were asked, by the address of the contract's item. */
  private readonly sources = new Map<string, vscode.TextDocument>();
  /** What each example came to when it was run last. */
  private readonly results = new Map<string, string>();

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly contracts: Contracts,
  ) {
    this.tests.createRunProfile("Run", vscode.TestRunProfileKind.Run, async (request, token) => void (await this.run(request, token)), true);
    this.tests.refreshHandler = () => this.refreshAll();
    this.tests.resolveHandler = (item) => (item ? undefined : this.refreshAll());
    context.subscriptions.push(
      this.tests,
      contracts.onDidChange((document) => this.refresh(document)),
      vscode.commands.registerCommand("jcm.test", (uri?: vscode.Uri) => this.runFrom(uri, undefined)),
      // What the server puts above an example, which it knows by its title.
      vscode.commands.registerCommand("jcm.runExample", (uri?: vscode.Uri, example?: string) => this.runFrom(uri, example)),
    );
  }

  private async refreshAll(): Promise<void> {
    const open = vscode.workspace.textDocuments.filter(isContract);
    const files = await vscode.workspace.findFiles("**/*.jcm", "**/node_modules/**", 100);
    const seen = new Set(open.map((document) => document.uri.toString()));
    for (const document of open) {
      await this.refresh(document);
    }
    for (const uri of files.filter((uri) => !seen.has(uri.toString()))) {
      // A module is told by the text itself, so that it need not be opened in the server.
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      if (/^contract\s/m.test(text)) {
        await this.refresh(await vscode.workspace.openTextDocument(uri));
      }
    }
  }

  /** Lists the examples as they stand; while the contract has an error they stay as they were. */
  private async refresh(document: vscode.TextDocument): Promise<{ item: vscode.TestItem; examples: Example[] } | undefined> {
    const contract = await this.server.contract(document);
    const examples = contract && (await this.server.examples(document));
    if (!contract || !examples) {
      this.outdate(document);
      return undefined;
    }
    const uri = vscode.Uri.parse(contract.main);
    const id = uri.toString();
    const item = this.tests.items.get(id) ?? this.tests.createTestItem(id, contract.title, uri);
    item.label = contract.title;
    this.sources.set(id, document);
    item.children.replace(
      examples.map((example) => {
        const at = located(example.at);
        const child = this.tests.createTestItem(`${id}#${example.name}`, example.title || example.name, at?.uri ?? uri);
        child.description = `${example.of}, ${example.period}`;
        child.range = at?.range;
        return child;
      }),
    );
    this.tests.items.add(item);
    this.outdate(document, examples);
    return { item, examples };
  }

  /**
   * Shows of the examples that were run what they come to now. While the contract has an error nobody knows, and what
   * they came to before is shown as old.
   */
  private outdate(document: vscode.TextDocument, examples?: Example[]): void {
    for (const [id, source] of this.sources) {
      if (source.uri.toString() !== document.uri.toString()) {
        continue;
      }
      const own = [...(this.tests.items.get(id)?.children ?? [])].map(([, child]) => child);
      const found = (test: vscode.TestItem) => examples?.find(({ name }) => test.id === `${id}#${name}`);
      const others = own.filter((test) => {
        const [before, now] = [this.results.get(test.id), found(test)];
        return before !== undefined && before !== (now && outcome(now));
      });
      if (others.length === 0) {
        continue;
      }
      if (!examples) {
        others.forEach(({ id: test }) => this.results.set(test, ""));
        this.tests.invalidateTestResults(others);
        continue;
      }
      const run = this.tests.createTestRun(new vscode.TestRunRequest(others), "As the contract stands", false);
      for (const test of others) {
        this.note(test, found(test));
        told(run, test, found(test), undefined);
      }
      run.end();
    }
  }

  private note(test: vscode.TestItem, example: Example | undefined): void {
    if (example) {
      this.results.set(test.id, outcome(example));
    }
  }

  private async runFrom(uri: vscode.Uri | undefined, example: string | undefined): Promise<void> {
    const document = await this.contracts.needed(uri);
    if (!document) {
      return;
    }
    const found = await this.refresh(document);
    if (!found) {
      void vscode.window.showWarningMessage("The examples cannot be run while the contract has errors; the list “Problems” shows them.");
      return;
    }
    const known = found.examples.find(({ name, title }) => example !== undefined && (name === example || title === example));
    const child = known && found.item.children.get(`${found.item.id}#${known.name}`);
    const failed = await this.run(new vscode.TestRunRequest([child ?? found.item]));
    const count = child ? 1 : found.examples.length;
    const what = count === 1 ? "The example comes out." : `All ${count} examples come out.`;
    const see = "Show";
    const chosen = await (count === 0
      ? vscode.window.showInformationMessage("The contract has no example yet: write one under what it is to show.")
      : failed === 0
        ? vscode.window.showInformationMessage(what)
        : vscode.window.showWarningMessage(`${failed} of ${count} examples do not come out.`, see));
    if (chosen === see) {
      await vscode.commands.executeCommand("workbench.view.extension.test");
    }
  }

  /** Runs what is asked for, and gives how many do not come out. */
  private async run(request: vscode.TestRunRequest, token?: vscode.CancellationToken): Promise<number> {
    const run = this.tests.createTestRun(request);
    const roots = [...this.tests.items].map(([, item]) => item);
    const wanted = new Set((request.include ?? roots).flatMap(withChildren));
    const left = new Set((request.exclude ?? []).flatMap(withChildren));
    let failed = 0;
    for (const root of roots) {
      const document = this.sources.get(root.id);
      const own = [...root.children].map(([, item]) => item).filter((item) => wanted.has(item) && !left.has(item));
      if (!document || own.length === 0 || token?.isCancellationRequested) {
        continue;
      }
      own.forEach((item) => run.started(item));
      const began = Date.now();
      const examples = await this.server.examples(document);
      const took = (Date.now() - began) / own.length;
      for (const item of own) {
        const example = examples?.find(({ name }) => item.id === `${root.id}#${name}`);
        failed += told(run, item, example, took) ? 0 : 1;
        this.note(item, example);
      }
    }
    run.end();
    return failed;
  }
}

/** What an example comes to, to be held against what it came to before. */
function outcome({ stopped, differences }: Example): string {
  return JSON.stringify([stopped, differences.map(({ what, expected, found }) => [what, expected, found])]);
}

function withChildren(item: vscode.TestItem): vscode.TestItem[] {
  return [item, ...[...item.children].map(([, child]) => child)];
}

/** Says what became of an example, and gives whether it comes out. */
function told(run: vscode.TestRun, item: vscode.TestItem, example: Example | undefined, took: number | undefined): boolean {
  const at = located(example?.at ?? null);
  const message = (text: string, place = at) => {
    const made = new vscode.TestMessage(text);
    if (place) {
      made.location = place;
    }
    return made;
  };
  if (!example) {
    run.errored(item, message("The contract has errors, so that nothing can be worked out."));
    return false;
  }
  if (example.stopped !== null) {
    run.failed(item, message(`It cannot be worked out: ${example.stopped}.`), took);
    return false;
  }
  if (example.differences.length > 0) {
    const messages = example.differences.map((difference) => differs(difference, at));
    run.appendOutput(messages.map(({ message }) => `${example.title}: ${String(message)}\r\n`).join(""), undefined, item);
    run.failed(item, messages, took);
    return false;
  }
  run.appendOutput(`${example.title}: ${example.expected} figures as expected\r\n`, undefined, item);
  run.passed(item, took);
  return true;
}

function differs({ what, expected, found, beforeRounding, at, declared }: Difference, example: vscode.Location | undefined): vscode.TestMessage {
  const rounded = beforeRounding === null ? "" : ` (${beforeRounding} before rounding)`;
  const line = located(declared);
  const where = line ? `, worked out in line ${line.range.start.line + 1}` : "";
  const message = new vscode.TestMessage(`${what}: the example expects ${expected}, the contract gives ${found}${rounded}${where}.`);
  const place = located(at) ?? example;
  if (place) {
    message.location = place;
  }
  return message;
}
