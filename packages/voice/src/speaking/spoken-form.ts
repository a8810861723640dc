/**
 * Text as a voice should read it. Marks of formatting are dropped; e-mail addresses, web addresses and long numbers are
 * spelled the way people say them. Everything else passes unchanged and at once.
 */
export interface SpokenForm {
  /** What of the text so far may go to the voice; a word that may still turn into an address or a number is held back. */
  push(text: string): string;
  rest(): string;
}

const FORMATTING = /[*_#`~|<>]+|[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?/gu;
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;
const WEB = /\b(?:https?:\/\/)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|de|co|eu|uk|fr|es|it|nl|ai|app|dev))(\/\S*)?/gi;
/** Seven digits and more, with the usual separators: phone, order and account numbers are read digit by digit. */
const LONG_NUMBER = /\+?\d[\d\s().-]{5,}\d/g;
/** An address whose first part went out before its @ came. */
const HALF_EMAIL = /@[\w-]+(\.[\w-]+)+/g;
/** What must be whole before it can be read: a number that goes on, an address. */
const MAY_GROW = /(?:\S*@\S*|(?<![\p{L}\d])\+?(?:\d[\d\s().-]*)?)$/u;
const LONGEST_HELD = 80;

const WORDS: Record<string, { at: string; dot: string; dash: string; underscore: string; plus: string; slash: string }> = {
  en: { at: 'at', dot: 'dot', dash: 'dash', underscore: 'underscore', plus: 'plus', slash: 'slash' },
  de: { at: 'at', dot: 'Punkt', dash: 'Bindestrich', underscore: 'Unterstrich', plus: 'plus', slash: 'Schrägstrich' },
  es: { at: 'arroba', dot: 'punto', dash: 'guion', underscore: 'guion bajo', plus: 'más', slash: 'barra' },
  fr: { at: 'arobase', dot: 'point', dash: 'tiret', underscore: 'tiret bas', plus: 'plus', slash: 'barre oblique' },
  it: { at: 'chiocciola', dot: 'punto', dash: 'trattino', underscore: 'trattino basso', plus: 'più', slash: 'barra' },
};

/** The whole text as it should be read. */
export function spokenForm(text: string, language: string): string {
  const say = WORDS[language.slice(0, 2).toLowerCase()] ?? WORDS.en!;
  const address = (value: string): string =>
    value
      .replace(/@/g, ` ${say.at} `)
      .replace(/\./g, ` ${say.dot} `)
      .replace(/_/g, ` ${say.underscore} `)
      .replace(/-/g, ` ${say.dash} `)
      .replace(/\+/g, ` ${say.plus} `)
      .replace(/\//g, ` ${say.slash} `)
      .replace(/\s+/g, ' ')
      .trim();
  const digits = (value: string): string => {
    if (value.replace(/\D/g, '').length < 7) return value;
    const groups = value.replace(/^\+/, '').match(/\d+/g) ?? [];
    const parts = groups.length > 1 ? groups : ((groups[0] ?? '').match(/\d{3,4}(?=\d{3})|\d+/g) ?? []);
    return (value.startsWith('+') ? `${say.plus} ` : '') + parts.map((group) => [...group].join(' ')).join(', ');
  };
  return text
    .replace(EMAIL, address)
    .replace(HALF_EMAIL, (half) => ` ${address(half)}`)
    .replace(FORMATTING, '')
    .replace(WEB, (_, host: string, path: string | undefined) => address(host + (path && path !== '/' ? path : '')))
    .replace(LONG_NUMBER, digits);
}

const PLAIN = /^[^\d@*_#`~|<>.+\p{Extended_Pictographic}]*$/u;

export function createSpokenForm(language: string): SpokenForm {
  let held = '';
  return {
    push(text) {
      // Nearly every piece: words that need no reading, and nothing waiting.
      if (held === '' && PLAIN.test(text)) return text;
      const all = held + text;
      const grows = MAY_GROW.exec(all);
      const cut = grows && grows[0] !== '' && all.length - grows.index <= LONGEST_HELD ? grows.index : all.length;
      held = all.slice(cut);
      return spokenForm(all.slice(0, cut), language);
    },
    rest() {
      const left = spokenForm(held, language);
      held = '';
      return left;
    },
  };
}
