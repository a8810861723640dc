import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { badRequest } from '../../http/app-error.ts';
import { decodedText, detectDelimiter } from './csv-text.ts';

/** A row as a spreadsheet counts them: the header is row 1. */
export interface CsvRow {
  row: number;
  cells: string[];
}

const LONGEST_RECORD = 256 * 1024;

/**
 * The rows of a CSV file as they come, the header first. Memory does not grow with the file. Empty rows are left out but counted.
 * @throws AppError 400 naming the row from which on the file cannot be read
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>, charset: string | undefined): AsyncGenerator<CsvRow> {
  const { delimiter, text } = await detectDelimiter(decodedText(bytes, charset));
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, max_record_size: LONGEST_RECORD });
  let failure: unknown;
  // A failure of the text reaches the loop below by way of the destroyed parser, which tells only that it was destroyed.
  pipeline(Readable.from(text), parser, (error) => {
    failure = error;
  });
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
    }
  } catch (error) {
    const cause = failure ?? error;
    if (!(cause instanceof CsvError)) throw cause;
    throw badRequest(`Row ${row + 1} of the file cannot be read: ${reason(cause)}.`);
  }
}

const reason = (error: CsvError): string => {
  if (error.code === 'CSV_MAX_RECORD_SIZE') return 'it is longer than 256 KiB, perhaps because a quotation mark is not closed';
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark is not closed';
  return 'it is not well-formed CSV';
};
