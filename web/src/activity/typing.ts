// Which sign to type next: those that were missed come back first. Pure: no page here.

const SURE = 2; // right strokes in a row that make a sign sure

export interface Score {
  right: number;
  wrong: number;
  streak: number; // right strokes in a row, in this round
  missed: boolean; // in this round
}

export interface Session {
  signs: string[]; // of this round
  scores: Record<string, Score>;
  sign: string; // to type now; empty once every sign is sure
  line: number; // of the lines that follow the signs
  typed: number; // characters of that line
}

const fresh: Score = { right: 0, wrong: 0, streak: 0, missed: false };

/** A round over some signs; the counts of the rounds before are kept. */
export function begin(signs: string[], line = 0, before: Record<string, Score> = {}): Session {
  const kept = Object.entries(before).map(([sign, score]) => [sign, { ...score, streak: 0, missed: false }]);
  const scores = { ...Object.fromEntries(signs.map((sign) => [sign, fresh])), ...Object.fromEntries(kept) };
  return { signs, scores, sign: signs[0] ?? "", line, typed: 0 };
}

/** The next sign: the least sure, the missed ones first, never twice the same while there is another. */
function next(session: Session): string {
  const open = session.signs.filter((sign) => session.scores[sign].streak < SURE);
  const others = open.filter((sign) => sign !== session.sign);
  const rank = (sign: string): number => session.scores[sign].streak * 1000 - (session.scores[sign].missed ? 500 : 0);
  return (others.length ? others : open).sort((one, other) => rank(one) - rank(other))[0] ?? "";
}

export function target(session: Session, lines: string[]): string {
  return session.sign || (lines[session.line] ?? "");
}

export function expected(session: Session, lines: string[]): string {
  return session.sign || (lines[session.line] ?? "").charAt(session.typed);
}

/** The session after one character. */
export function strike(session: Session, lines: string[], character: string): Session {
  const wanted = expected(session, lines);
  const right = character === wanted;
  const scores = wanted in session.scores ? { ...session.scores, [wanted]: counted(session.scores[wanted], right) } : session.scores;
  const after = { ...session, scores };
  if (!right) return after;
  if (session.sign) return { ...after, sign: next(after) };
  const whole = session.typed + 1 === lines[session.line].length;
  return whole ? { ...after, line: session.line + 1, typed: 0 } : { ...after, typed: session.typed + 1 };
}

function counted(score: Score, right: boolean): Score {
  if (right) return { ...score, right: score.right + 1, streak: score.streak + 1 };
  return { ...score, wrong: score.wrong + 1, streak: 0, missed: true };
}

export function sure(session: Session): number {
  return session.signs.filter((sign) => session.scores[sign].streak >= SURE).length;
}

/** Signs missed in this round, the most missed first. */
export function weak(session: Session): string[] {
  const missed = Object.keys(session.scores).filter((sign) => session.scores[sign].missed);
  return missed.sort((one, other) => session.scores[other].wrong - session.scores[one].wrong);
}

/** Whether a kept value is a session of these signs and lines. */
export function fits(kept: unknown, signs: string[], lines: string[]): kept is Session {
  const session = kept as Partial<Session> | undefined;
  if (!session || !Array.isArray(session.signs) || typeof session.scores !== "object") return false;
  const whole = (score: Partial<Score> | undefined): boolean =>
    typeof score?.right === "number" && typeof score.wrong === "number" && typeof score.streak === "number";
  const known = session.signs.every((sign) => signs.includes(sign)) && signs.every((sign) => whole(session.scores?.[sign]));
  const now = session.sign === "" || session.signs.includes(session.sign ?? "?");
  const { line = -1, typed = -1 } = session;
  return known && now && line >= 0 && line <= lines.length && typed >= 0 && typed <= (lines[line]?.length ?? 0);
}
