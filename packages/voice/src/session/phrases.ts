/** What the assistant says on its own account, where no model is asked. */
export interface Phrases {
  /** To bridge a wait; taken in turn. */
  fillers: readonly string[];
  /** After a silence. */
  stillThere: string;
  /** Before hanging up because nobody speaks. */
  silenceGoodbye: string;
  /** Before hanging up where the model ended the call without a word. */
  goodbye: string;
  /** Speech that nobody could make out. */
  notUnderstood: string;
  /** The model failed; once more is tried. */
  trouble: string;
  /** The model failed again. */
  troubleGoodbye: string;
  /** Before the caller is connected with somebody else. */
  transfer: string;
  /** Nobody took the caller there. */
  transferFailed: string;
}

const PHRASES: Record<string, Phrases> = {
  en: {
    fillers: ['One moment, please.', 'I am still on it.', 'Just a little longer.'],
    stillThere: 'Are you still there?',
    silenceGoodbye: 'I cannot hear you any more, so I will hang up now. Goodbye.',
    goodbye: 'Goodbye.',
    notUnderstood: 'Sorry, I did not catch that. Could you say it again?',
    trouble: 'Sorry, something went wrong on my side. Could you say that again?',
    troubleGoodbye: 'I am sorry, I cannot help you right now. Please call again later. Goodbye.',
    transfer: 'One moment, please. I am connecting you.',
    transferFailed: 'I am sorry, I could not reach anybody there. How else can I help you?',
  },
  de: {
    fillers: ['Einen Moment, bitte.', 'Ich bin noch dabei.', 'Gleich habe ich es.'],
    stillThere: 'Sind Sie noch da?',
    silenceGoodbye: 'Ich höre Sie leider nicht mehr und lege jetzt auf. Auf Wiederhören.',
    goodbye: 'Auf Wiederhören.',
    notUnderstood: 'Entschuldigung, das habe ich nicht verstanden. Können Sie es wiederholen?',
    trouble: 'Entschuldigung, bei mir ist etwas schiefgegangen. Können Sie das wiederholen?',
    troubleGoodbye: 'Es tut mir leid, ich kann Ihnen gerade nicht helfen. Bitte rufen Sie später noch einmal an. Auf Wiederhören.',
    transfer: 'Einen Moment, bitte. Ich verbinde Sie.',
    transferFailed: 'Es tut mir leid, dort ist gerade niemand zu erreichen. Wie kann ich Ihnen sonst helfen?',
  },
  es: {
    fillers: ['Un momento, por favor.', 'Sigo en ello.', 'Ya casi está.'],
    stillThere: '¿Sigue ahí?',
    silenceGoodbye: 'Ya no le oigo, así que voy a colgar. Adiós.',
    goodbye: 'Adiós.',
    notUnderstood: 'Perdone, no le he entendido. ¿Puede repetirlo?',
    trouble: 'Perdone, algo ha fallado. ¿Puede repetirlo?',
    troubleGoodbye: 'Lo siento, ahora no puedo ayudarle. Llame más tarde, por favor. Adiós.',
    transfer: 'Un momento, por favor. Le paso la llamada.',
    transferFailed: 'Lo siento, allí no contesta nadie. ¿En qué más puedo ayudarle?',
  },
  fr: {
    fillers: ['Un instant, s’il vous plaît.', 'Je cherche encore.', 'J’y suis presque.'],
    stillThere: 'Vous êtes toujours là ?',
    silenceGoodbye: 'Je ne vous entends plus, je vais donc raccrocher. Au revoir.',
    goodbye: 'Au revoir.',
    notUnderstood: 'Pardon, je n’ai pas compris. Pouvez-vous répéter ?',
    trouble: 'Pardon, un problème est survenu. Pouvez-vous répéter ?',
    troubleGoodbye: 'Je suis désolé, je ne peux pas vous aider pour le moment. Rappelez plus tard, s’il vous plaît. Au revoir.',
    transfer: 'Un instant, s’il vous plaît. Je vous mets en relation.',
    transferFailed: 'Je suis désolé, personne ne répond là-bas. Comment puis-je vous aider autrement ?',
  },
  it: {
    fillers: ['Un momento, per favore.', 'Ci sto ancora lavorando.', 'Ci sono quasi.'],
    stillThere: 'È ancora lì?',
    silenceGoodbye: 'Non la sento più, quindi chiudo la chiamata. Arrivederci.',
    goodbye: 'Arrivederci.',
    notUnderstood: 'Mi scusi, non ho capito. Può ripetere?',
    trouble: 'Mi scusi, qualcosa è andato storto. Può ripetere?',
    troubleGoodbye: 'Mi dispiace, ora non posso aiutarla. Richiami più tardi, per favore. Arrivederci.',
    transfer: 'Un momento, per favore. Le passo la chiamata.',
    transferFailed: 'Mi dispiace, lì non risponde nessuno. Come posso aiutarla altrimenti?',
  },
};

/** The phrases of a language (BCP-47), English where it has none: silence would be worse. */
export const phrasesOf = (language: string): Phrases => PHRASES[language.slice(0, 2).toLowerCase()] ?? PHRASES.en!;

/** What bridges the `count`th wait of a turn: the first once, the others in turn. */
export const fillerOf = ({ fillers }: Phrases, count: number): string =>
  fillers[count < fillers.length ? count : 1 + ((count - 1) % (fillers.length - 1))]!;

/** What must be heard though the voice has stalled: the fillers, and the goodbye where nothing helped. */
export const phrasesToKeep = ({ fillers, troubleGoodbye }: Phrases): readonly string[] => [...fillers, troubleGoodbye];
