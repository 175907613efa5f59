// The scripts of a site as one text, to know whether they changed: what runs is never run again half typed.
import { tagsOf } from "../card/html.ts";
import type { Bundle } from "../card/site.ts";

/** Every script that the site can run; "" when its pages have none. */
export function scriptsOf({ files }: Bundle): string {
  const found: string[] = [];
  for (const file of Object.values(files)) {
    if (file.type === "text/javascript") found.push(file.text ?? "");
    else if (file.type === "text/html" && file.text) found.push(...inline(file.text));
  }
  return found.join("\0");
}

function inline(html: string): string[] {
  return tagsOf(html).flatMap((tag) => [
    ...(tag.name === "script" ? [html.slice(tag.bodyStart, tag.bodyEnd)] : []),
    ...tag.attributes.filter(({ name }) => /^on[a-z]/.test(name)).map(({ value }) => value),
  ]);
}
