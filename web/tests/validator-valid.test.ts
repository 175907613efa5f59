// Correct pages, usual and unusual: the validator says nothing about any of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { validateHtml } from "../src/validator/validate.ts";
import { inPage, isWhole, pages } from "./pages.ts";

const page = (body: string, head = "") => `<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>Ma page</title>
  ${head}
</head>
<body>
${body}
</body>
</html>
`;

const VALID: Record<string, string> = {
  "a whole page": page("<h1>Bonjour</h1>"),
  "the comment that names the file comes first": `<!-- carte.html -->\n${page("<h1>Bonjour</h1>")}`,
  "lower-case doctype": page("<p>Oui</p>").replace("<!DOCTYPE html>", "<!doctype html>"),
  "old but allowed doctype": page("<p>Oui</p>").replace("html>", 'html SYSTEM "about:legacy-compat">'),
  "html, head and body omitted": '<!DOCTYPE html><meta charset="utf-8"><title>Court</title><p>Bonjour',
  "end tags of html, head and body omitted": '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>x</title>\n<body>\n<p>Un</p>',
  "end tags of paragraphs omitted": page("<p>Un\n<p>Deux\n<ul><li>a<li>b</ul>\n<p>Trois"),
  "end tags of list items omitted": page("<ul>\n<li>Un\n<li>Deux <em>fois</em>\n</ul>"),
  "end tags of a description list omitted": page("<dl>\n<dt>Mot\n<dd>Sens\n<dt>Autre<dd>Sens\n</dl>"),
  "end tags of a table omitted": page("<table>\n<caption>Prix</caption>\n<thead>\n<tr><th>Jour<th>Prix\n<tbody>\n<tr><td>Lundi<td>2\n<tr><td>Mardi<td>3\n</table>"),
  "end tags of options omitted": page('<label>Ville <select name="v"><optgroup label="A"><option>Lyon<option>Nice<optgroup label="B"><option>Lille</select></label>'),
  "attributes without quotes": page('<p class=note id=debut lang=fr>Texte</p>\n<a href=page.html>Page</a>\n<a href=dossier/>Dossier</a>'),
  "single quotes, with double ones inside": page(`<p title='Il dit "oui"'>Texte</p>`),
  "a chevron inside an attribute": page('<p title="5 > 3 et 2 < 4">Texte</p>'),
  "attributes on several lines": page('<img\n  src="photo.jpg"\n  alt="Un port"\n  width="320"\n  height="200"\n>'),
  "spaces around the equals sign": page('<p class = "note">Texte</p>'),
  "upper-case tags and attributes": '<!DOCTYPE HTML>\n<HTML LANG="fr"><HEAD><META CHARSET="UTF-8"><TITLE>Oui</TITLE></HEAD><BODY><P CLASS="a">Oui</P></BODY></HTML>',
  "types of fields in upper case": page('<form>\n<label><input type="RADIO" name="a" value="b" checked> B</label>\n<label><input TYPE=CheckBox name="c" value="d"> D</label>\n<input type="Image" src="a.png" alt="Envoyer">\n<button type="SUBMIT">Envoyer</button>\n</form>'),
  "void elements with a slash": page('<p>Un<br/>Deux<br />Trois</p>\n<hr />\n<img src="a.png" alt="" />'),
  "named and numeric entities": page("<p>&lt;h1&gt; &amp; &eacute; &nbsp; &copy; &#233; &#xE9; &laquo;&nbsp;oui&nbsp;&raquo;</p>"),
  "an ampersand between spaces, in text and address": page('<p>Pain & beurre, R&D, A&B</p>\n<a href="?page=1&taille=2">Suite</a>'),
  "a greater-than sign in text": page("<p>5 > 3</p>"),
  "comments with tags inside": page("<!-- <p>ancien</b> -->\n<!---->\n<p>Oui</p><!-- a - b -->"),
  "inline svg": page('<svg viewBox="0 0 10 10" width="20" height="20" role="img" aria-label="Rond"><title>Rond</title><defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><g fill="none"><circle cx="5" cy="5" r="4" stroke="url(#g)"/><path d="M0 0L5 5"/></g><text x="1" y="2">a</text><foreignObject width="5" height="5"><p>Oui</p></foreignObject></svg>'),
  "inline math": page("<p><math><mfrac><mi>a</mi><mn>2</mn></mfrac></math></p>"),
  "custom elements": page('<ma-carte titre="Oui" niveau="2"><p slot="texte">Bonjour</p></ma-carte>\n<script type="module" src="carte.js"></script>'),
  "a custom element with an accent": page("<mon-élément>é</mon-élément>"),
  "the newest elements and attributes": page('<select aria-label="a"><hr><option>b</option></select>\n<button type="button" commandfor="d" command="show-modal">c</button><dialog id="d" closedby="any">e</dialog>\n<div contenteditable="plaintext-only">f</div>'),
  "negative numbers": page('<ol start="-1"><li value="-2">a</li></ol>\n<meter value="-3" min="-5" max="5">b</meter>'),
  "only head omitted": '<!DOCTYPE html>\n<html lang="fr">\n<meta charset="utf-8">\n<title>a</title>\n<h1>b</h1>\n</html>',
  "empty cells, end tags omitted": page("<table>\n<tr><th>a<th>b\n<tr><td>c<td>\n<tr><td><td>d\n</table>"),
  "empty paragraphs": page("<p><p>\n<ul><li><li></ul>"),
  "a row in a template of a table": page("<table><template><tr><td>a</td></tr></template><tr><td>b</td></tr></table>"),
  "fields named by a title or another element": page('<input title="Nom">\n<input aria-labelledby="t"><p id="t">Nom</p>'),
  "a script that looks like a page": page('<script>\n// <!-- </p>\nlet a = "<h1>";\n</script>'),
  "data attributes": page('<ul data-niveau="2" data-vide>\n<li data-prix-ttc="3">Pain</li>\n</ul>'),
  "details and summary": page("<details open>\n<summary>Plus</summary>\n<p>Texte</p>\n</details>\n<details name=\"a\"><summary><h2>Titre</h2></summary>Oui</details>"),
  "dialog": page('<dialog id="avis" aria-labelledby="t"><h2 id="t">Avis</h2><form method="dialog"><button>Fermer</button></form></dialog>\n<button type="button" popovertarget="bulle">Aide</button>\n<div id="bulle" popover>Texte</div>'),
  "video with a track": page('<video controls width="640" height="360" poster="v.jpg" preload="none" playsinline muted loop>\n<source src="v.webm" type="video/webm">\n<source src="v.mp4" type="video/mp4">\n<track kind="captions" src="v.vtt" srclang="fr" label="Français" default>\n<p>Votre navigateur ne lit pas la vidéo. <a href="v.mp4">Téléchargez-la</a>.</p>\n</video>\n<audio controls src="a.mp3"></audio>'),
  "a table with all its parts": page('<table>\n<caption>Horaires</caption>\n<colgroup><col><col span="2" class="b"></colgroup>\n<thead>\n<tr><th scope="col">Jour</th><th scope="col" colspan="2">Heures</th></tr>\n</thead>\n<tbody>\n<tr><th scope="row" rowspan="2">Lundi</th><td>9</td><td headers="x">12</td></tr>\n</tbody>\n<tfoot>\n<tr><td id="x" colspan="3">Fermé</td></tr>\n</tfoot>\n</table>'),
  "a form with every field": page('<form action="/envoi" method="post" enctype="multipart/form-data" novalidate autocomplete="on">\n<fieldset>\n<legend>Vous</legend>\n<label for="nom">Nom</label> <input id="nom" name="nom" type="text" autocomplete="family-name" required minlength="2" maxlength="30" placeholder="Durand" pattern="[A-Z].+" autofocus>\n<label>Âge <input type="number" name="age" min="0" max="120" step="1" inputmode="numeric"></label>\n<input type="radio" id="oui" name="r" value="o" checked><label for="oui">Oui</label>\n<input type="checkbox" aria-label="Accord" name="c" value="1">\n<label for="t">Texte</label><textarea id="t" name="t" rows="4" cols="30" spellcheck="true"></textarea>\n<label for="v">Ville</label><input id="v" list="villes" name="v"><datalist id="villes"><option value="Lyon"><option value="Nice">Nice</option></datalist>\n<label for="f">Photo</label><input id="f" type="file" accept="image/*" multiple>\n<label for="j">Jauge</label><meter id="j" min="0" max="10" low="2" high="8" optimum="5" value="4">4</meter>\n<label for="p">Progrès</label><progress id="p" max="10" value="3">3</progress>\n<output for="nom t" name="o">0</output>\n<input type="hidden" name="h" value="1"><input type="submit" value="Envoyer"><input type="reset"><input type="image" src="ok.png" alt="Envoyer">\n</fieldset>\n<button type="submit" formaction="/x" formmethod="get" disabled>Envoyer</button>\n</form>'),
  "select with groups": page('<label for="pays">Pays</label>\n<select id="pays" name="pays" size="3" multiple>\n<option value="">Choisir</option>\n<optgroup label="Europe"><option value="fr" selected>France</option></optgroup>\n</select>'),
  "landmarks": page('<header>\n<nav aria-label="Principale"><ul><li><a href="index.html" aria-current="page">Accueil</a></li></ul></nav>\n</header>\n<main id="contenu">\n<article><header><h1>Titre</h1></header><section aria-labelledby="s"><h2 id="s">Partie</h2><aside>Note</aside></section></article>\n<search><form><input type="search" aria-label="Chercher" name="q"></form></search>\n</main>\n<footer><address>Lyon</address></footer>'),
  "picture and responsive images": page('<picture>\n<source media="(min-width: 600px)" srcset="g.webp 1x, g2.webp 2x" type="image/webp" width="600" height="300">\n<img src="p.jpg" srcset="p.jpg 320w, g.jpg 640w" sizes="(max-width: 600px) 100vw, 50vw" alt="Plage" loading="lazy" decoding="async" fetchpriority="high">\n</picture>\n<figure><img src="a.png" alt=""><figcaption>Légende</figcaption></figure>'),
  "links of every kind": page('<a href="#bas">Bas</a> <a href="mailto:a@b.fr">Écrire</a> <a href="tel:+33102030405">Appeler</a> <a href="https://exemple.fr/a%20b?x=1#y" target="_blank" rel="noopener noreferrer" hreflang="fr">Site</a> <a href="doc.pdf" download="doc.pdf" type="application/pdf">PDF</a> <a>Vide</a> <a href="#">Haut</a> <a href="">Ici</a>\n<p id="bas">Fin</p>'),
  "a link around a block": page('<a href="a.html"><article><h2>Titre</h2><p>Texte</p></article></a>'),
  "head with everything": page("<p>Oui</p>", '<base href="/">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="description" content="Texte">\n<meta property="og:title" content="Titre">\n<meta http-equiv="X-UA-Compatible" content="IE=edge">\n<link rel="stylesheet" href="style.css" media="screen">\n<link rel="icon" href="i.svg" type="image/svg+xml" sizes="any">\n<link rel="preload" href="p.woff2" as="font" type="font/woff2" crossorigin>\n<style>p > b { color: red } a::before { content: "<p>" }</style>\n<script src="s.js" defer></script>\n<script>if (1 < 2 && 3 > 2) { document.title = "<b>" }</script>\n<noscript><link rel="stylesheet" href="n.css"></noscript>\n<script type="application/json">{"a": "</p>"}</script>'),
  "charset by http-equiv": page("<p>Oui</p>").replace('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'),
  "template and slot": page('<template id="m"><tr><td><slot name="a">Vide</slot></td></tr></template>\n<template><li>Seul</li></template>'),
  "inline text elements": page('<p>Le <abbr title="HyperText">HTML</abbr>, <cite>livre</cite>, <code>a</code>, <kbd>Ctrl</kbd>, <samp>b</samp>, <var>x</var>, H<sub>2</sub>O, 2<sup>e</sup>, <mark>vu</mark>, <del datetime="2024-01-01">non</del> <ins cite="a.html">oui</ins>, <time datetime="2024-05-01T10:00">mai</time>, <q cite="b.html">dit</q>, <small>p</small>, <s>s</s>, <u>u</u>, <i lang="en">i</i>, <b>b</b>, <dfn>d</dfn>, <data value="3">trois</data>, <bdo dir="rtl">a</bdo>, <bdi>b</bdi>, <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>, long<wbr>mot</p>'),
  "global attributes": page('<div id="a" class="b c" style="color: red" hidden tabindex="0" title="t" lang="en" dir="auto" translate="no" draggable="true" contenteditable="true" spellcheck="false" inert accesskey="s" enterkeyhint="go" itemscope itemtype="https://schema.org/Person"><span itemprop="name">A</span></div>\n<button type="button" onclick="alert(1)" onpointerdown="a()" aria-expanded="false" aria-controls="a">Ok</button>\n<div onbeforetoggle="x()" ontoggle="y()" onwheel="z()" onanimationend="w()"></div>'),
  "aria roles and states": page('<div role="tablist" aria-label="Parties"><button role="tab" type="button" aria-selected="true" aria-controls="p1" id="t1">Un</button></div>\n<div role="tabpanel" id="p1" aria-labelledby="t1" tabindex="0">Texte</div>\n<p role="status" aria-live="polite" aria-atomic="true" aria-busy="false"></p>\n<span aria-hidden="true">*</span>\n<div role="progressbar" aria-label="Progrès" aria-valuenow="3" aria-valuemin="0" aria-valuemax="10" aria-valuetext="trois"></div>\n<div role="checkbox" aria-checked="mixed" tabindex="0" aria-label="Tout"></div>\n<p aria-description="oui" aria-roledescription="carte" role="group">a</p>'),
  "iframe, object, map, canvas": page('<iframe src="a.html" title="Carte" width="300" height="200" loading="lazy" allow="fullscreen" allowfullscreen sandbox="allow-scripts" referrerpolicy="no-referrer"></iframe>\n<object data="a.pdf" type="application/pdf" width="10" height="10"><p>Non</p></object>\n<img src="m.png" alt="Plan" usemap="#plan"><map name="plan" id="plan"><area shape="rect" coords="0,0,5,5" href="a.html" alt="A"></map>\n<canvas width="5" height="5">Dessin</canvas>\n<embed src="a.svg" type="image/svg+xml">'),
  "preformatted text": page("<pre>\nun\n  deux &lt;p>\n</pre>\n<pre><code class=\"language-html\">&lt;p&gt;</code></pre>"),
  "nested lists": page('<ol start="3" reversed type="a">\n<li value="5">Un\n<ul>\n<li>a</li>\n</ul>\n</li>\n</ol>\n<menu><li><button type="button">Copier</button></li></menu>'),
  "description list with groups": page("<dl>\n<div><dt>Mot</dt><dt>Terme</dt><dd>Sens</dd></div>\n</dl>"),
  "heading group, blockquote, separators": page("<hgroup><h1>Titre</h1><p>Sous-titre</p></hgroup>\n<blockquote cite=\"a.html\"><p>Texte</p></blockquote>\n<hr>"),
  "an id with accents or a digit first, and a class with a slash": page('<p id="1er-été" class="w-1/2 md:flex">Texte</p>'),
  "two inputs of the same name": page('<form><label>A <input name="x"></label><label>B <input name="x"></label><button>Ok</button></form>'),
  "one label for a select inside it": page("<label>Choix <select><option>Un</option></select></label>"),
  "email typed in several parts": page('<p>Écrire à <a href="mailto:a@b.fr?subject=Bonjour%20vous">a@b.fr</a></p>'),
  "a fragment: one title": "<h1>Samira</h1>",
  "a fragment after the comment of its name": "<!-- carte.html -->\n<h1>Samira</h1>\n<p>Bonjour <strong>à tous</strong> !</p>\n",
  "a fragment: plain text": "Bonjour tout le monde",
  "a fragment: a list of links": '<nav>\n<ul>\n<li><a href="#a">A</a></li>\n</ul>\n</nav>\n<h2 id="a">A</h2>',
  "a fragment with a style and a script": "<style>p { color: red }</style>\n<p>a</p>\n<script>let a = '<p>' + \"</b>\";</script>",
  "a fragment: a form": '<form>\n<label for="a">A</label>\n<input id="a" name="a">\n</form>',
  "an empty source": "",
  "only a comment": "<!-- index.html -->\n",
  "Windows line ends and a byte order mark": `\uFEFF${page("<p>Oui</p>").replaceAll("\n", "\r\n")}`,
};

for (const [name, source] of Object.entries(VALID)) {
  test(`valid: ${name}`, async () => {
    assert.deepEqual(await validateHtml(source, "page.html"), []);
  });
}

const ODD = pages("valid/*");

for (const { name, source } of ODD) {
  test(`${name}`, () => {
    assert.deepEqual(validateHtml(source, "page.html"), []);
    if (!isWhole(source)) assert.deepEqual(validateHtml(inPage(source), "page.html"), []);
  });
}

test("there are at least 200 valid pages", () => assert.ok(Object.keys(VALID).length + ODD.length >= 200));
