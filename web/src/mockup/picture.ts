// The differences as a picture: the mock-up on the left, the page on the right, pale, with what is wrong in red.
import { base64 } from "../base64.ts";
import { type Image } from "./image.ts";

const PANEL = 420; // px at most
const GAP = 12; // px
const MAX_BYTES = 70_000; // a PNG that stays under 100 kB in base64
const LEVELS = 6; // of grey: few, so that the PNG is small

function pale(image: Image, wrong: ReadonlySet<number> | null): ImageData {
  const made = new ImageData(image.width, image.height);
  for (let place = 0; place < image.data.length; place += 4) {
    const [red, green, blue] = [image.data[place]!, image.data[place + 1]!, image.data[place + 2]!];
    const light = (red * 0.3 + green * 0.59 + blue * 0.11) / 255;
    const grey = wrong ? 255 - Math.round((1 - light) * LEVELS) * (110 / LEVELS) : 0;
    const isWrong = wrong?.has(place / 4);
    made.data.set(wrong ? (isWrong ? [200, 0, 40, 255] : [grey, grey, grey, 255]) : [red, green, blue, 255], place);
  }
  return made;
}

function canvasOf(data: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(data.width, data.height);
  canvas.getContext("2d")!.putImageData(data, 0, 0);
  return canvas;
}

async function png(left: OffscreenCanvas, right: OffscreenCanvas, scale: number): Promise<Blob> {
  const [width, height] = [Math.round(left.width * scale), Math.round(Math.max(left.height, right.height) * scale)];
  const canvas = new OffscreenCanvas(width * 2 + GAP, height);
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = "#767676";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(left, 0, 0, width, left.height * scale);
  pen.drawImage(right, width + GAP, 0, Math.round(right.width * scale), right.height * scale);
  return canvas.convertToBlob({ type: "image/png" });
}

/** PNG in base64; smaller and smaller until it is light enough, empty when it never is. */
export async function picture(mockup: Image, page: Image, wrong: ReadonlySet<number>): Promise<string> {
  const [left, right] = [canvasOf(pale(mockup, null)), canvasOf(pale(page, wrong))];
  for (let scale = Math.min(1, PANEL / mockup.width); scale > 0.04; scale *= 0.75) {
    const blob = await png(left, right, scale);
    if (blob.size <= MAX_BYTES) return base64(new Uint8Array(await blob.arrayBuffer()));
  }
  return "";
}
