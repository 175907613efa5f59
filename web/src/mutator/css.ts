// Faults of a style sheet: a declaration, rule or at-rule that is missing, a value or a selector that is another.
import { type CssNode, generate, lexer, parse, walk } from "css-tree";
import { type Edit, shown } from "./mutant.ts";

const KEYWORDS: Record<string, string> = {
  flex: "block", grid: "block", block: "inline", inline: "block", "inline-block": "block", none: "block",
  row: "column", column: "row", "row-reverse": "row", "column-reverse": "column", wrap: "nowrap", nowrap: "wrap",
  center: "start", start: "end", end: "start", left: "right", right: "left", "flex-start": "flex-end",
  "flex-end": "flex-start", "space-between": "center", "space-around": "center", stretch: "start", auto: "0",
  bold: "normal", normal: "bold", italic: "normal", underline: "none", uppercase: "none", solid: "dotted",
  dashed: "solid", dotted: "solid", relative: "static", absolute: "static", fixed: "static", sticky: "static",
  "border-box": "content-box", "content-box": "border-box", hidden: "visible", scroll: "visible", cover: "contain",
  contain: "cover", "sans-serif": "serif", serif: "sans-serif", monospace: "serif", pointer: "default",
  "repeat-x": "repeat-y", "no-repeat": "repeat", inherit: "initial", baseline: "center",
};
const MOVING = /:(hover|focus|focus-visible|focus-within|active|visited|target|checked|invalid|valid|placeholder-shown|open|popover-open)\b|\[open\]|::backdrop/i;
const MOVING_AT = /^(media\s.*(print|prefers|hover|pointer|orientation|height)|keyframes|container|page|supports)/i;
const MOVING_PROPERTY = /^(transition|animation|cursor|scroll-behavior|will-change)/;

const OPTIONS = { positions: true, parseCustomProperty: true, onParseError: () => undefined };

class Reader {
  readonly edits: Edit[] = [];
  private readonly css: string;
  private readonly base: number;

  constructor(css: string, base: number) {
    this.css = css;
    this.base = base;
  }

  text(node: CssNode): string {
    return node.loc ? this.css.slice(node.loc.start.offset, node.loc.end.offset) : "";
  }

  add(node: CssNode, text: string, change: string, moving: boolean): void {
    if (!node.loc) return;
    const start = this.base + node.loc.start.offset;
    this.edits.push({ start, end: this.base + node.loc.end.offset, text, change, comparable: !moving });
  }

  read(root: CssNode): void {
    const self = this;
    walk(root, function (this: { rule: CssNode | null; atrule: CssNode | null; declaration: CssNode | null }, node) {
      const moving = self.moves(this);
      if (node.type === "Rule") self.add(node, "", `retirer la règle ${shown(generate(node.prelude))}`, moving || MOVING.test(generate(node.prelude)));
      else if (node.type === "Atrule") self.add(node, "", `retirer @${shown(self.heading(node))}`, moving || MOVING_AT.test(self.heading(node)));
      else if (node.type === "Declaration") self.add(node, "", `retirer ${shown(self.text(node))}${self.of(this)}`, moving || MOVING_PROPERTY.test(node.property));
      else self.leaf(node, this, moving);
    });
  }

  private heading(node: CssNode): string {
    return node.type === "Atrule" ? `${node.name} ${node.prelude ? generate(node.prelude) : ""}`.trim() : "";
  }

  private moves({ rule, atrule, declaration }: { rule: CssNode | null; atrule: CssNode | null; declaration: CssNode | null }): boolean {
    const selector = rule?.type === "Rule" ? generate(rule.prelude) : "";
    const property = declaration?.type === "Declaration" ? declaration.property : "";
    return MOVING.test(selector) || (atrule !== null && MOVING_AT.test(this.heading(atrule))) || MOVING_PROPERTY.test(property);
  }

  private of({ rule }: { rule: CssNode | null }): string {
    return rule?.type === "Rule" ? ` dans ${shown(generate(rule.prelude))}` : "";
  }

  private leaf(node: CssNode, place: { rule: CssNode | null; declaration: CssNode | null }, moving: boolean): void {
    const { declaration } = place;
    const where = declaration?.type === "Declaration" ? ` de ${declaration.property}` : "";
    const swap = (text: string): void => this.add(node, text, `changer ${shown(this.text(node))}${where} en ${text}${this.of(place)}`, moving);
    if (node.type === "Dimension" || node.type === "Percentage" || node.type === "Number") {
      swap(this.text(node).replace(/^[-+]?[\d.]+/, (number) => String(Number(number) * 2 || 8)));
    } else if (node.type === "Hash" && declaration) swap(node.value.toLowerCase() === "123456" ? "#654321" : "#123456");
    else if (node.type === "Function" && /^(rgba?|hsla?|oklch|oklab|lab|lch|hwb)$/i.test(node.name)) swap("#123456");
    else if (node.type === "Identifier" && declaration) {
      const other = KEYWORDS[node.name.toLowerCase()];
      if (other) swap(other);
      else if (!lexer.matchType("color", node.name).error) swap(node.name === "purple" ? "olive" : "purple");
    } else if (node.type === "ClassSelector") swap(`.${node.name}-autre`);
    else if (node.type === "IdSelector") swap(`#${node.name}-autre`);
    else if (node.type === "PseudoClassSelector" && node.name !== "root") this.add(node, "", `retirer ${this.text(node)}${this.of(place)}`, true);
    else if (node.type === "Feature") swap(this.text(node).replace(/min-|max-/, (side) => (side === "min-" ? "max-" : "min-")));
  }
}

function dropsWithSemicolon(edits: Edit[], css: string, base: number): Edit[] {
  const end = (edit: Edit): number => edit.end + (css.slice(edit.end - base).match(/^\s*;/)?.[0].length ?? 0);
  return edits.map((edit) => (edit.text === "" ? { ...edit, end: end(edit) } : edit));
}

/** Edits of a style sheet that begins at the offset `base`. */
export function cssEdits(css: string, base = 0): Edit[] {
  const reader = new Reader(css, base);
  reader.read(parse(css, OPTIONS));
  return dropsWithSemicolon(reader.edits, css, base);
}

/** Edits of the value of a style attribute. */
export function declarationEdits(css: string, base: number): Edit[] {
  const reader = new Reader(css, base);
  reader.read(parse(css, { ...OPTIONS, context: "declarationList" }));
  return dropsWithSemicolon(reader.edits, css, base);
}
