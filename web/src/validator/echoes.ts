// One problem for one mistake: what is only the echo of another finding is not said.
//
//     <img scr="a.png">               scr is misspelt; that src is missing is its echo
//     <label for="nom">, <input>      the id cited is missing; that the field has no label is its echo
//
// Law: a finding goes only when another one, which stays, is its cause.
import type { Finding } from "./findings.ts";
import type { Reading, Tag } from "./tokens.ts";
import type { Node, Tree } from "./tree.ts";

const family = ({ rule }: Finding): string => rule.split(":")[0]!;

/** What a finding says is missing. */
function missingOf(finding: Finding): string {
  const { rule, values } = finding;
  if (family(finding) === "element-required-attributes") return values["name"] ?? "";
  return { "wcag/h37": "alt", "wcag/h36": "alt", "lang-missing": "lang", "charset-missing": "charset", "title-missing": "title" }[rule] ?? "";
}

/** A missing name, written there with another spelling. */
function isMisspelt(finding: Finding, all: Finding[], tagAt: (at: number) => Tag | undefined): boolean {
  const missing = missingOf(finding);
  const unknown = all.filter((one) => /^unknown-(?:tag|attribute)/.test(one.rule));
  if (unknown.some(({ values }) => values["near"] === missing && ["charset-missing", "title-missing"].includes(finding.rule))) return true;
  const isFor = (near: string) => unknown.some(({ values }) => values["near"] === near);
  if (finding.rule === "no-missing-references:for" && isFor("id")) return true;
  if (finding.rule === "input-missing-label" && ["for", "id", "aria-label"].some(isFor)) return true;
  const inTag = unknown.filter(({ rule, at }) => rule.startsWith("unknown-attribute") && tagAt(at)?.at === finding.at);
  return (missing !== "" && inTag.some(({ values }) => values["near"] === missing)) || (family(finding) === "element-required-attributes" && inTag.length > 0);
}

/** Said by html-validate of a tag whose attributes were cut otherwise than the learner meant. */
function isInBadTag(finding: Finding, own: Finding[], tagAt: (at: number) => Tag | undefined): boolean {
  if (own.includes(finding)) return false;
  const tag = tagAt(finding.at);
  const told = own.filter((one) => ["quote-needed", "equals-missing", "equals-wrong", "end-too-long", "outside", "quote-missing"].includes(family(one)));
  return tag !== undefined && told.some(({ at }) => tagAt(at) === tag);
}

/** Fields without a label, right after a label whose `for` cites no id. */
function unlabelled(all: Finding[]): Set<Finding> {
  const lost = new Set<Finding>();
  for (const label of all.filter(({ rule }) => rule.startsWith("no-missing-references:"))) {
    const field = all.find((one) => one.rule === "input-missing-label" && one.at > label.at && !lost.has(one));
    if (field) lost.add(field);
  }
  return lost;
}

/** The id that a label carries instead of citing it. */
function isOfLabel({ rule, values }: Finding, all: Finding[]): boolean {
  const labels = all.filter((one) => one.rule === "label-id");
  return (rule === "no-dup-id" && labels.some((label) => label.values["value"] === values["quoted"])) || (rule === "input-missing-label" && labels.length > 0);
}

/** A label that cites an id with other capitals, or with a hash sign. */
function withId(finding: Finding, tree: Tree): Finding {
  if (finding.rule !== "no-missing-references:for") return finding;
  const wanted = finding.values["value"]?.toLowerCase();
  if (wanted?.startsWith("#")) return { ...finding, rule: "no-missing-references:hash", values: { value: finding.values["value"]!, near: finding.values["value"]!.slice(1) } };
  const ids = tree.nodes.flatMap(({ tag }) => tag.attributes).filter(({ name, value }) => name === "id" && value?.toLowerCase() === wanted);
  return ids[0] ? { ...finding, rule: "no-missing-references:case", values: { ...finding.values, near: ids[0].value! } } : finding;
}

/** The findings without echoes; `own` are those that html-validate did not give. */
export function withoutEchoes(all: Finding[], own: Finding[], reading: Reading, tree: Tree): Finding[] {
  const tags = reading.tokens.filter((token): token is Tag => token.kind !== "text");
  const tagAt = (at: number): Tag | undefined => tags.find((tag) => tag.at <= at && at < tag.end);
  const isHead = all.some(({ rule }) => rule === "header-for-head");
  const header: Node | undefined = isHead ? tree.nodes.find(({ name }) => name === "header") : undefined;
  const inHeader = ({ at, rule }: Finding) => isHead && (rule === "body-late" || tree.nodes.find(({ tag }) => tag.at === at)?.parent === header);
  const lost = unlabelled(all);
  return all.filter((one) => !lost.has(one) && !inHeader(one) && !isOfLabel(one, all) && !isMisspelt(one, all, tagAt) && !isInBadTag(one, own, tagAt)).map((one) => withId(one, tree));
}
