// What a V8 or Chromium error text means, in plain French, and what to do about it.
//
//     [error text, what happened, what to do]      $1, $2: the learner's own words, shown between guillemets
//
// The first row that matches wins: precise rows come before general ones. This table travels in every
// preview, so rows are short, near neighbours share one, and a repeated piece of advice is written once.

export type Row = readonly [pattern: RegExp, message: string, advice: string];

const CLOSE = "Chaque parenthèse, crochet ou accolade s’ouvre et se ferme : comptez-les.";
const SPELLING = "Vérifiez l’orthographe, majuscules comprises.";
const LOG = "Affichez la valeur avec console.log pour la voir.";
const JSON_FORM = "Noms et textes entre guillemets droits, une virgule entre les valeurs, aucune à la fin.";
const SELECTOR = "Écrivez .nom pour une classe, #nom pour un id, le nom seul pour une balise.";
const ADDRESS = "Vérifiez le nom et le dossier du fichier. Les autres sites sont fermés ici.";
const LESSON = "Comparez avec l’exemple de la leçon.";
const COPY = "Créez une copie modifiée de l’objet.";

export const ERRORS: readonly Row[] = [
  // names
  [/(?:^|: )(\S+) is not defined/, "Le nom $1 n’existe pas ici.", "Vérifiez son orthographe, ou créez-le avant avec let ou const."],
  [/Cannot access '(.+?)' before/, "$1 est utilisé avant la ligne qui le crée.", "Placez plus haut la ligne qui crée $1."],
  [/Assignment to const/, "Le code change la valeur d’une constante.", "Remplacez const par let si la valeur doit changer."],
  [/Identifier '(.+?)' has/, "Le nom $1 est déjà pris.", "Gardez une seule déclaration de $1, ou changez de nom."],
  [/Missing init/, "Une constante n’a pas reçu de valeur.", "Écrivez = puis la valeur sur la même ligne."],
  // nothing there
  [/of null \(\w+ '(.*?)'/, "Le code demande $1 à une valeur vide (null).", "L’élément cherché n’existe sans doute pas : vérifiez ce que cherche querySelector, et placez le script sous lui, ou avec defer."],
  [/of undefined \(\w+ '(.*?)'/, "Le code demande $1 à une valeur qui n’existe pas (undefined).", "Vérifiez ce qui est écrit juste avant $1."],
  [/ure (?:property )?'(.+?)' of .* is (\w+)/, "Impossible de lire $1 : la valeur est $2.", "Vérifiez la valeur donnée à la fonction, ou placée après =."],
  [/null (?:or undefined|to object)|undefined or null/, "La fonction a reçu une valeur vide (null ou undefined).", LOG],
  // functions
  [/((?:All|sBy\w+)\(\.\.\.\)|children|childNodes)\.(\w+) is not a f/, "Une liste d’éléments n’a pas de fonction $2.", "Parcourez-la avec for … of, ou convertissez-la avec Array.from."],
  [/(?:^|: )(.+)\.([\w$]+) is not a f/, "$1 n’a pas de fonction $2.", SPELLING],
  [/(?:^|: )(?:string|number|object|Promise resolver)? ?(.+) is not a f/, "$1 n’est pas une fonction.", "Vérifiez ce nom, et qu’aucune variable ne porte le même."],
  [/constructor (\S+) (?:cannot|req)|(\S+) constructor cannot/i, "La classe $1$2 est appelée sans new.", "Écrivez new devant son nom."],
  [/(?:^|: )(.+) is not a constr/, "$1 ne peut pas être créé avec new.", "Vérifiez le nom de la classe, ou retirez new."],
  [/Illegal invoc/, "La méthode est séparée de son objet.", "Écrivez l’objet devant, comme document.querySelector(…)."],
  [/call stack/, "Une fonction s’appelle elle-même sans fin.", "Ajoutez une condition qui arrête les appels."],
  // values
  [/(?:^|: )(?:\w+ )?(\S+|\(.+?\)) is not iter|Spread syn/, "La valeur $1 n’est pas une liste : le code ne peut pas la parcourir.", "Utilisez un tableau, ou Object.entries pour un objet."],
  [/array length/, "La longueur du tableau est négative, à virgule ou trop grande.", LOG],
  [/must be between|Invalid (?:string|typed|array|count|code)|provided \(-?[\d.]+\)|Threshold|non-finite/, "Un nombre est hors des limites.", LOG],
  [/time value/, "La date n’est pas valide.", "Écrivez-la sous la forme \"2025-12-31\"."],
  [/Reduce of/, "reduce est appelé sur un tableau vide.", "Donnez une valeur de départ : reduce(fonction, 0)."],
  [/(?:only|add|delete|define|create|set) property '?([^',\s]+)/, "La propriété $1 ne peut pas être changée.", COPY],
  [/circular/, "L’objet se contient lui-même : il ne peut pas devenir un texte JSON.", COPY],
  // JSON
  [/end of JSON/, "Le texte JSON est vide ou s’arrête trop tôt.", CLOSE],
  [/'<', .*JSON/, "Le texte reçu est une page HTML, pas du JSON.", "Vérifiez l’adresse donnée à fetch."],
  [/"(?:undefined|\[object Object\])" is not valid J/, "JSON.parse attend un texte, et reçoit autre chose.", LOG],
  [/Expected (?:double|prop).*JSON/, "Dans le texte JSON, un nom est sans guillemets droits, ou une virgule est en trop.", JSON_FORM],
  [/Expected ('.')(?: or '(.)')?.*JSON/, "Dans le texte JSON, il manque $1 $2.", JSON_FORM],
  [/JSON/, "Le texte JSON est mal écrit.", JSON_FORM],
  // punctuation
  [/missing \) after/, "Il manque une parenthèse, une virgule ou un guillemet dans un appel de fonction.", "Relisez la ligne : une apostrophe ferme-t-elle le texte trop tôt ?"],
  [/regular exp|to RegExp/, "Une expression régulière, entre deux barres /, est mal écrite.", "Devant un signe spécial comme ( ou ?, écrivez une barre inverse."],
  [/or unexpected token/, "Un signe est inattendu, ou un texte n’est pas fermé.", "Cherchez un guillemet qui manque, ou un signe copié (“ ” ’ –) à retaper."],
  [/end of input|Unterminated t/, "Le code s’arrête trop tôt : un bloc ou un texte n’est pas fermé.", CLOSE],
  [/token '([\])}])'/, "Le signe $1 est en trop, ou arrive trop tôt.", CLOSE],
  [/token '<'/, "Le signe « < » est inattendu : du HTML dans du JavaScript ?", "Écrivez le HTML dans une page, et vérifiez l’adresse du script."],
  [/token '(else|catch|finally)'/, "$1 arrive sans le bloc qui le précède.", "Placez-le juste après une accolade fermante."],
  [/token 'export'|import (?:st|decl)|import\.meta/, "import et export ne fonctionnent que dans un module.", "Écrivez <script type=\"module\"> dans la page."],
  [/token '(.+?)'/, "$1 n’est pas attendu à cet endroit.", "Relisez ce qui est écrit juste avant, parenthèses comprises."],
  [/reserved word|Unexpected eval|lexically/, "Ce nom est réservé au langage.", "Choisissez un autre nom."],
  [/identifier '(.+?)'/, "Le nom $1 n’est pas attendu à cet endroit.", "Juste avant, il manque un signe, ou un mot est mal écrit (let, const, function)."],
  [/Unexpected (?:str|te)/, "Un texte n’est pas attendu à cet endroit.", "Ajoutez le signe qui manque avant lui."],
  [/Unexpected num/, "Un nombre n’est pas attendu à cet endroit.", "Ajoutez le signe qui manque avant lui."],
  [/shorthand/, "Dans un objet, le signe = n’est pas accepté.", "Écrivez deux-points entre le nom et la valeur."],
  [/left-hand/, "Ce qui est à gauche de = ne peut pas recevoir de valeur.", "Pour comparer, écrivez ===."],
  [/Private field '(.+?)'/, "$1 n’est pas déclaré dans une classe.", "Si c’est du CSS, écrivez-le dans un autre fichier."],
  // statements
  [/function name/, "La fonction n’a pas de nom.", "Écrivez un nom entre function et la parenthèse."],
  [/Illegal return/, "return est écrit hors d’une fonction.", "Vérifiez les accolades de la fonction."],
  [/Illegal (br\w+|co\w+)/, "$1 est écrit hors d’une boucle.", "Placez-le entre les accolades de la boucle."],
  [/catch or/, "Un bloc try n’a pas de catch.", "Ajoutez catch (erreur) { … } après le bloc."],
  [/await is/, "await est écrit hors d’une fonction async.", "Écrivez async devant la fonction qui contient await."],
  [/single-st|only be decl/, "Une déclaration suit if ou une boucle sans accolades.", "Entourez-la d’accolades { }."],
  // the page
  [/: '(.*?)' is not a valid sel/, "Le sélecteur $1 est mal écrit.", SELECTOR],
  [/selector is/, "Le sélecteur est vide.", SELECTOR],
  [/'(\w+)'.*: (\d+) arg.* only (\d+)/, "$1 attend $2 valeur(s) entre les parenthèses, et en reçoit $3.", "Ajoutez ce qui manque, séparé par des virgules."],
  [/'(\w+)'.* type '(?:Node|Elem|HTML)/, "$1 attend un élément de la page, et reçoit autre chose.", "Créez-le avec createElement, ou vérifiez qu’il existe."],
  [/'(\w+)'.* type '(?:Func|Obj)/, "$1 attend une fonction.", "Donnez le nom de la fonction, sans parenthèses."],
  [/contains the parent|Hierarchy/, "Un élément ne peut pas entrer dans lui-même.", "Vérifiez quel élément contient l’autre."],
  [/not a child/, "L’élément n’est pas dans ce parent.", "Pour le retirer, écrivez element.remove()."],
  [/tag name .*?'(.*?)'\)/, "$1 n’est pas un nom de balise.", "Donnez le nom sans chevrons, comme \"p\"."],
  [/token provided/, "Un nom de classe est vide, ou contient une espace.", "Donnez les classes une par une : add(\"a\", \"b\")."],
  [/: '(.*?)' is not a valid|: "(.*?)" is not a valid c/, "$1$2 n’est pas un nom permis ici.", "Retirez espaces et signes. Un élément personnalisé porte un tiret."],
  [/specifier '(.+?)'/, "L’adresse du module $1 est incomplète.", "Écrivez ./ devant le nom du fichier."],
  [/Storage|cookie|sandbox|Blocked a|denied|cross-orig|origin '/, "Le navigateur ferme cet accès dans l’aperçu, pour votre sécurité.", LESSON],
  [/didn't inter|permission|gesture|NotAllowed|activation/i, "Le navigateur attend un geste, ou refuse cette action.", "Lancez-la depuis un clic."],
  [/to fetch|parse URL|net::|Network|supported source|decoded|CORS|Content Sec/, "Un fichier n’a pas pu être chargé.", ADDRESS],
  [/Invalid (?:base )?URL/, "L’adresse n’est pas complète.", "Écrivez-la en entier."],
  [/^Script error/, "Une erreur s’est produite dans un autre fichier.", ADDRESS],
  [/Failed to \w+ (?:the )?'(\w+)'/, "$1 n’accepte pas ce que le code lui donne.", LOG],
];
