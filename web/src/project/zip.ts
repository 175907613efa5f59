// A ZIP archive (PKWARE's APPNOTE, 2.0): deflated texts, stored pictures, names in UTF-8.
//
// Law: nothing but the names and the contents given goes in; an archive is under 4 GB and has under 65 536 files.

export interface Packed {
  path: string; // "/" between names, relative
  bytes: Uint8Array<ArrayBuffer>;
  modified: Date;
}

const COMPRESSED = /\.(png|jpe?g|webp|avif|gif|woff2?|mp[34]|ogg|webm|pdf|zip)$/i;
const UTF8 = 0x0800;
const VERSION = 20;
const [STORED, DEFLATED] = [0, 8];

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Numbers of 2 or 4 bytes, the least significant first. */
function numbers(...values: [value: number, bytes: 2 | 4][]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of values) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

/** Local time as MS-DOS writes it, by steps of 2 s, from 1980 on. */
function dosTime(date: Date): [time: number, day: number] {
  const year = Math.max(1980, date.getFullYear());
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return [time, ((year - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()];
}

/** The archive of some files. */
export async function zip(files: readonly Packed[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const add = (...bytes: Uint8Array<ArrayBuffer>[]): void => {
    parts.push(...bytes);
    for (const { length } of bytes) offset += length;
  };
  for (const { path, bytes, modified } of files) {
    const name = new TextEncoder().encode(path);
    const small = COMPRESSED.test(path) ? bytes : await deflate(bytes);
    const [body, method] = small.length < bytes.length ? [small, DEFLATED] : [bytes, STORED];
    const [time, day] = dosTime(modified);
    const common: [number, 2 | 4][] = [
      [VERSION, 2], [UTF8, 2], [method, 2], [time, 2], [day, 2], [crc32(bytes), 4], [body.length, 4], [bytes.length, 4],
      [name.length, 2], [0, 2],
    ];
    directory.push(numbers([0x02014b50, 4], [VERSION, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
    add(numbers([0x04034b50, 4], ...common), name, body);
  }
  const start = offset;
  add(...directory);
  const count = files.length;
  add(numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [offset - start, 4], [start, 4], [0, 2]));
  return new Blob(parts, { type: "application/zip" });
}
