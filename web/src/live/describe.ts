// An element as the inspector shows it: its box, the rules that reach it, and what a screen reader says of it.
import { isHidden, nameOf, roleOf } from "../harness/roles.ts";

export interface Sides {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface Rule {
  selector: string;
  file: string; // "" for a style attribute
  media: string;
  declarations: string;
}

export interface Described {
  label: string; // as in <p class="plat">
  path: string; // selector of the very element
  role: string;
  name: string;
  hidden: boolean; // from screen readers
  x: number; // of the border box, px of the page's window
  y: number;
  width: number;
  height: number;
  margin: Sides;
  border: Sides;
  padding: Sides;
  rules: Rule[]; // in the order in which they apply
}

const MOST_RULES = 40;

function sides(style: CSSStyleDeclaration, name: (side: string) => string): Sides {
  const read = (side: string): number => Math.round((parseFloat(style.getPropertyValue(name(side))) || 0) * 10) / 10;
  return { top: read("top"), right: read("right"), bottom: read("bottom"), left: read("left") };
}

function labelOf(element: Element): string {
  const id = element.id ? ` id="${element.id}"` : "";
  const names = element.getAttribute("class")?.trim();
  return `<${element.localName}${id}${names ? ` class="${names}"` : ""}>`;
}

function pathOf(element: Element): string {
  const parts: string[] = [];
  for (let one: Element | null = element; one && one !== document.documentElement; one = one.parentElement) {
    const rank = [...(one.parentElement?.children ?? [])].indexOf(one) + 1;
    parts.unshift(`:nth-child(${rank})`);
  }
  return [":root", ...parts].join(" > ");
}

/** Name that the preview gave to a sheet: the last line of what it loads. */
function fileOf(sheet: CSSStyleSheet): string {
  const end = decodeURIComponent(/sourceURL%3D(.{1,200}?)%20\*%2F/.exec(sheet.href?.slice(-300) ?? "")?.[1] ?? "");
  return end || "<style>";
}

function reach(rules: CSSRuleList, element: Element, file: string, media: string, found: Rule[]): void {
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule && element.matches(rule.selectorText)) {
      found.push({ selector: rule.selectorText, file, media, declarations: rule.style.cssText });
    } else if (rule instanceof CSSMediaRule && matchMedia(rule.conditionText).matches) {
      reach(rule.cssRules, element, file, rule.conditionText, found);
    } else if (rule instanceof CSSSupportsRule || rule instanceof CSSLayerBlockRule) {
      reach(rule.cssRules, element, file, media, found);
    } else if (rule instanceof CSSImportRule && rule.styleSheet) {
      reach(rule.styleSheet.cssRules, element, fileOf(rule.styleSheet), media, found);
    }
  }
}

function rulesOf(element: Element): Rule[] {
  const found: Rule[] = [];
  for (const sheet of document.styleSheets) {
    try {
      reach(sheet.cssRules, element, fileOf(sheet), "", found);
    } catch {
      continue; // a sheet that may not be read, or a selector that only parses there
    }
  }
  const own = (element as HTMLElement).style?.cssText;
  if (own) found.push({ selector: "", file: "", media: "", declarations: own });
  return found.slice(-MOST_RULES);
}

export function describe(element: Element): Described {
  const style = getComputedStyle(element);
  const { x, y, width, height } = element.getBoundingClientRect();
  return {
    label: labelOf(element),
    path: pathOf(element),
    role: roleOf(element),
    name: nameOf(element),
    hidden: isHidden(element),
    ...{ x, y, width, height },
    margin: sides(style, (side) => `margin-${side}`),
    border: sides(style, (side) => `border-${side}-width`),
    padding: sides(style, (side) => `padding-${side}`),
    rules: rulesOf(element),
  };
}
