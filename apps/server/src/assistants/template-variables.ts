/** `{{contact.first_name}}`: what stands between the braces names a value; spaces around it do not matter. */
const PLACEHOLDER = /\{\{([^{}]{0,200})\}\}/g;

/** Values by variable name, e.g. `contact.first_name` or `company.custom.tier`. */
export type VariableValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Filled {
  text: string;
  /** Names that had no value, each once, in the order they appear. */
  missing: string[];
}

/**
 * Puts values in the place of `{{…}}`. Values are data: what they contain is never read as a template again.
 * What has no value (unknown, null, undefined or blank) becomes nothing, together with the space, and before the end of a sentence the
 * comma, that would be left dangling in front of it: "Do you have a minute, {{contact.first_name}}?" → "Do you have a minute?".
 */
export function fill(text: string, values: VariableValues): Filled {
  const missing = new Set<string>();
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const name = (match[1] ?? '').trim();
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const before = text.slice(from, match.index);
    from = match.index + match[0].length;
    if (value !== undefined && value !== null && String(value).trim() !== '') {
      parts.push(before, String(value));
    } else {
      missing.add(name);
      parts.push(withoutDangling(before, text[from]));
    }
  }
  parts.push(text.slice(from));
  return { text: parts.join(''), missing: [...missing] };
}

/** The text before an empty place, given the character that follows it. */
function withoutDangling(before: string, next: string | undefined): string {
  if (next !== undefined && !/[\s.!?,;:]/.test(next)) return before;
  let end = before.length;
  while (end > 0 && (before[end - 1] === ' ' || before[end - 1] === '\t')) end--;
  const endsSentence = next !== undefined && '.!?'.includes(next);
  if (endsSentence && end < before.length && before[end - 1] === ',') end--;
  return before.slice(0, end);
}

/** The variables a text names, each once, in the order they appear. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => (match[1] ?? '').trim()))];
}
