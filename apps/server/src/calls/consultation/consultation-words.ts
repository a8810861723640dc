/** Who is to be handed over, and by whom. */
export interface Offer {
  /** The assistant's name, and the workspace's. */
  assistant: string;
  company: string;
  /** The caller: a name, or a number; null: withheld. */
  caller: string | null;
  /** What it is about, in whole sentences; null: nobody said. */
  summary: string | null;
}

interface Words {
  offer(of: Offer): string;
  /** How to answer; said after the offer, and again where no answer was understood. */
  question: string;
  declined: string;
  yes: readonly string[];
  no: readonly string[];
  /** What sounds like a no and is a yes. */
  yesAnyway: readonly string[];
}

const WORDS: Record<string, Words> = {
  en: {
    offer: ({ assistant, company, caller }) => `Hello, this is ${assistant} from ${company}. I have ${caller ?? 'a caller'} on the line.`,
    question: 'May I put the call through to you? Please say yes or press 1. To decline, say no or press 2.',
    declined: 'All right, I will let them know. Goodbye.',
    yes: 'yes,yeah,yep,yup,sure,okay,ok,fine,certainly,absolutely,please,of course,go ahead,put them through,put him through,put her through,connect'.split(
      ',',
    ),
    no: 'no,nope,nah,not,never,don’t,can’t,cannot,won’t,busy,later,decline'.split(','),
    yesAnyway: ['no problem', 'not a problem', 'why not', 'don’t mind'],
  },
  de: {
    offer: ({ assistant, company, caller }) =>
      `Guten Tag, hier ist ${assistant} von ${company}. Ich habe ${caller ?? 'jemanden'} in der Leitung.`,
    question: 'Darf ich das Gespräch zu Ihnen durchstellen? Sagen Sie bitte Ja oder drücken Sie die 1, sonst Nein oder die 2.',
    declined: 'Gut, das richte ich aus. Auf Wiederhören.',
    yes: 'ja,jawohl,jo,klar,gerne,gern,okay,ok,bitte,sicher,natürlich,in ordnung,einverstanden,stellen sie durch,verbinden'.split(','),
    no: 'nein,nee,nicht,kein,keine,keinen,später,ungern,beschäftigt'.split(','),
    yesAnyway: ['kein problem', 'warum nicht', 'nichts dagegen'],
  },
  es: {
    offer: ({ assistant, company, caller }) =>
      `Buenos días, soy ${assistant}, de ${company}. Tengo ${caller ? `a ${caller}` : 'una llamada'} en la línea.`,
    question: '¿Le paso la llamada? Diga sí o pulse 1, por favor. Si no, diga no o pulse 2.',
    declined: 'De acuerdo, se lo diré. Adiós.',
    yes: 'sí,si,claro,vale,bueno,adelante,por supuesto,de acuerdo,pásemela,pásamela,ok'.split(','),
    no: 'no,nunca,tarde,ocupado,ocupada,luego'.split(','),
    yesAnyway: ['no hay problema', 'cómo no', 'por qué no'],
  },
  fr: {
    offer: ({ assistant, company, caller }) => `Bonjour, ici ${assistant}, de ${company}. J’ai ${caller ?? 'un appel'} en ligne.`,
    question: 'Puis-je vous passer l’appel ? Dites oui ou tapez 1, s’il vous plaît. Sinon, dites non ou tapez 2.',
    declined: 'Bien, je le lui dirai. Au revoir.',
    yes: 'oui,ouais,bien sûr,d’accord,volontiers,ok,allez-y,passez-le-moi,passez-la-moi,passez'.split(','),
    no: 'non,pas,jamais,plus tard,occupé,occupée'.split(','),
    yesAnyway: ['pas de problème', 'pourquoi pas'],
  },
  it: {
    offer: ({ assistant, company, caller }) => `Buongiorno, sono ${assistant} di ${company}. Ho ${caller ?? 'una chiamata'} in linea.`,
    question: 'Posso passarle la chiamata? Dica sì o prema 1, per favore. Altrimenti dica no o prema 2.',
    declined: 'Va bene, lo riferisco. Arrivederci.',
    yes: 'sì,si,certo,certamente,va bene,volentieri,ok,d’accordo,prego,me la passi,me lo passi'.split(','),
    no: 'no,non,mai,dopo,occupato,occupata'.split(','),
    yesAnyway: ['non c’è problema', 'perché no'],
  },
};

/** English where there are none of the language. */
const wordsOf = (language: string): Words => WORDS[language.slice(0, 2).toLowerCase()] ?? WORDS.en!;

/** What whoever picks up hears first, of a call that asks whether they take a caller. */
export function offerOf(offer: Offer, language: string): string {
  const { offer: hello, question } = wordsOf(language);
  return [hello(offer), offer.summary?.trim() ?? '', question].filter((part) => part !== '').join(' ');
}

export const questionOf = (language: string): string => wordsOf(language).question;
export const declinedOf = (language: string): string => wordsOf(language).declined;

/** Keys come to the conversation as the caller's words. */
const KEYED = /^\(on the keypad\) (.)/;

/** What was pressed was pressed on purpose. */
export const isKeyed = (text: string): boolean => KEYED.test(text);

/** What somebody said to the offer: whether they take the caller; null: that cannot be told. A no outweighs a yes. */
export function answerTo(text: string, language: string): 'yes' | 'no' | null {
  const key = KEYED.exec(text)?.[1];
  if (key !== undefined) return key === '1' ? 'yes' : key === '2' ? 'no' : null;
  const { yes, no, yesAnyway } = wordsOf(language);
  const plain = (words: string) =>
    ` ${words
      .toLowerCase()
      .replaceAll("'", '’')
      .replace(/[^\p{L}’-]+/gu, ' ')
      .trim()} `;
  let said = plain(text);
  const has = (words: string) => said.includes(plain(words));
  let agreed = false;
  for (const phrase of yesAnyway) {
    if (!has(phrase)) continue;
    agreed = true;
    said = said.replaceAll(plain(phrase), ' ');
  }
  if (no.some(has)) return 'no';
  return agreed || yes.some(has) ? 'yes' : null;
}
