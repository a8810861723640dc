import type { Rule } from './rule.ts';
import type { SignNames } from './spoken-language.ts';

const TOP_LEVEL = 'com|org|net|io|de|co\\.uk|co|eu|uk|fr|es|it|nl|at|ch|ai|app|dev|shop|info';
const EMAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** An address whose first part went out before its @ came. */
const HALF_EMAIL = /(?:(?<=\w)[.+_-][\w.+-]*)?@[\w-]+(?:\.[\w-]+)+/g;
const WEB = new RegExp(
  `(?<![\\p{L}\\d@.-])(?:https?:\\/\\/)?(?:www\\.)?([a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:${TOP_LEVEL}))(?![\\p{L}\\d-])((?:\\/[^\\s,;!?]*[^\\s,;!?.)])?)\\/?`,
  'giu',
);
const HALF_WEB = new RegExp(`(?<=[a-z0-9])\\.(?:${TOP_LEVEL})(?![\\p{L}\\d-])((?:\\/[^\\s,;!?]*[^\\s,;!?.)])?)`, 'giu');

/** E-mail and web addresses as people say them, and links by their name. `digits` says the digits in them. */
export function addressRules(signs: SignNames, digits: (digits: string) => string): readonly Rule[] {
  const address = (written: string): string =>
    written
      .replace(/\d+/g, (run) => ` ${digits(run)} `)
      .replace(/@/g, ` ${signs.at} `)
      .replace(/\./g, ` ${signs.dot} `)
      .replace(/_/g, ` ${signs.underscore} `)
      .replace(/-/g, ` ${signs.dash} `)
      .replace(/\+/g, ` ${signs.plus} `)
      .replace(/\//g, ` ${signs.slash} `)
      .replace(/\s+/g, ' ')
      .trim();
  return [
    // A link of Markdown: what it is called.
    { pattern: /\[([^\]]+)\]\([^)\s]*\)/g, say: (_, label) => label! },
    { pattern: EMAIL, say: address },
    { pattern: HALF_EMAIL, say: (half) => ` ${address(half)}` },
    { pattern: WEB, say: (_, host, path) => address(host! + path!) },
    { pattern: HALF_WEB, say: (half) => ` ${address(half)}` },
  ];
}

/** Marks of writing that nobody says: of emphasis and of lists, and pictures. */
export const MARKS: readonly Rule[] = [
  { pattern: /(?<=^|\n)[ \t]*[-•*]\s+/g, say: () => '' },
  { pattern: /[*_#`~|<>]+|[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?|\u200D/gu, say: () => '' },
];
