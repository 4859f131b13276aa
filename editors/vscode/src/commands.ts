// Commands that run the program: new, build, settle, lint, diff. Each saves first, shows progress, and says what came of it.
import * as path from "node:path";
import * as vscode from "vscode";
import { type Contracts, isContract } from "./contracts";
import { newContract } from "./newContract";
import { type Ended, folderOf, run } from "./program";
import type { Server } from "./server";
import { showPrinted } from "./texts";

export function registerCommands(context: vscode.ExtensionContext, server: Server, contracts: Contracts): void {
  const lints = vscode.languages.createDiagnosticCollection("jcm lint");
  const command = (name: string, work: (uri?: vscode.Uri) => Promise<void>) =>
    vscode.commands.registerCommand(name, work);
  context.subscriptions.push(
    lints,
    command("jcm.newContract", () => newContract(server)),
    command("jcm.build", (uri) => build(server, contracts, uri)),
    command("jcm.settle", (uri) => settle(server, contracts, uri)),
    command("jcm.lint", (uri) => lint(server, contracts, lints, uri)),
    command("jcm.diff", (uri) => diff(server, contracts, uri)),
    command("jcm.restart", () => server.restart()),
    // Advice is on the text as it was; what is written over it takes it away.
    vscode.workspace.onDidChangeTextDocument(({ document }) => isContract(document) && lints.delete(document.uri)),
  );
}

/** The main file of the contract, saved; nothing where there is none or it is no file. */
async function main(server: Server, contracts: Contracts, uri?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const document = await contracts.needed(uri);
  if (!document) {
    return undefined;
  }
  await vscode.workspace.saveAll(false);
  const contract = await server.contract(document);
  const found = contract ? vscode.Uri.parse(contract.main) : document.uri;
  if (found.scheme !== "file") {
    void vscode.window.showWarningMessage("Save the contract as a file first (File › Save As…).");
    return undefined;
  }
  return found;
}

/** Says what stands in the way: the problems are in the list, and anything else is shown as it was printed. */
async function failed(what: string, ended: Ended): Promise<void> {
  const show = ended.code === 1 ? "Show Problems" : "Show Why";
  const chosen = await vscode.window.showErrorMessage(
    ended.code === 1 ? `${what}: the contract has problems.` : `${what}: ${firstLine(ended.err)}`,
    show,
  );
  if (chosen === "Show Problems") {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  } else if (chosen) {
    await showPrinted(what, ended.out + ended.err);
  }
}

/** The sentence of a problem as the program draws it. */
function firstLine(printed: string): string {
  const lines = printed.split("\n").map((line) => line.replace(/^[\s×]+/, "").trim());
  return lines.find((line) => line !== "" && !/^[EWL]\d{4}$/.test(line)) ?? "it did not come to an end";
}

async function build(server: Server, contracts: Contracts, uri?: vscode.Uri): Promise<void> {
  const contract = await main(server, contracts, uri);
  if (!contract) {
    return;
  }
  const out = path.join(folderOf(contract), "out");
  const ended = await run("Building the contract", server.program, ["build", contract.fsPath, "--out", out], folderOf(contract));
  if (!ended) {
    return;
  }
  if (ended.code !== 0) {
    return failed("The contract was not built", ended);
  }
  const reveal = "Show the Files";
  const chosen = await vscode.window.showInformationMessage(
    `The contract is in ${vscode.workspace.asRelativePath(out)}: as a Word document, a page, plain text, and the specification to settle by.`,
    reveal,
  );
  if (chosen === reveal) {
    await vscode.commands.executeCommand("revealInExplorer", vscode.Uri.file(path.join(out, "contract.docx")));
  }
}

async function settle(server: Server, contracts: Contracts, uri?: vscode.Uri): Promise<void> {
  const isData = uri?.path.endsWith(".csv") === true;
  const beside = isData ? await contractBeside(uri) : undefined;
  const contract = await main(server, contracts, isData ? beside : uri);
  const data = contract && (isData ? uri : await dataFile(contract));
  if (!contract || !data) {
    return;
  }
  const out = data.fsPath.replace(/\.csv$/i, "") + ".settled.csv";
  const args = ["settle", contract.fsPath, "--data", data.fsPath, "--out", out];
  let ended = await run("Settling", server.program, args, folderOf(contract));
  // The data do not say which period they are of: a person does.
  if (ended && ended.code !== 0 && /\bE0712\b/.test(ended.out + ended.err)) {
    const periods = (await server.contract(await vscode.workspace.openTextDocument(contract)))?.periods ?? [];
    const period = await vscode.window.showQuickPick(periods, { title: `Which period is ${path.basename(data.fsPath)} of?` });
    if (period === undefined) {
      return;
    }
    ended = await run("Settling", server.program, [...args, "--period", period], folderOf(contract));
  }
  if (!ended) {
    return;
  }
  if (ended.code !== 0) {
    return failed("Nothing was settled", ended);
  }
  await showPrinted("Settlement", ended.out + ended.err);
  const open = "Open the Figures";
  const chosen = await vscode.window.showInformationMessage(
    `Settled. Every line and payment is in ${vscode.workspace.asRelativePath(out)}.`,
    open,
  );
  if (chosen === open) {
    await vscode.window.showTextDocument(vscode.Uri.file(out));
  }
}

