/** What a talkative person asks, one sentence after the other, each after the answer to the one before. */
export interface Script {
  questions: readonly string[];
  goodbye: string;
}

const SCRIPTS: readonly Script[] = [
  {
    questions: ['What are your opening hours?', 'Are you open on Saturday?', 'Okay, and where can I find you?'],
    goodbye: 'Thank you very much. Goodbye.',
  },
  {
    questions: ['How much does it cost?', 'Is there a discount for new customers?', 'How can I pay?'],
    goodbye: 'All right, thank you. Bye bye.',
  },
  {
    questions: ['I would like to make an appointment.', 'My name is Thomas Miller.', 'Tomorrow at ten would be good.'],
    goodbye: 'Perfect, thanks for your help. Goodbye.',
  },
  {
    questions: ['May I ask who is speaking?', 'What is this about?', 'Can you send me that by email?'],
    goodbye: 'Okay, I will think about it. Goodbye.',
  },
  {
    questions: ['I have a question about my order.', 'When will it be delivered?', 'Can I change the address?'],
    goodbye: 'Good to know. Thank you, goodbye.',
  },
];

/** A colleague, who takes a caller that is offered and then speaks with them. */
const COLLEAGUE_AT = 49;
const COLLEAGUE: Script = {
  questions: ['Yes, please put them through.', 'Hello, how can I help you?', 'I will look into it and call you back.'],
  goodbye: 'Thank you for calling. Goodbye.',
};

/** The script of a person, by the last two digits of the number. */
export const scriptOf = (variant: number): Script => (variant === COLLEAGUE_AT ? COLLEAGUE : SCRIPTS[variant % SCRIPTS.length]!);

/** Spoken in 3 to 8 seconds. */
const GREETINGS: readonly string[] = [
  'Hello, you have reached the voicemail of Anna Smith. I can not take your call right now. Please leave a message.',
  'Hi, this is David. Sorry I missed your call. Leave your name and your number after the beep.',
  'The person you are calling is not available. Please record your message after the tone.',
  'You have reached Brown and Sons. Our office is closed at the moment. Please leave a message after the tone.',
  'Hey, it is Lisa. You know what to do after the beep.',
];

/** The greeting of a voicemail, by the last two digits of the number. */
export const greetingOf = (variant: number): string => GREETINGS[variant % GREETINGS.length]!;

/** Somebody with a lot to tell. */
export const MONOLOGUE: readonly string[] = [
  'So I was in the garden this morning, and you would not believe what the neighbours have done again.',
  'They have put up a fence, and it is not a small fence, it goes all the way down to the river.',
  'And I said to my husband, I said, somebody has to do something about it, because nobody ever does.',
  'And then the dog came running, and he had found one of my shoes, the red ones that I bought last summer.',
  'Anyway, what I really wanted to tell you is what my sister said about the wedding, that is quite a story.',
  'She wants to invite everybody, and I mean everybody, even the cousins from the other side of the country.',
];
