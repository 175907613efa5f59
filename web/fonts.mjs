// From the fonts of the web to fonts that Chromium takes as those of the machine: WOFF is a TrueType font in a parcel.
import { readFile, writeFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";

const ENTRY = 20; // bytes of a table in the directory of a WOFF
const DIRECTORY = 44;

/** TrueType bytes of WOFF bytes. */
export function unwrap(woff) {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("This is not a WOFF font.");
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, rank) => {
    const at = DIRECTORY + rank * ENTRY;
    const [offset, packed, length] = [4, 8, 12].map((shift) => woff.readUInt32BE(at + shift));
    const content = woff.subarray(offset, offset + packed);
    return { tag: woff.subarray(at, at + 4), checksum: woff.subarray(at + 16, at + 20), content: packed < length ? inflateSync(content) : content };
  });
  const header = Buffer.alloc(12 + count * 16);
  const power = 2 ** Math.floor(Math.log2(count));
  woff.copy(header, 0, 4, 8); // the flavour of the font
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((count - power) * 16, 10);
  let place = header.length;
  const parts = tables.map(({ tag, checksum, content }, rank) => {
    const at = 12 + rank * 16;
    tag.copy(header, at);
    checksum.copy(header, at + 4);
    header.writeUInt32BE(place, at + 8);
    header.writeUInt32BE(content.length, at + 12);
    const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
    place += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...parts]);
}

export const unwrapFile = async (from, to) => writeFile(to, unwrap(await readFile(from)));
