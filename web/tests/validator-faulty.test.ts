// Pages with one mistake each: the learner reads one message, on the right line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { validateHtml } from "../src/validator/validate.ts";
import { pages } from "./pages.ts";

const page = (body: string, head = '<meta charset="utf-8">\n<title>Ma page</title>') =>
  `<!DOCTYPE html>\n<html lang="fr">\n<head>\n${head}\n</head>\n<body>\n${body}\n</body>\n</html>\n`; // the body starts on line 8

type Case = [name: string, source: string, rule: string, line: number, words: string];

const FAULTY: Case[] = [
  // unclosed, crossed, misplaced
  ["title left open", "<h1>Samira", "unclosed", 1, "<h1> ouverte ligne 1 n’est pas fermée"],
  ["bold left open in a paragraph", page("<p>Un\n<strong>mot</p>\n<p>Deux</p>"), "unclosed", 9, "<strong>"],
  ["list left open", page("<ul>\n<li>Un</li>\n<li>Deux</li>"), "unclosed", 8, "Ajoutez </ul> à la fin de la liste"],
  ["item left open, then closed too late", "<ul>\n<li>Un</li>\n<li>Deux\n<li>Trois</li></li>\n</ul>", "unclosed", 3, "<li> ouvert ligne 3 n’est pas fermé avant <li>"],
  ["link left open", page('<p><a href="a.html">Page</p>'), "unclosed", 8, "Ajoutez </a> à la fin du lien"],
  ["div left open", page("<div>\n<p>Oui</p>"), "unclosed", 8, "<div>"],
  ["page title left open", page("<p>Oui</p>", '<meta charset="utf-8">\n<title>Ma page'), "unclosed", 5, "<title>"],
  ["style left open", "<style>\np { color: red }\n<p>Oui</p>", "unclosed", 1, "</style>"],
  ["script left open", page("<script>\nlet a = 1;"), "unclosed", 8, "</script>"],
  ["textarea left open", '<label for="a">A</label>\n<textarea id="a">', "unclosed", 2, "<textarea>"],
  ["comment left open", "<p>a</p>\n<!-- note\n<p>b</p>", "comment-open", 2, "-->"],
  ["closing tag without its slash", "<h1>Titre<h1>\n<p>Oui</p>", "slash-missing", 1, "Écrivez </h1> à la place"],
  ["paragraph closed without slash", page("<p>Texte<p>"), "slash-missing", 8, "</p>"],
  ["paragraph closed without slash, then others", page("<p>Un<p>\n<p>Deux</p>"), "slash-missing", 8, "</p>"],
  ["item closed without slash", "<ul>\n<li>Un<li>\n<li>Deux</li>\n</ul>", "slash-missing", 2, "</li>"],
  ["bold closed without slash", page("<p>Un <b>mot<b> ici</p>"), "slash-missing", 8, "</b>"],
  ["link closed without slash", page('<p><a href="a.html">Page<a></p>'), "slash-missing", 8, "</a>"],
  ["page title closed without slash", page("<p>a</p>", '<meta charset="utf-8">\n<title>Ma page<title>'), "slash-missing", 5, "</title>"],
  ["two tags crossed", "<p><b><i>mot</b></i></p>", "crossed", 1, "<b> et <i> se croisent"],
  ["paragraph and bold crossed", page("<p>Un <b>mot</p></b>"), "crossed", 8, "se croisent"],
  ["heading closed by another level", page("<h1>Titre</h2>"), "wrong-end", 8, "<h1> est fermée par </h2>"],
  ["misspelt closing tag", "<strong>mot</stong>", "wrong-end", 1, "Écrivez </strong>"],
  ["end tag that closes nothing", page("<p>Oui</p>\n</div>"), "stray-end", 9, "</div> ne ferme rien"],
  ["end tag of a void element", page("<p>a<br>b</br></p>"), "void-end", 8, "<br> ne se ferme pas"],
  ["self-closed div", "<div/>\n<p>a</p>", "self-closed", 1, "<div></div>"],
  ["list closed without slash", page("<ul>\n<li>a</li>\n<ul>\n<p>b</p>"), "slash-missing", 10, "</ul>"],
  ["item with a link closed without slash", '<ul>\n<li><a href="b">c</a><li>\n<li>d</li>\n</ul>', "slash-missing", 2, "</li>"],
  ["row closed without slash", "<table>\n<tr><td>a</td><tr>\n<tr><td>b</td></tr>\n</table>", "slash-missing", 2, "</tr>"],
  ["table left open in a page", page("<table>\n<tr><td>a</td></tr>"), "unclosed", 8, "Ajoutez </table> à la fin du tableau"],
  ["slash on the wrong side", "<h1>Titre<h1/>", "slash-behind", 1, "écrivez </h1>"],
  ["backslash in an end tag", "<h1>Titre<\\h1>", "slash-wrong", 1, "Écrivez </h1>"],
  ["two slashes in an end tag", "<h1>Titre<//h1>", "slash-wrong", 1, "Écrivez </h1>"],
  ["attribute in an end tag", '<p>a</p class="a">', "end-too-long", 1, "seulement </p>"],
  ["div in a paragraph", "<p>Un\n<div>Deux</div>\n</p>", "misplaced", 2, "<div> n’a pas sa place dans <p>"],
  ["list in a paragraph", page("<p>Liste :\n<ul><li>a</li></ul></p>"), "misplaced", 9, "<ul> n’a pas sa place dans <p>"],
  ["paragraph in head", page("<p>b</p>", '<meta charset="utf-8">\n<title>a</title>\n<p>a</p>'), "misplaced", 6, "<p> n’a pas sa place dans <head>"],
  // broken tags
  ["chevron missing at the end of a tag", "<h1 class=\"a\"\n<p>Oui</p>", "chevron-missing", 1, "Il manque le chevron >"],
  ["chevron missing right after the name", "<p>a</p>\n<h1<p>Oui</p>", "chevron-missing", 2, "<h1"],
  ["chevron missing in an end tag", "<h1>Titre</h1\n<p>Oui</p>", "chevron-missing", 1, "</h1"],
  ["chevron missing at the very end", "<p>Oui</p", "chevron-missing", 1, "</p"],
  ["chevron missing in the doctype", '<!DOCTYPE html\n<html lang="fr"><head><meta charset="utf-8"><title>a</title></head></html>', "chevron-missing", 1, "<!DOCTYPE html"],
  ["closing quote missing", '<p>a</p>\n<p class="note>Un</p>\n<p class="autre">Deux</p>', "quote-missing", 2, "valeur de class"],
  ["closing quote missing at the end", '<a href="page.html>Page</a>', "quote-missing", 1, 'href="page.html"'],
  ["opening quote missing", '<a href=page.html">Page</a>', "quote-missing", 1, "href"],
  ["curved quotes", "<p class=“note”>Un</p>", "quote-typographic", 1, "guillemets droits"],
  ["equals sign missing", '<img src"a.png" alt="a">', "equals-missing", 1, 'src="a.png"'],
  ["value missing", "<p class=>Un</p>", "value-missing", 1, "class"],
  ["one quote too many", '<p class="a"">Un</p>', "quote-stray", 1, "guillemet en trop"],
  ["no space between attributes", '<a href="a.html"class="b">Un</a>', "attribute-space", 1, "Il manque une espace"],
  ["space after the chevron", "< h1>Titre</h1>", "space-in-tag", 1, "<h1>"],
  ["space after the slash", "<h1>Titre</ h1>", "space-in-tag", 1, "</h1>"],
  ["lonely chevron", "<p>3 < 5</p>", "lone-chevron", 1, "&lt;"],
  ["empty tag", "<p>a</p>\n<>", "empty-tag", 2, "pas de nom"],
  ["another language", "<?php echo 1 ?>\n<p>a</p>", "declaration", 1, "n’est pas du HTML"],
  // names
  ["misspelt title", page("<p>a</p>", '<meta charset="utf-8">\n<tilte>Ma page</tilte>'), "unknown-tag", 5, "<tilte> n’existe pas : vouliez-vous dire <title>"],
  ["misspelt paragraph tag", "<paragraphe>a</paragraphe>", "unknown-tag", 1, "<paragraphe> n’existe pas"],
  ["misspelt section", "<p>a</p>\n<setcion>b</setcion>", "unknown-tag", 2, "<section>"],
  ["misspelt opening only", "<stong>b</strong>", "unknown-tag", 1, "<strong>"],
  ["French name of a tag", "<lien href=\"a.html\">a</lien>", "unknown-tag", 1, "vouliez-vous dire <a>"],
  ["unknown tag that nothing closes", '<image src="a.png">', "unknown-tag", 1, "<img>"],
  ["old element", page("<center>a</center>"), "old-tag", 8, "text-align"],
  ["very old element", "<blink>a</blink>", "old-tag", 1, "n’est plus du HTML"],
  ["font", '<font color="red">a</font>', "old-tag", 1, "CSS color"],
  ["misspelt attribute", '<img src="a.png" atl="a" alt="b">', "unknown-attribute", 1, "vouliez-vous dire alt"],
  ["misspelt class", '<p clas="a">a</p>', "unknown-attribute", 1, "class"],
  ["attribute of another element", '<p href="a.html">a</p>', "unknown-attribute", 1, "L’attribut href n’existe pas pour <p>"],
  ["invented attribute", '<p couleur="rouge">a</p>', "unknown-attribute", 1, "couleur"],
  ["misspelt event", '<button type="button" onclik="a()">a</button>', "unknown-attribute", 1, "onclick"],
  ["old attribute", '<p align="center">a</p>', "old-attribute", 1, "CSS"],
  ["old table attribute", '<table border="1"><tr><td>a</td></tr></table>', "old-attribute", 1, "border"],
  ["misspelt ARIA attribute", '<button type="button" aria-lable="a">b</button>', "unknown-aria", 1, "aria-label"],
  ["invented role", '<p role="bouton">a</p>', "unknown-role", 1, "vouliez-vous dire button"],
  ["abstract role", '<div role="widget">a</div>', "unknown-role", 1, "widget"],
  ["duplicate attribute", '<p class="a" class="b">a</p>', "no-dup-attr", 1, "class est écrit deux fois"],
  ["duplicate id", '<p id="a">a</p>\n<p id="a">b</p>', "no-dup-id", 2, "« a » est déjà utilisé"],
  ["space in an id", '<p id="mon id">a</p>', "valid-id", 1, "espace"],
  ["empty id", '<p id="">a</p>', "valid-id", 1, "vide"],
  // places
  ["cell outside a table", "<p>a</p>\n<td>b</td>", "outside", 2, "hors d’une ligne"],
  ["cell directly in a table", "<table>\n<td>a</td>\n</table>", "outside", 2, "<tr>"],
  ["row outside a table", "<tr><td>a</td></tr>", "outside", 1, "<table>"],
  ["item outside a list", page("<li>a</li>"), "outside", 8, "hors d’une liste"],
  ["item in a div", "<div>\n<li>a</li>\n</div>", "outside", 2, "<ul> ou <ol>"],
  ["option outside a select", "<option>a</option>", "outside", 1, "<select>"],
  ["caption of a figure outside it", "<figcaption>a</figcaption>", "outside", 1, "<figure>"],
  ["page title in the body", page("<title>Deux</title>"), "outside", 8, "<head>"],
  ["paragraph directly in a list", "<ul>\n<p>a</p>\n</ul>", "element-permitted-content", 2, "<li>"],
  ["text directly in a list", "<ul>\nMes courses\n<li>a</li>\n</ul>", "text-in", 2, "<li>"],
  ["text directly in a row", "<table><tr>\nLundi</tr></table>", "text-in", 2, "<td>"],
  ["link in a link", '<a href="a">a <a href="b">b</a></a>', "element-permitted-content", 1, "à l’intérieur de <a>"],
  ["button in a link", '<a href="a"><button type="button">b</button></a>', "element-permitted-content", 1, "<button>"],
  ["paragraph in a heading", "<h1><p>a</p></h1>", "element-permitted-content", 1, "<p> n’a pas sa place dans <h1>"],
  ["div in a span", "<span><div>a</div></span>", "element-permitted-content", 1, "<div>"],
  ["style in the body", page("<style>p { color: red }</style>"), "element-permitted-content", 8, "<head>"],
  ["two mains", "<main>a</main>\n<main>b</main>", "no-multiple-main", 2, "deux balises <main>"],
  ["details without summary", "<details><p>a</p></details>", "element-required-content", 1, "<summary>"],
  ["two captions in a table", "<table><caption>a</caption>\n<caption>b</caption><tr><td>c</td></tr></table>", "element-permitted-occurrences", 2, "qu’une fois"],
  ["caption after the rows", "<table><tr><td>c</td></tr>\n<caption>b</caption></table>", "element-permitted-order", 2, "plus haut"],
  // values
  ["image without alt", '<p><img src="a.png"></p>', "wcag/h37", 1, "alt"],
  ["image without src", '<img alt="a">', "element-required-attributes", 1, "src"],
  ["empty src", '<img src="" alt="a">', "attribute-allowed-values", 1, "src est vide"],
  ["unit in a width", '<img src="a.png" alt="a" width="10px">', "attribute-allowed-values", 1, "nombre"],
  ["false on a boolean attribute", '<label>A <input disabled="false"></label>', "attribute-allowed-values", 1, "disabled seul"],
  ["unknown type of field", '<label>A <input type="texte"></label>', "attribute-allowed-values", 1, "« texte » n’existe pas"],
  ["unknown method", '<form method="poste"></form>', "attribute-allowed-values", 1, "get, post, dialog"],
  ["attribute of another type of field", '<label>A <input type="text" checked></label>', "input-attributes", 1, "checked"],
  ["field without label", '<form>\n<input type="text" name="a">\n</form>', "input-missing-label", 2, "étiquette"],
  ["select without label", "<select><option>a</option></select>", "input-missing-label", 1, "<select>"],
  ["label that points nowhere", '<label for="nom">Nom</label>', "no-missing-references", 1, "« nom »"],
  ["label of a paragraph", '<label for="nom">Nom</label><p id="nom">a</p>', "valid-for", 1, "champ de formulaire"],
  ["label of two fields", '<label>A <input name="a"><input name="b" aria-label="b"></label>', "multiple-labeled-controls", 1, "plusieurs champs"],
  ["ARIA reference that points nowhere", '<section aria-labelledby="titre"><h2>a</h2></section>', "no-missing-references", 1, "« titre »"],
  ["space in an address", '<a href="mon cv.pdf">CV</a>', "address-space", 1, "« mon cv.pdf » contient une espace"],
  ["space in the address of an image", '<img src="ma photo.jpg" alt="Moi">', "address-space", 1, "src"],
  ["backslash in an address", '<img src="images\\a.png" alt="a">', "address-backslash", 1, "barre oblique"],
  ["misspelt entity", "<p>caf&eacuet;</p>", "unrecognized-char-ref", 1, "&eacuet;"],
  ["entity without semicolon", "<p>caf&eacute ici</p>", "unrecognized-char-ref", 1, "point-virgule"],
  ["language that is not a code", '<p lang="francais">a</p>', "language-code", 1, 'lang="fr"'],
  ["aria-label on a paragraph", '<p aria-label="a">b</p>', "aria-label-misuse", 1, "aria-label"],
  ["target without href", '<a target="_blank">a</a>', "attribute-misuse", 1, "target"],
  ["empty page title", page("<p>a</p>", '<meta charset="utf-8">\n<title></title>'), "empty-title", 5, "vide"],
  // the whole page
  ["no doctype", page("<p>a</p>").replace("<!DOCTYPE html>\n", ""), "doctype-missing", 1, "<!DOCTYPE html>"],
  ["old doctype", page("<p>a</p>").replace("html>", 'HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">'), "doctype-form", 1, "HTML ancien"],
  ["doctype after the first tag", `<p>a</p>\n<!DOCTYPE html>\n<title>a</title>`, "doctype-late", 2, "avant toutes les balises"],
  ["no language", page("<p>a</p>").replace(' lang="fr"', ""), "lang-missing", 2, "langue"],
  ["no title", page("<p>a</p>", '<meta charset="utf-8">'), "title-missing", 3, "<title>"],
  ["no charset", page("<p>a</p>", "<title>a</title>"), "charset-missing", 3, "utf-8"],
  ["element after the body", page("<p>a</p>").replace("</body>", "</body>\n<p>b</p>"), "after-body", 10, "avant </body>"],
  ["two bodies", page("<p>a</p></body>\n<body><p>b</p>"), "twice", 9, "<body>"],
];