/** The contract in the folder of a data file. */
async function contractBeside(data: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = vscode.Uri.joinPath(data, "..");
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, "*.jcm"));
  return found.find((file) => file.path.endsWith("/contract.jcm")) ?? found[0];
}

async function dataFile(contract: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = vscode.Uri.joinPath(contract, "..");
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, "**/*.csv"), "**/*.settled.csv", 100);
  const items = found.map((file) => ({ label: vscode.workspace.asRelativePath(file), file: file as vscode.Uri | undefined }));
  items.sort((a, b) => a.label.localeCompare(b.label));
  const other = { label: "Another file…", file: undefined };
  const chosen = items.length === 0 ? other : await vscode.window.showQuickPick([...items, other], { title: "Settle which data file?" });
  if (chosen !== other) {
    return chosen?.file;
  }
  const filters = { "Data files": ["csv"] };
  return (await vscode.window.showOpenDialog({ title: "Settle which data file?", defaultUri: folder, filters }))?.[0];
}

/** A finding as the program prints it for other programs. */
interface Finding {
  code: string;
  severity: string;
  message: string;
  file: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  help: string[];
}

async function lint(server: Server, contracts: Contracts, lints: vscode.DiagnosticCollection, uri?: vscode.Uri): Promise<void> {
  const contract = await main(server, contracts, uri);
  if (!contract) {
    return;
  }
  const ended = await run("Looking for surprises", server.program, ["lint", contract.fsPath, "--format", "json"], folderOf(contract));
  if (!ended) {
    return;
  }
  if (ended.code > 1 || ended.code < 0) {
    return failed("Nothing could be looked for", ended);
  }
  const findings = ended.out.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Finding);
  const advice = findings.filter(({ code }) => code.startsWith("L"));
  lints.clear();
  for (const file of new Set(advice.map((finding) => finding.file))) {
    lints.set(vscode.Uri.file(path.resolve(folderOf(contract), file)), advice.filter((finding) => finding.file === file).map(diagnostic));
  }
  if (advice.length < findings.length) {
    return failed("Nothing could be looked for", { ...ended, code: 1 });
  }
  if (advice.length === 0) {
    void vscode.window.showInformationMessage("Nothing here will surprise the partners, as far as can be seen.");
    return;
  }
  const show = "Show";
  const count = advice.length === 1 ? "one thing" : `${advice.length} things`;
  if ((await vscode.window.showInformationMessage(`There is ${count} that may surprise the partners.`, show)) === show) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
}

function diagnostic({ code, severity, message, line, column, end_line, end_column, help }: Finding): vscode.Diagnostic {
  const range = new vscode.Range(line - 1, column - 1, end_line - 1, end_column - 1);
  const { Error: Wrong, Warning, Information } = vscode.DiagnosticSeverity;
  const made = new vscode.Diagnostic(range, [message, ...help].join("\n"), severity === "error" ? Wrong : severity === "warning" ? Warning : Information);
  made.source = "jcm lint";
  made.code = code;
  return made;
}

async function diff(server: Server, contracts: Contracts, uri?: vscode.Uri): Promise<void> {
  const contract = await main(server, contracts, uri);
  if (!contract) {
    return;
  }
  const folder = folderOf(contract);
  const name = path.basename(contract.fsPath);
  const log = await run("Looking for earlier versions", "git", ["log", "-50", "--format=%h%x09%cs%x09%s", "--", "."], folder);
  const versions = (log?.code === 0 ? log.out : "").split("\n").filter((line) => line.includes("\t"));
  const items = versions.map((line) => {
    const [revision = "", date = "", subject = ""] = line.split("\t");
    return { label: subject, description: `${date}  ${revision}`, old: `${revision}:${name}` as string | undefined };
  });
  const other = { label: "Another file…", description: "a contract as it was, such as the one that was signed", old: undefined };
  const chosen = await vscode.window.showQuickPick([...items, other], { title: "Compare with which version?", matchOnDescription: true });
  const old = chosen === other ? await otherFile(folder) : chosen?.old;
  if (old === undefined) {
    return;
  }
  const ended = await run("Comparing", server.program, ["diff", old, name], folder);
  if (!ended) {
    return;
  }
  if (ended.code > 1 || ended.code < 0) {
    return failed("They cannot be compared", ended);
  }
  await showPrinted("What changed", ended.out + ended.err);
}

async function otherFile(folder: string): Promise<string | undefined> {
  const filters = { Contracts: ["jcm"] };
  const given = { title: "The contract as it was", defaultUri: vscode.Uri.file(folder), filters };
  return (await vscode.window.showOpenDialog(given))?.[0]?.fsPath;
}
