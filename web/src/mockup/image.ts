// Images as pixels, and how far two colours are for an eye (YIQ, as in pixelmatch).
export interface Image {
  width: number;
  height: number;
  data: Uint8ClampedArray; // RGBA
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixels of a PNG in base64. */
export async function decode(png: string): Promise<Image> {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true })!;
  pen.drawImage(bitmap, 0, 0);
  return pen.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** Place of a pixel in the data; -1 outside. */
export const at = ({ width, height }: Image, x: number, y: number): number =>
  x < 0 || y < 0 || x >= width || y >= height ? -1 : (y * width + x) * 4;

// Parts of the largest distance under which two colours are the same for us.
export const FLAT = 0.0012; // on a plain area, where an eye compares well and every browser paints the same
export const EDGE = 0.02; // on the edge of a letter or a shape, which each browser smooths its own way
const LARGEST = 35215;

/** Whether an eye tells two pixels apart; what lies outside an image is white paper. */
export function differs(a: Image, i: number, b: Image, j: number, seen = FLAT): boolean {
  const red = (i < 0 ? 255 : a.data[i]!) - (j < 0 ? 255 : b.data[j]!);
  const green = (i < 0 ? 255 : a.data[i + 1]!) - (j < 0 ? 255 : b.data[j + 1]!);
  const blue = (i < 0 ? 255 : a.data[i + 2]!) - (j < 0 ? 255 : b.data[j + 2]!);
  if (red === 0 && green === 0 && blue === 0) return false;
  const y = red * 0.29889531 + green * 0.58662247 + blue * 0.11448223;
  const hue = red * 0.59597799 - green * 0.2741761 - blue * 0.32180189;
  const saturation = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694;
  return 0.5053 * y * y + 0.299 * hue * hue + 0.1957 * saturation * saturation > seen * LARGEST;
}

/** Whether a pixel is like those around it. */
export function isFlat(image: Image, x: number, y: number): boolean {
  const place = at(image, x, y);
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) if (differs(image, place, image, at(image, x + dx, y + dy))) return false;
  }
  return true;
}

/** A pixel of the most frequent colour of a box, as a place in the data. */
export function background(image: Image, box: Box): number {
  const counts = new Map<number, [count: number, place: number]>();
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const place = at(image, x, y);
      if (place < 0) continue;
      const colour = (image.data[place]! << 16) | (image.data[place + 1]! << 8) | image.data[place + 2]!;
      const found = counts.get(colour);
      if (found) found[0] += 1;
      else counts.set(colour, [1, place]);
    }
  }
  let best: [number, number] = [0, -1];
  for (const found of counts.values()) if (found[0] > best[0]) best = found;
  return best[1];
}
