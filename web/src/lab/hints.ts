// The ladder of hints: in a cell of text, the next « Indice » appears once the one before was opened.
//
// Law: a style decides, so nothing blinks when Lab draws the cell again; what was opened stays offered until the page
// is left. Other <details> of a lesson are not touched.

const HINT = /^\s*indice/i;
const STYLE = "details.cp-hint:not(.cp-seen) ~ details.cp-hint{display:none}";

function mark(root: ParentNode, seen: ReadonlySet<string>): void {
  for (const details of root.querySelectorAll<HTMLDetailsElement>(".jp-RenderedMarkdown details:not(.cp-hint)")) {
    const summary = details.querySelector("summary")?.textContent ?? "";
    if (!HINT.test(summary)) continue;
    details.classList.add("cp-hint");
    details.classList.toggle("cp-seen", seen.has(details.textContent ?? ""));
  }
}

/** Mark hints as they are drawn, and remember those that were opened. */
export function startLadder(document: Document): void {
  const seen = new Set<string>();
  document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open || !target.classList.contains("cp-hint")) return;
      seen.add(target.textContent ?? "");
      target.classList.add("cp-seen");
    },
    true,
  );
  let asked = 0;
  new MutationObserver(() => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      mark(document, seen);
    });
  }).observe(document.body, { childList: true, subtree: true });
  mark(document, seen);
}

export async function hintsPlugin(): Promise<object> {
  return {
    id: "codephenix:hints",
    description: "Hints that appear one after the other.",
    autoStart: true,
    activate: (): void => startLadder(document),
  };
}
