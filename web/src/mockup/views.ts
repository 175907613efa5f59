// The mock-up, the page and where they differ, as three pictures of one size, to lay one over the other.
import { base64 } from "../base64.ts";
import { type Image } from "./image.ts";

const WIDTH = 768; // px at most
const MAX_BYTES = 110_000; // of one picture
const QUALITY = 0.85;
const CELL = 8; // px: side of a spot of the heat map
const FULL = CELL * 16; // wrong pixels that make a spot the hottest: the strokes of letters never fill it

type Pen = OffscreenCanvasRenderingContext2D;

function painted(width: number, height: number, paint: (pen: Pen) => void): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  paint(canvas.getContext("2d")!);
  return canvas;
}

const canvasOf = ({ width, height, data }: Image): OffscreenCanvas =>
  painted(width, height, (pen) => pen.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0));

/** From yellow, where little is wrong, to dark red: also from light to dark, for eyes that see no hue. */
function heatOf(width: number, height: number, wrong: ReadonlySet<number>): OffscreenCanvas {
  const counts = new Map<number, number>();
  const columns = Math.ceil(width / CELL);
  for (const place of wrong) {
    const spot = Math.floor(Math.floor(place / width) / CELL) * columns + Math.floor((place % width) / CELL);
    counts.set(spot, (counts.get(spot) ?? 0) + 1);
  }
  return painted(width, height, (pen) => {
    for (const [spot, count] of counts) {
      const heat = Math.min(1, (count * 4) / FULL);
      pen.fillStyle = `hsl(${Math.round(50 * (1 - heat))} 100% ${Math.round(60 - 30 * heat)}% / ${0.55 + 0.35 * heat})`;
      pen.fillRect((spot % columns) * CELL, Math.floor(spot / columns) * CELL, CELL, CELL);
    }
  });
}

async function encoded(image: OffscreenCanvas, width: number, height: number, paper: boolean): Promise<Blob> {
  const canvas = painted(width, height, (pen) => {
    if (paper) {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, width, height);
    }
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, width, Math.round((image.height * width) / image.width));
  });
  return canvas.convertToBlob({ type: "image/webp", quality: QUALITY });
}

async function address(blob: Blob): Promise<string> {
  return `data:image/webp;base64,${base64(new Uint8Array(await blob.arrayBuffer()))}`;
}

/** Addresses of the three pictures; smaller and smaller until each is light enough, none when they never are. */
export async function views(mockup: Image, page: Image, wrong: ReadonlySet<number>): Promise<string[]> {
  const images = [canvasOf(mockup), canvasOf(page), heatOf(page.width, page.height, wrong)];
  const tall = Math.max(...images.map(({ width, height }) => height / width));
  for (let width = Math.min(WIDTH, mockup.width); width > 60; width = Math.round(width * 0.8)) {
    const blobs = await Promise.all(images.map((image, rank) => encoded(image, width, Math.ceil(width * tall), rank < 2)));
    if (blobs.every(({ size }) => size <= MAX_BYTES)) return Promise.all(blobs.map(address));
  }
  return [];
}
