import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { italian } from './italian.ts';
import { spanish } from './spanish.ts';
import type { SpokenLanguage } from './spoken-language.ts';

/** Each gets the whole BCP-47 tag, since countries write dates differently. */
const LANGUAGES: Readonly<Record<string, (tag: string) => SpokenLanguage>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
};

/** How a language (BCP-47) is read; where it is not known, addresses in English words and numbers as written. */
export function spokenLanguage(tag: string): SpokenLanguage {
  const known = LANGUAGES[tag.split('-')[0]!.toLowerCase()];
  return known ? known(tag) : { code: tag, signs: english('en').signs };
}
