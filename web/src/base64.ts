// Bytes as base64. Law: by pieces, as a function takes no more than some ten thousand arguments.

const PIECE = 8192;

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}
