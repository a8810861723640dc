import { spokenForm } from '@talkturo/voice';

const READING = { language: 'en', readsNumbers: false };
/** "A4", "r0007". */
const INSIDE_WORDS = /(?<=\p{L})\d+|\d+(?=\p{L})/gu;

/**
 * English text for a voice that knows only words: numbers, money, times, addresses and abbreviations in words, marks of writing
 * taken out. Idempotent on plain words.
 */
export function spokenText(text: string): string {
  return spokenForm(
    text
      .normalize('NFC')
      .replace(/[“”«»"]/g, '')
      .replace(/[‘’]/g, "'"),
    READING,
  )
    .replace(/\s*[–—]\s*|\s-\s/g, ', ')
    .replace(/…|\.{3,}/g, '.')
    .replace(/\s?\+\s?/g, ' plus ')
    .replace(/\s?=\s?/g, ' equals ')
    .replace(/\s?@\s?/g, ' at ')
    .replace(INSIDE_WORDS, (digits) => ` ${spokenForm(digits, READING)} `)
    .replace(/[^\p{L}\p{N}\s.,!?;:'()-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,!?;:])/g, '$1')
    .replace(/([.,!?;:])(?:[.,;:]\s?)+(?=\s|$)/g, '$1')
    .trim();
}
