// Contrast of two colours, as WCAG 2 defines it. Pure.

function channel(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of `#rrggbb`, from 0 to 1. */
export function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => channel(parseInt(colour.slice(start, start + 2), 16)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21. */
export function ratio(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** `4,49`: cut, never rounded up to a level that is not reached. */
export function shownRatio(value: number): string {
  return (Math.floor(value * 100 + 1e-9) / 100).toFixed(2).replace(".", ",");
}
