// Builds the front-end files into codephenix/assets/. `node build.mjs card` builds one of them.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { unwrapFile } from "./fonts.mjs";

const out = fileURLToPath(new URL("../codephenix/assets/", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));

const common = { bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "warning", absWorkingDir: here };
const script = (name, entry, options = {}) => () =>
  build({ ...common, entryPoints: [entry], outfile: `${out}${name}`, format: "iife", target: "chrome120", ...options });
const copy = (name, from) => () => copyFile(`${here}${from}`, `${out}${name}`);

const families = ["arimo", "tinos", "cousine"];
const faces = ["400-normal", "400-italic", "700-normal", "700-italic"];
const licences = families.map((family) => copy(`fonts/${family}-LICENSE.txt`, `node_modules/@fontsource/${family}/LICENSE`));
const fonts = families.flatMap((family) =>
  faces.map((face) => () =>
    unwrapFile(`${here}node_modules/@fontsource/${family}/files/${family}-latin-${face}.woff`, `${out}fonts/${family}-${face}.ttf`),
  ),
);

const assets = {
  harness: [script("harness.js", "src/harness/main.ts")],
  validator: [script("validator.js", "src/validator/main.ts", { platform: "browser" })],
  mockup: [script("mockup.js", "src/mockup/main.ts")],
  mutator: [script("mutator.js", "src/mutator/main.ts")],
  card: [script("card.js", "src/card/main.ts"), script("card.css", "src/card/card.css")],
  activity: [
    script("activity.js", "src/activity/main.ts", { format: "esm" }),
    script("activity.css", "src/activity/activity.css"),
  ],
  lab: [script("lab.js", "src/lab/main.ts")],
  project: [script("project.js", "src/lab/project/main.ts", { format: "esm" })],
  diagnostics: [script("diagnostics.js", "src/diagnostics/worker.ts", { platform: "browser" })],
  live: [script("live.js", "src/live/main.ts"), script("live.css", "src/live/live.css")],
  names: [async () => (await import("./reference.mjs")).writeNames(`${out}names.json`)],
  aide: [async () => (await import("./aide.mjs")).writeAide(`${out}aide.json`)],
  feedback: [script("feedback.css", "src/feedback/feedback.css")],
  results: [script("results.css", "src/results/results.css")],
  fonts: [...fonts, ...licences],
  axe: [
    copy("axe.js", "node_modules/axe-core/axe.min.js"),
    copy("axe-fr.json", "node_modules/axe-core/locales/fr.json"),
  ],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in assets));
if (unknown.length) {
  console.error(`Unknown asset: ${unknown.join(", ")}. Known: ${Object.keys(assets).join(", ")}.`);
  process.exit(2);
}
await mkdir(`${out}fonts`, { recursive: true });
const steps = (wanted.length ? wanted : Object.keys(assets)).flatMap((name) => assets[name]);
await Promise.all(steps.map((step) => step()));
