// The extension and the scripts of its pages, each as one file: `node build.mjs [FOLDER]`.
import { build } from "esbuild";

const folder = process.argv[2] ?? "dist";
const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", target: "es2022" };
await build({
  ...common,
  entryPoints: ["src/extension.ts"],
  platform: "node",
  format: "cjs",
  external: ["vscode"],
  outfile: `${folder}/extension.js`,
});
await build({
  ...common,
  entryPoints: ["webview/preview.ts", "webview/whatIf.ts"],
  platform: "browser",
  format: "iife",
  outdir: folder,
});
