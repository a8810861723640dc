/** A piece this long is spoken in one run; computing it takes about a tenth of a second. */
const LONGEST = 110;
/** The first piece is shorter, so that the voice sets in early. */
const FIRST_LONGEST = 70;
const SHORTEST = 20;

/**
 * Cuts text into pieces to be spoken one after the other: whole sentences, long ones at their commas, at the worst between words.
 * The pieces joined by a space give back the text with its whitespace evened out.
 */
export function clauses(text: string): string[] {
  const pieces: string[] = [];
  for (const sentence of text.trim().split(/(?<=[.!?])\s+/)) {
    let rest = sentence.replace(/\s+/g, ' ');
    while (rest.length > (pieces.length === 0 ? FIRST_LONGEST : LONGEST)) {
      const cut = cutPoint(rest, pieces.length === 0 ? FIRST_LONGEST : LONGEST);
      if (cut <= 0) break;
      pieces.push(rest.slice(0, cut).trim());
      rest = rest.slice(cut).trim();
    }
    if (rest) pieces.push(rest);
  }
  return pieces;
}

/** Words before which a speaker may breathe. */
const JOINT = /^\s(?:and|or|but|because|which|with|for)\s/;

function cutPoint(text: string, limit: number): number {
  const within = text.slice(0, limit);
  const comma = Math.max(within.lastIndexOf(', '), within.lastIndexOf('; '), within.lastIndexOf(': '));
  if (comma >= SHORTEST) return comma + 1;
  if (text.length <= LONGEST) return 0;
  for (let at = limit; at > SHORTEST; at--) if (JOINT.test(text.slice(at - 1, at + 10))) return at;
  const space = within.lastIndexOf(' ');
  return space > 0 ? space : text.indexOf(' ');
}
