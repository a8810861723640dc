/** Who is calling, whom and why. */
export interface Occasion {
  /** The assistant's name. */
  assistant: string;
  /** The workspace's name. */
  company: string;
  /** Whom the call is for, by full name; null: not known. */
  contact: string | null;
  /** What it is about, in the workspace's own words; null: nobody said. */
  purpose: string | null;
}

/** A screener passes on a sentence or two, some only the first seconds. */
const LONGEST_PURPOSE = 160;

const SENTENCES: Record<
  string,
  { caller: (of: Occasion) => string; contact: (name: string) => string; purpose: (what: string) => string }
> = {
  en: {
    caller: ({ assistant, company }) => `This is ${assistant} from ${company}`,
    contact: (name) => `, calling for ${name}`,
    purpose: (what) => `It is about ${what}`,
  },
  de: {
    caller: ({ assistant, company }) => `Hier ist ${assistant} von ${company}`,
    contact: (name) => ` mit einem Anruf für ${name}`,
    purpose: (what) => `Es geht um: ${what}`,
  },
  es: {
    caller: ({ assistant, company }) => `Soy ${assistant}, de ${company}`,
    contact: (name) => `, y llamo a ${name}`,
    purpose: (what) => `El motivo es: ${what}`,
  },
  fr: {
    caller: ({ assistant, company }) => `Ici ${assistant}, de ${company}`,
    contact: (name) => `, j’appelle ${name}`,
    purpose: (what) => `C’est au sujet de : ${what}`,
  },
  it: {
    caller: ({ assistant, company }) => `Sono ${assistant} di ${company}`,
    contact: (name) => `, e cerco ${name}`,
    purpose: (what) => `Si tratta di: ${what}`,
  },
};

const firstSentence = (text: string): string => (/^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text).replace(/[.!?\s]+$/, '');

/** What a call screener is told: who is calling and why, in one or two sentences of the assistant's language (English where there are none). */
export function introductionOf(occasion: Occasion, language: string): string {
  const { caller, contact, purpose } = SENTENCES[language.slice(0, 2).toLowerCase()] ?? SENTENCES.en!;
  const what = firstSentence((occasion.purpose ?? '').trim()).slice(0, LONGEST_PURPOSE);
  const who = `${caller(occasion)}${occasion.contact ? contact(occasion.contact) : ''}.`;
  return what === '' ? who : `${who} ${purpose(what)}.`;
}
