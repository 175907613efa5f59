// The document of the live preview's frame: sandboxed, without network, made of two files that Lab serves with us.
//
// Law: fetched once, when the first preview opens: a session without preview pays nothing.
import { POLICY } from "../../card/compose.ts";

let made: Promise<string> | undefined;

async function read(base: string, name: string): Promise<string> {
  const response = await fetch(`${base}/codephenix/static/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}

async function make(base: string): Promise<string> {
  const [style, script] = await Promise.all([read(base, "live.css"), read(base, "live.js")]);
  // In minified code these stand only in texts and patterns, where an escape says the same.
  const safe = script.replace(/<(?=!--|\/?script)/g, "\\x3c");
  return (
    `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<title>Aperçu</title><style>${style}</style></head><body><script>${safe}</script></body></html>`
  );
}

/** The document; `base` is where Lab serves its extensions. */
export function frameDocument(base: string): Promise<string> {
  made ??= make(base).catch((error: unknown) => {
    made = undefined; // the next preview tries again
    throw error;
  });
  return made;
}
