// Writes codemirror.js, and LICENSE with the licence of each package that is in it.
// Run in this folder:  npm ci --ignore-scripts && npm run bundle
// The same lock file gives the same bytes; a test compares their checksum.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const folder = "../static/vendor/codemirror";

const result = await build({
  entryPoints: ["entry.mjs"],
  outfile: `${folder}/codemirror.js`,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  metafile: true,
  minify: true,
  target: "es2020",
});

const [output] = Object.values(result.metafile.outputs);
const packages = Object.entries(output.inputs)
  .filter(([path, input]) => path.startsWith("node_modules/") && input.bytesInOutput > 0)
  .map(([path]) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)[1]);

const texts = [];
for (const name of [...new Set(packages)].sort()) {
  const directory = `node_modules/${name}`;
  const { version } = JSON.parse(await readFile(`${directory}/package.json`, "utf8"));
  const licence = (await readdir(directory)).find((file) => /^licen[cs]e/i.test(file));
  const text = await readFile(`${directory}/${licence}`, "utf8");
  texts.push(`${name} ${version}\n\n${text.trim()}\n`);
}
await writeFile(`${folder}/LICENSE`, texts.join(`\n${"-".repeat(80)}\n\n`));
