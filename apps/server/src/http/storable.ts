/**
 * True when every text in a parsed body can be stored: PostgreSQL takes neither NUL nor halves of surrogate pairs.
 * @param raw the JSON as it came: without such an escape in it nothing needs to be looked at
 */
export function storable(raw: string, parsed: unknown): boolean {
  return !/\\u(0000|d[89a-f])/i.test(raw) || wellFormed(parsed);
}

function wellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => wellFormed(key) && wellFormed(inner));
}
