/** One record of a CSV text, and where in the text it ends (after its line end). */
export interface CsvRecord {
  cells: string[];
  end: number;
}

/** The text of a file: UTF-16 by its mark, UTF-8, or else Windows-1252 as older spreadsheets write it. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The delimiter that occurs most often in the first line, outside quotes. */
export function delimiterOf(text: string): string {
  const first = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((one) => ({ one, count: first.split(one).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
}

/** The first records of a CSV text (RFC 4180; line ends inside quotes belong to their cell). Empty lines are left out. */
export function readRecords(text: string, delimiter: string, most: number): CsvRecord[] {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let at = 0;
  const close = (end: number) => {
    cells.push(cell);
    if (cells.length > 1 || cell.trim() !== '') records.push({ cells, end });
    cells = [];
    cell = '';
  };
  while (at < text.length && records.length < most) {
    const char = text[at] ?? '';
    if (quoted) {
      if (char === '"' && text[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++;
      close(at + 1);
    } else cell += char;
    at++;
  }
  if (records.length < most && (cell !== '' || cells.length > 0)) close(at);
  return records;
}

/** A cell as it stands in a file, quoted where it must be. */
export const csvCell = (value: string, delimiter: string): string =>
  value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
