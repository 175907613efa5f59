// Texts of an activity, with two marks: `code` and *emphasis*. Whatever else they hold stays text.

export interface Part {
  tag: "" | "code" | "em";
  text: string;
}

// The same two rules as inline_html() in activities.py.
const MARKS = /`([^`]+)`|(?<![\p{L}\p{N}_*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}_*])/gu;

export function parts(text: string): Part[] {
  const found: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > end) found.push({ tag: "", text: text.slice(end, match.index) });
    found.push(match[1] === undefined ? { tag: "em", text: match[2] } : { tag: "code", text: match[1] });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ tag: "", text: text.slice(end) });
  return found;
}

/** The parts of a text as nodes. */
export function inline(text: string): Node[] {
  return parts(text).map((part) => {
    if (!part.tag) return document.createTextNode(part.text);
    const element = document.createElement(part.tag);
    element.textContent = part.text;
    return element;
  });
}

/** `2 questions`, `1 question`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number < 2 ? one : many}`;
}
