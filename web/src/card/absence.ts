// Why a file does not load, in French: what is wrong with it, and what to do.
import { nearest } from "../french/nearest.ts";
import { type Refusal, relative, resolve } from "./site.ts";

export interface Absence {
  text: string; // after the name of the file
  advice: string;
}

const REFUSALS: Record<Refusal, Absence> = {
  size: { text: "est trop lourd pour l’aperçu.", advice: "Réduisez-le : 5 Mo au plus par fichier, 8 Mo pour tout le site." },
  name: { text: "n’est pas un bon nom de fichier.", advice: "Écrivez-le sans espace ni accent : « ma-photo.png »." },
  type: { text: "est d’un type qui ne s’affiche pas ici.", advice: "Pour une image, choisissez .png, .jpg, .webp ou .svg." },
};

/** What to say of a file that the file `from` names and that is not in the site; `names` are the files that are. */
export function absence(path: string, from: string, names: readonly string[], refused?: Refusal): Absence {
  if (refused) return REFUSALS[refused];
  if (/^file:|^[a-z]:/i.test(path)) {
    return { text: "n’existe que sur un ordinateur.", advice: "Copiez le fichier dans le dossier du site, puis écrivez son nom." };
  }
  if (path.includes("\\")) return { text: "contient « \\ ».", advice: `Écrivez « / » à la place : « ${path.replaceAll("\\", "/")} ».` };
  if (path.startsWith("/")) {
    const file = resolve("", path);
    const advice = file && names.includes(file) ? `Écrivez « ${relative(from, file)} ».` : "Écrivez le chemin depuis cette page.";
    return { text: "commence par « / », la racine d’un serveur.", advice };
  }
  if (path.startsWith("../")) return { text: "sort du dossier du site.", advice: "Copiez le fichier dans ce dossier." };
  const twin = names.find((name) => name !== path && name.toLowerCase() === path.toLowerCase());
  if (twin) return { text: "est introuvable.", advice: `Le fichier s’appelle « ${twin} » : les majuscules comptent.` };
  const guess = nearest(path, names);
  return { text: "est introuvable.", advice: guess ? `Vouliez-vous dire « ${guess} » ?` : "Vérifiez le nom et le dossier." };
}
