/** Both written forms of Norwegian are one spoken language to every vendor here, under the code of the whole (ISO 639-1). */
const SPOKEN: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };

/** A language (BCP-47) as vendors name it: its primary code, "de" for "de-AT". */
export function vendorLanguage(language: string): string {
  const primary = language.split('-')[0]!.toLowerCase();
  return SPOKEN[primary] ?? primary;
}
