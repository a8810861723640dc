import pg from 'pg';

/** A statement as it was sent to the database. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** Notes every statement that any connection of this process sends, until stopped. */
export function watchStatements(): { stop(): Statement[] } {
  const noted: Statement[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args;
    const text = typeof first === 'string' ? first : (first as { text?: string }).text;
    const values = Array.isArray(second) ? second : ((first as { values?: unknown[] }).values ?? []);
    if (text !== undefined) noted.push({ text, values });
    return (original as (...args: unknown[]) => unknown).apply(this, args);
  } as typeof original;
  return {
    stop() {
      pg.Client.prototype.query = original;
      return noted;
    },
  };
}