for (const [name, source, rule, line, words] of FAULTY) {
  test(`faulty: ${name}`, () => {
    const problems = validateHtml(source, "page.html");
    assert.deepEqual(problems.map((problem) => [problem.rule, problem.line]), [[rule, line]]);
    const { message, advice } = problems[0]!;
    const said = `${message} ${advice}`.replaceAll("\u00A0", " ");
    assert.ok(said.includes(words), said);
  });
}

const BEGINNERS = pages("faulty/*");

for (const { name, source, wanted } of BEGINNERS) {
  test(name, () => {
    const told = validateHtml(source, "page.html").flatMap(({ rule, line, message }) => [`${rule} ${line}`, message.replaceAll("\u00A0", " ")]);
    assert.deepEqual(told, wanted);
  });
}

test("there are at least 400 faulty pages", () => assert.ok(FAULTY.length + BEGINNERS.length >= 400));

test("several mistakes are told in source order, with their columns", () => {
  const problems = validateHtml('<h1>Un</h2>\n<p>  <img src="a"></p>\n<p align="left">a</p>', "page.html");
  assert.deepEqual(problems.map(({ rule, line, column }) => [rule, line, column]), [
    ["wrong-end", 1, 7], ["wcag/h37", 2, 6], ["old-attribute", 3, 4],
  ]);
});

test("the learner's own text is not read as a blank to fill", () => {
  const [problem] = validateHtml('<a href="{name} $1">a</a>', "page.html");
  assert.ok(problem!.message.includes("{name} $1"), problem!.message);
});

test("a huge and broken page is answered quickly", () => {
  const start = performance.now();
  validateHtml("<div><p class=\"a>x".repeat(2000), "page.html");
  assert.ok(performance.now() - start < 3000);
});
