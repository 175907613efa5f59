// Which rule wins: importance, then the style attribute, then weight, then order. Pure.

export interface Rule {
  selector: string; // empty: the style attribute
  weight: [number, number, number]; // ids, classes, tags
  important: boolean;
  colour: string;
  name: string; // of the colour, in French
}

/** The rules, the winner first; the last written comes first where all else is equal. */
export function ranked(rules: Rule[]): Rule[] {
  const rank = (rule: Rule): number[] => [Number(rule.important), Number(!rule.selector), ...rule.weight, rules.indexOf(rule)];
  return [...rules].sort((one, other) => {
    const [first, second] = [rank(one), rank(other)];
    const place = first.findIndex((value, index) => value !== second[index]);
    return second[place] - first[place];
  });
}

const shown = (rule: Rule): string => `(${rule.weight.join(", ")})`;

/** Why the first of two rules wins. */
export function reason(winner: Rule, second: Rule | undefined): string {
  if (!second) return "C’est la seule règle : rien ne s’oppose à elle.";
  if (winner.important) return "`!important` passe devant tout le reste.";
  if (!winner.selector) return "L’attribut `style` passe devant tous les sélecteurs.";
  if (shown(winner) === shown(second)) return "Les deux premières ont le même poids : la dernière écrite gagne.";
  return `Son poids est ${shown(winner)}. La suivante, \`${second.selector}\`, a ${shown(second)}. On compare dans l’ordre : identifiants, classes, balises.`;
}
