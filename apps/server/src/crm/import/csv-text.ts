import { TextDecoder } from 'node:util';
import { badRequest } from '../../http/app-error.ts';

/** A header longer than this is none. */
const LONGEST_HEADER = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * The text of a CSV file: UTF-16 and UTF-8 by their byte order mark, else the named charset, else UTF-8.
 * @throws AppError 400 for an unknown charset or bytes that are not of it
 */
export async function* decodedText(bytes: AsyncIterable<Uint8Array>, charset: string | undefined): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  try {
    for await (const chunk of bytes) {
      decoder ??= decoderFor(chunk, charset);
      const text = decoder.decode(chunk, { stream: true });
      if (text) yield text;
    }
    const rest = decoder?.decode();
    if (rest) yield rest;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw badRequest(
      `The file is not ${decoder?.encoding ?? 'UTF-8'} text. Save it as "CSV UTF-8", or send its charset, for example Content-Type: text/csv; charset=windows-1252.`,
    );
  }
}

function decoderFor(first: Uint8Array, charset: string | undefined): TextDecoder {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  try {
    return new TextDecoder(charset ?? 'utf-8', { fatal: true });
  } catch {
    throw badRequest(`The charset ${String(charset).slice(0, 50)} is not known; use utf-8 or windows-1252.`);
  }
}

/**
 * Finds out what separates the cells by the header row: of the usual characters the one that occurs most outside quotes.
 * @returns it, and the same text again from the beginning
 * @throws AppError 400 when no line ends within a reasonable length
 */
export async function detectDelimiter(text: AsyncGenerator<string>): Promise<{ delimiter: string; text: AsyncGenerator<string> }> {
  let seen = '';
  let header: string | null = null;
  while (header === null) {
    const next = await text.next();
    if (next.done) header = seen;
    else {
      seen += next.value;
      header = firstLine(seen);
    }
    if (header === null && seen.length > LONGEST_HEADER) throw badRequest('The header row of the file has no end.');
  }
  const outside = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => outside.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
  return { delimiter, text: again(seen, text) };
}

async function* again(seen: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield seen;
  yield* rest;
}

/** Up to the first line end that is not quoted; null when there is none yet. */
function firstLine(text: string): string | null {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (!quoted && (text[i] === '\n' || text[i] === '\r')) return text.slice(0, i);
  }
  return null;
}
