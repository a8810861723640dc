import { AppError } from '../http/app-error.ts';

/** A part of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a Range header (RFC 9110, section 14) for a file of `size` bytes. Null: the whole file, also where the header
 * is not understood or asks for several ranges, which the RFC leaves to the server.
 * @throws AppError 416 when nothing of the file is in the range.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, from, to] = match as unknown as [string, string, string];
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size || start > end) {
    throw new AppError('range_not_satisfiable', 416, `The recording has ${size} bytes; the range asked for lies outside.`, {
      headers: { 'Content-Range': `bytes */${size}` },
    });
  }
  return { start, end };
}
