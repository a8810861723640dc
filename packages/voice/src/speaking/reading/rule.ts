/** A stretch of written text and how it is said; equal where it is said as it is written, '' where it is not said at all. */
export interface SpokenPiece {
  written: string;
  said: string;
}

/** One way of writing and how it is said. */
export interface Rule {
  /** Global. It sees the text as it was written, also what stands before. */
  pattern: RegExp;
  /** The match and its groups ('' where one took no part). Null: it is something else after all, and stays for other rules. */
  say(match: string, ...groups: string[]): string | null;
}

/**
 * Has the rules read `text` from `from` on; what stands before only tells what it means. The first rule that claims a stretch
 * of it has it, so that each sees the text as written.
 */
export function readBy(rules: readonly Rule[], text: string, from: number): SpokenPiece[] {
  const claims: { start: number; end: number; said: string }[] = [];
  for (const { pattern, say } of rules) {
    pattern.lastIndex = from;
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (start === end || claims.some((claim) => claim.start < end && start < claim.end)) continue;
      const said = say(match[0], ...match.slice(1).map((group) => group ?? ''));
      if (said !== null) claims.push({ start, end, said });
    }
  }
  claims.sort((a, b) => a.start - b.start);
  const pieces: SpokenPiece[] = [];
  let at = from;
  const asWritten = (end: number) => {
    if (end > at) pieces.push({ written: text.slice(at, end), said: text.slice(at, end) });
  };
  for (const { start, end, said } of claims) {
    asWritten(start);
    pieces.push({ written: text.slice(start, end), said });
    at = end;
  }
  asWritten(text.length);
  return pieces;
}

export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** One of these, the longest first. */
export const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');
