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

type TagAt = (at: number) => Tag | undefined;

/** The tag around an offset, by halves. */
function finder(tags: Tag[]): TagAt {
  return (at) => {
    let [low, high] = [0, tags.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tags[middle]!.end <= at) low = middle + 1;
      else high = middle;
    }
    const tag = tags[low];
    return tag && tag.at <= at ? tag : undefined;
  };
}

/** What a finding says is missing. */
function missingOf(finding: Finding): string {
  const { rule, values } = finding;
  if (family(finding) === "element-required-attributes") return values["name"] ?? "";
  return { "wcag/h37": "alt", "wcag/h36": "alt", "lang-missing": "lang", "charset-missing": "charset", "title-missing": "title" }[rule] ?? "";
}

/** Misspelt names: those of elements, and those of attributes by the place of their tag. */
interface Misspelt {
  near: Set<string>;
  inTags: Map<number, string[]>;
}

function misspeltIn(all: Finding[], tagAt: TagAt): Misspelt {
  const found: Misspelt = { near: new Set(), inTags: new Map() };
  for (const { rule, at, values } of all.filter((one) => /^unknown-(?:tag|attribute)/.test(one.rule))) {
    const near = values["near"] ?? "";
    if (near) found.near.add(near);
    const place = tagAt(at)?.at ?? at;
    if (rule.startsWith("unknown-attribute")) found.inTags.set(place, [...(found.inTags.get(place) ?? []), near]);
  }
  return found;
}

/** Whether what is missing is there, with another spelling. */
function isMisspelt(finding: Finding, { near, inTags }: Misspelt): boolean {
  const { rule, at } = finding;
  const missing = missingOf(finding);
  if (["charset-missing", "title-missing"].includes(rule) && near.has(missing)) return true;
  if (rule === "no-missing-references:for" && near.has("id")) return true;
  if (rule === "input-missing-label" && ["for", "id", "aria-label"].some((one) => near.has(one))) return true;
  const inTag = inTags.get(at) ?? [];
  return (missing !== "" && inTag.includes(missing)) || (family(finding) === "element-required-attributes" && inTag.length > 0);
}

const CUT = new Set(["quote-needed", "equals-missing", "equals-wrong", "end-too-long", "outside", "quote-missing"]);

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
  if (rule === "input-missing-label") return labels.length > 0;
  return rule === "no-dup-id" && labels.some((label) => label.values["value"] === values["quoted"]);
}

/** A label that cites an id with other capitals, or with a hash sign. */
function withId(finding: Finding, tree: Tree): Finding {
  if (finding.rule !== "no-missing-references:for") return finding;
  const value = finding.values["value"] ?? "";
  if (value.startsWith("#")) return { ...finding, rule: "no-missing-references:hash", values: { value, near: value.slice(1) } };
  const wanted = value.toLowerCase();
  const ids = tree.nodes.flatMap(({ tag }) => tag.attributes).filter((one) => one.name === "id" && one.value?.toLowerCase() === wanted);
  return ids[0] ? { ...finding, rule: "no-missing-references:case", values: { ...finding.values, near: ids[0].value! } } : finding;
}

/** The findings without echoes; `own` are those that html-validate did not give. */
export function withoutEchoes(all: Finding[], own: Finding[], reading: Reading, tree: Tree): Finding[] {
  const tagAt = finder(reading.tokens.filter((token): token is Tag => token.kind !== "text"));
  const ours = new Set(own);
  const cut = new Set(own.filter((one) => CUT.has(family(one))).map(({ at }) => tagAt(at)));
  const misspelt = misspeltIn(all, tagAt);
  const isHead = all.some(({ rule }) => rule === "header-for-head");
  const header: Node | undefined = isHead ? tree.nodes.find(({ name }) => name === "header") : undefined;
  const inHeader = ({ at, rule }: Finding) => isHead && (rule === "body-late" || tree.nodes.find(({ tag }) => tag.at === at)?.parent === header);
  // html-validate speaks of a tag whose attributes are cut otherwise than the learner meant.
  const isInCut = (one: Finding) => cut.size > 0 && !ours.has(one) && cut.has(tagAt(one.at));
  const lost = unlabelled(all);
  const stays = (one: Finding) => !lost.has(one) && !inHeader(one) && !isOfLabel(one, all) && !isMisspelt(one, misspelt) && !isInCut(one);
  return all.filter(stays).map((one) => withId(one, tree));
}
