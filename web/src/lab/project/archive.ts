// « Télécharger le projet (ZIP) »: what will not work from a USB stick is said first, then the browser makes the archive.
//
// Law: the archive holds the files as they are saved, each under the name of its folder; addresses are not changed.
import { type Fault, type Finding, findings } from "../../project/findings.ts";
import { nameOf } from "../../project/place.ts";
import type { Entry } from "../../project/site.ts";
import { type Packed, zip } from "../../project/zip.ts";
import type { Translation } from "../translation.ts";
import { type Folder, FolderProblem } from "./folder.ts";

const LARGEST_ARCHIVE = 40_000_000; // bytes, as a submission
const SAID = 12; // findings in the dialog
const CODE = /\.(html|css|m?js)$/i;
const AT_A_TIME = 6;

const SENTENCES: Record<Fault, string> = {
  absolute: "%1, line %2: “%3” begins with “/”, which is the root of the computer.",
  backslash: "%1, line %2: “%3” contains “\\”.",
  computer: "%1, line %2: “%3” exists on one computer only. Copy the file into the project.",
  above: "%1, line %2: “%3” leaves the folder of the project.",
  internet: "%1, line %2: “%3” needs the internet. Copy the file into the project.",
  case: "%1, line %2: “%3” has not the right capital letters.",
  missing: "%1, line %2: “%3” is not in the project.",
  folder: "%1, line %2: “%3” names a folder, and a stick shows no page for it.",
  module: "%1, line %2: a script of type “module” does not run from a stick. Remove type=\"module\" and the imports.",
  request: "%1, line %2: %3 does not work from a stick. Write the data in a script.",
};

/** The finding as a sentence, with what to write instead. */
export function sentence(trans: Translation, { fault, file, line, address, advice }: Finding): string {
  const said = trans.__(SENTENCES[fault], file, line, address);
  return advice ? `${said} ${trans.__("Write “%1”.", advice)}` : said;
}

export interface Archive {
  name: string; // of the file
  warnings: string[];
  make(): Promise<Blob>;
}

/** What can be downloaded of a folder. Raises FolderProblem. */
export async function archiveOf(folder: Folder, trans: Translation): Promise<Archive> {
  const entries = await folder.list();
  if (!entries.length) throw new FolderProblem("This folder is empty.");
  if (entries.reduce((sum, { size }) => sum + size, 0) > LARGEST_ARCHIVE) {
    throw new FolderProblem("This folder is over 40 MB. Remove or reduce large files.");
  }
  const contents = await readAll(folder, entries);
  return {
    name: `${folder.name}.zip`,
    warnings: warningsOf(contents, trans),
    make: () => zip(contents.map((one) => ({ ...one, path: `${folder.name}/${one.path}` }))),
  };
}

async function readAll(folder: Folder, entries: readonly Entry[]): Promise<Packed[]> {
  const read: Packed[] = [];
  for (let at = 0; at < entries.length; at += AT_A_TIME) {
    const batch = entries.slice(at, at + AT_A_TIME).map(async (entry) => ({
      path: entry.path, bytes: await folder.read(entry), modified: new Date(entry.modified),
    }));
    read.push(...(await Promise.all(batch)));
  }
  return read;
}

function warningsOf(files: readonly Packed[], trans: Translation): string[] {
  const decoder = new TextDecoder();
  const texts = new Map(files.filter(({ path }) => CODE.test(path)).map(({ path, bytes }) => [path, decoder.decode(bytes)]));
  const paths = files.map(({ path }) => path);
  const said = findings(texts, paths).map((finding) => sentence(trans, finding));
  if (!paths.includes("index.html")) said.unshift(trans.__("There is no index.html at the top of the folder: nobody knows which page to open."));
  const more = said.length - SAID;
  return more > 0 ? [...said.slice(0, SAID), trans.__("And %1 more.", more)] : said;
}

/** Have the browser save a file. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = nameOf(name);
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser has it by then
}
