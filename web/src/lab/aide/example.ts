// The page in which an example lives: a document for a sandboxed frame, without network.
//
// Law: HTML and CSS run no script at all; JavaScript runs in an origin of its own, and may load nothing.
import { SCRIPT, type Entry, type Scenes } from "./entry.ts";

export interface Live {
  html: string; // document
  sandbox: string;
}

const PICTURE =
  "data:image/svg+xml," +
  encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="100"><rect width="160" height="100" fill="#cfe8ff"/>` +
      `<circle cx="120" cy="30" r="16" fill="gold"/><path d="M0 100 55 40l45 45 25-20 35 35z" fill="#1b4332"/></svg>`,
  );
const STYLE = "body{font:16px/1.4 system-ui,sans-serif;margin:10px;color:#111;background:#fff}img{max-width:160px}" +
  "#console{margin:0 0 10px;padding:6px 8px;background:#f1f3f5;white-space:pre-wrap;font:14px/1.4 monospace}#console:empty{display:none}";

/** Pictures that the example names are drawn: there is no file. */
const drawn = (code: string): string =>
  code.replace(/(["'(\s])[\w/-]+\.(?:webp|jpg|jpeg|avif|png)(?=["')\s])/g, `$1${PICTURE.replace(/\(/g, "%28").replace(/\)/g, "%29")}`);

function page(css: string, body: string, policy: string, script = ""): string {
  return (
    `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="` +
    `default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; ${policy}">` +
    `<base target="_blank"><title>Exemple</title><style>${STYLE}</style><style>${css}</style></head><body>${body}${script}</body></html>`
  );
}

const names = (list: string): string[] => list.split(/\s+/);

function style(entry: Entry, { styles }: Scenes): Live {
  const rules = /[{@]/.test(entry.example);
  const fits = styles.filter((scene) => names(scene.for).includes(entry.name));
  const scene = fits.at(-1) ?? styles.find((one) => one.for === "*" && Boolean(one.rules) === rules)!;
  const own = rules ? entry.example : `${scene.selector ?? ".exemple"} { ${entry.example} }`;
  return { html: page(`${scene.css}\n${drawn(own)}`, drawn(scene.html), ""), sandbox: "" };
}

/** `const prix = Number("12");` and `Math.max(3, 8);` also say what they give. */
export function telling(example: string): string {
  const made = /^(?:const|let) (\w+)\b[^]*;$/.exec(example);
  if (made) return `${example} montrer("${made[1]} = ", ${made[1]});`;
  const value = /^(?!console|if|for|while|try|throw|class|function|switch|async|alert)[^{]+;$/.test(example);
  return value ? `montrer("", ${example.slice(0, -1)});` : example;
}

function script(entry: Entry, { script: scene }: Scenes): Live {
  const more = scene.cases.filter((one) => names(one.for).includes(entry.id)).map((one) => one.code);
  const code = `
const ecran = document.querySelector("#console");
const lisible = (one) => one instanceof Element ? "<" + one.localName + ">" : one instanceof Error ? String(one)
  : typeof one === "string" ? one : typeof one === "function" || !one || typeof one !== "object" ? String(one)
  : Symbol.iterator in one ? JSON.stringify([...one].map((x) => x instanceof Element ? lisible(x) : x)) : JSON.stringify(one) ?? String(one);
const dire = (...all) => ecran.append(all.map(lisible).join(" ") + "\\n");
Object.assign(console, { log: dire, error: dire, warn: dire, info: dire, table: dire });
const montrer = (head, value) => value === undefined && !head || dire(head + lisible(value));
const magasin = () => { const map = new Map(); return { getItem: (k) => map.get(k) ?? null, setItem: (k, v) => void map.set(k, String(v)), removeItem: (k) => void map.delete(k) }; };
for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { value: magasin() });
window.alert = (text) => dire("Fenêtre : " + text);
for (const name of ${JSON.stringify(names(scene.functions))}) window[name] = (...all) => dire(name + "(" + all.filter((one) => !(one instanceof Event)).map(lisible).join(", ") + ")");
const attrapee = (erreur) => dire("Erreur : " + erreur.message);
addEventListener("error", (event) => attrapee(event.error ?? event));
${scene.code}${more.join("\n")}`;
  const run = `(async () => { ${telling(entry.example)} })().catch(attrapee);`;
  const scripts = `<script>${code}</script><script>${run}</script>`;
  const body = `<pre id="console" role="log"></pre>${scene.html}`;
  return { html: page("", body, "script-src 'unsafe-inline'", scripts), sandbox: "allow-scripts" };
}

/** The live example of an entry; null where a page would show nothing. */
export function liveExample(entry: Entry, scenes: Scenes): Live | null {
  if (scenes.still.includes(entry.id)) return null;
  if (SCRIPT.includes(entry.group)) return script(entry, scenes);
  if (!["elements", "attributes", "entities"].includes(entry.group)) return style(entry, scenes);
  const whole = scenes.pages[entry.id];
  if (whole) return { html: page("", drawn(whole), ""), sandbox: "" };
  const tag = /<([a-z][a-z0-9]*)/i.exec(entry.example)?.[1] ?? "";
  if (scenes.invisible.includes(tag)) return null;
  const around = scenes.around[tag] ?? "{}";
  return { html: page("", drawn(around.replace("{}", () => entry.example)), ""), sandbox: "" };
}
