// A mistake found in a file, before it is put into French. Law: data only.

export interface Mark {
  code: string; // key of the catalogue
  from: number;
  to: number; // offsets in the file
  values: Record<string, string>; // for the {blanks} of the sentences
  isRemark?: boolean; // allowed, and not what the course teaches
}

/** What surrounds a file, so that a name made elsewhere is never called unknown. */
export interface Surroundings {
  names: ReadonlySet<string>; // declared by other files, or ids of elements
  isComplete: boolean; // no script comes from elsewhere
  isModule: boolean;
}

export const ALONE: Surroundings = { names: new Set(), isComplete: true, isModule: false };

export function mark(code: string, from: number, to: number, values: Record<string, string> = {}): Mark {
  return { code, from, to: Math.max(to, from + 1), values };
}

export function moved(marks: Mark[], by: number): Mark[] {
  return marks.map((one) => ({ ...one, from: one.from + by, to: one.to + by }));
}
