/** Words of a language that tell how a turn goes on. Lower case, without punctuation. */
interface Cues {
  /** Said to show that one listens; they take no turn. */
  acknowledgements: readonly string[];
  /** A turn that ends with one of these is not over: fillers and function words. */
  unfinished: readonly string[];
}

const words = (list: string): readonly string[] => list.split('|');

const CUES: Record<string, Cues> = {
  en: {
    acknowledgements: words(
      'mm|mhm|mm-hmm|mmhmm|mm-hm|mmhm|mm hm|mm hmm|hmm|hm|uh-huh|uh huh|uhhuh|yeah|yep|yup|yes|ok|okay|right|sure|i see|got it|alright|all right|aha|oh|great|good|cool|fine|exactly|of course|oh okay|okay okay|yeah yeah|oh i see|hello|hi',
    ),
    unfinished: words(
      'um|uh|er|erm|hmm|like|so|and|or|but|because|the|a|an|to|of|for|with|in|on|at|from|by|about|my|your|his|her|our|their|is|are|was|i|we|if|that|which|who|when|than|as|then|well|please let me|let me see|let me think|you know',
    ),
  },
  de: {
    acknowledgements: words('mhm|hm|hmm|aha|ja|jaja|ja ja|okay|ok|genau|gut|alles klar|klar|verstehe|ach so|achso|stimmt|richtig|hallo'),
    unfinished: words(
      'äh|ähm|hm|und|oder|aber|weil|dass|der|die|das|ein|eine|einen|zu|von|für|mit|in|an|auf|bei|mein|meine|ich|wir|wenn|also|dann|ist|sind',
    ),
  },
  es: {
    acknowledgements: words('mhm|ajá|sí|si|vale|ok|okay|claro|bueno|ya|entiendo|de acuerdo|bien|exacto|hola'),
    unfinished: words('eh|em|este|y|o|pero|porque|que|el|la|los|las|un|una|a|de|para|con|en|por|mi|su|yo|si|pues|entonces|es'),
  },
  fr: {
    acknowledgements: words("mhm|hm|oui|ouais|ok|okay|d’accord|d'accord|ah|ah bon|bien|très bien|je vois|entendu|exactement|allô"),
    unfinished: words('euh|heu|ben|et|ou|mais|parce que|que|le|la|les|un|une|à|de|pour|avec|en|dans|mon|ma|je|si|alors|donc|est|du|des'),
  },
  it: {
    acknowledgements: words('mhm|sì|si|ok|okay|va bene|certo|bene|capisco|esatto|giusto|ah|pronto'),
    unfinished: words('ehm|eh|e|o|ma|perché|che|il|la|i|le|un|una|a|di|per|con|in|mio|mia|io|se|allora|quindi|è'),
  },
};

const cuesOf = (language: string): Cues => CUES[language.slice(0, 2).toLowerCase()] ?? { acknowledgements: [], unfinished: [] };

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}'’\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** True when the words only show that the caller listens ("mm-hm", "okay"): they interrupt nothing. Languages without a list: never. */
export function isAcknowledgement(text: string, language: string): boolean {
  const { acknowledgements } = cuesOf(language);
  const said = plain(text);
  if (said === '') return false;
  if (acknowledgements.includes(said)) return true;
  const parts = said.split(' ');
  return parts.length <= 3 && parts.every((part) => acknowledgements.includes(part));
}

/** True when the words stop where a speaker goes on: at a filler, a function word, a comma or a dash. */
export function endsUnfinished(text: string, language: string): boolean {
  if (/[,–—-]\s*$|(\.\.\.|…)\s*$/.test(text)) return true;
  const said = plain(text);
  return cuesOf(language).unfinished.some((word) => said === word || said.endsWith(` ${word}`));
}

const MIN_SHARED = 0.7;

/**
 * True when what was heard is the assistant's own voice coming back: most of its words stand, in order, in what the
 * assistant has been saying.
 */
export function isEcho(text: string, spoken: string): boolean {
  const heard = plain(text).split(' ').filter(Boolean);
  if (heard.length === 0 || spoken === '') return false;
  const said = plain(spoken).split(' ');
  let at = 0;
  let shared = 0;
  for (const word of heard) {
    const found = said.indexOf(word, at);
    if (found < 0) continue;
    shared++;
    at = found + 1;
  }
  return shared / heard.length >= MIN_SHARED;
}
