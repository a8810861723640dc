import { wordsOf } from './words.ts';

/** What a caller may want from the conversation itself, apart from its subject. */
export type Intent =
  | 'opt-out'
  | 'goodbye'
  | 'repeat'
  | 'louder'
  | 'are-you-human'
  | 'who-are-you'
  | 'talk-to-person'
  | 'how-are-you'
  | 'thanks'
  | 'nothing-else'
  | 'not-now'
  | 'greeting'
  | 'yes'
  | 'no'
  | 'wait'
  | 'noise';

/** Spellings of the transcriber for what was meant. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\bgood ?bye?\b/g, 'goodbye'],
  [/^good buy$/, 'goodbye'],
  [/\bby[e]?[ -]by[e]?\b/g, 'bye'],
  [/^by$/, 'bye'],
  [/\b(?:ok|okay|thanks|thank you),? (?:by|buy)$/, 'bye'],
  [/\bgonna\b/g, 'going to'],
];

/** In the order of being tried: the weightier first. */
const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  [
    'opt-out',
    /\b(?:stop|quit) call(?:ing)?\b|\b(?:do not|don't|never) (?:ever )?call (?:me|us|here|this|again)\b|\b(?:remove|take) (?:me|my number|us) (?:off|from)\b|\bdo not call list\b|\bunsubscribe\b|\bnot to be called\b|\bno more calls\b/,
  ],
  [
    'repeat',
    /\b(?:repeat|say) (?:that|it|this)(?: again| once more| please)?$|\b(?:repeat|say) (?:that|it) (?:again|please|one|once)|\bcan you repeat\b|\bcould you repeat\b|\bplease repeat\b|\bsay (?:that )?again\b|\bcome again\b|\bone more time\b|\bonce more\b|\bwhat (?:did|was that) (?:you )?(?:just )?(?:say|said)?|\bi (?:did not|didn't|couldn't|could not) (?:hear|catch|get|understand)(?: you| that| it)?$|^(?:pardon(?: me)?|excuse me|sorry|what|huh|sorry what)$/,
  ],
  ['louder', /\b(?:speak|talk) (?:up|louder|slower|more slowly)\b|\bcan't hear you\b|\bslow down\b/],
  [
    'are-you-human',
    /\b(?:are|r) you (?:a |an |really |actually |even )*(?:real|human|person|robot|bot|machine|computer|ai|recording|automated|artificial)\b|\bam i (?:talking|speaking) (?:to|with) (?:a |an )*(?:real|human|person|robot|bot|machine|computer|ai)\b|\bis this (?:a |an )*(?:real|human|person|robot|bot|machine|computer|ai|recording|automated)\b/,
  ],
  [
    'talk-to-person',
    /\b(?:speak|talk|connect me|transfer me|put me through|get me)(?: to| with)? (?:a |an |the |some |your |real )*(?:human|person|someone|somebody|agent|representative|operator|manager|colleague|employee|staff)\b|^(?:agent|operator|representative|human)(?: please)?$|\bcall ?back\b.*\bsomeone\b/,
  ],
  [
    'who-are-you',
    /\bwho (?:are you|is this|am i (?:talking|speaking) (?:to|with)|is (?:speaking|calling|that))\b|\bwhat(?:'s| is) your name\b|\bwho's (?:this|calling|there)\b|\bwhere are you calling from\b/,
  ],
  [
    'not-now',
    /\bnot interested\b|\bno interest\b|\b(?:i'm|i am) (?:busy|driving|in a meeting|at work)\b|\b(?:bad|not a good) time\b|\bcall (?:me )?(?:back )?later\b|\bwrong number\b/,
  ],
  [
    'goodbye',
    /\b(?:goodbye|bye|have a (?:nice|good|great) (?:day|one|evening|weekend|night)|talk to you later|good night)\b|^(?:(?:ok|okay|great|thanks|thank you|perfect|well) )*see you(?: later| soon| then| tomorrow| there)?$/,
  ],
  [
    'nothing-else',
    /^(?:(?:no|nope|nah|okay|ok|great|perfect|thanks|thank you)\s*)*(?:(?:that's|that is|that'll be|that will be|this is|that was) (?:all|it|everything|fine)|nothing(?: else| more)?|not (?:right )?now|(?:i'm|i am|i think i'm) (?:good|fine|all set)|all good|all set)(?:\s*(?:for now|for today|thanks|thank you|very much|then|i (?:need|wanted|needed)(?: to know)?|for me))*$|^no (?:thanks|thank you)(?: very much)?$/,
  ],
  [
    'wait',
    /\b(?:hold on|one moment|just a (?:moment|second|minute)|wait a (?:moment|second|minute)|give me a (?:moment|second|minute)|hang on|one second)\b/,
  ],
  ['how-are-you', /\bhow are you\b|\bhow's it going\b|\bhow do you do\b|\bhow are things\b/],
  [
    'thanks',
    /^(?:(?:ok|okay|great|perfect|good|alright|all right|wonderful|well|oh|cool|excellent|fine|yes|lovely|brilliant)\s+)*(?:thanks|thank you|cheers|much appreciated)(?: (?:so|very) much| a lot| for (?:that|your help|the (?:information|help|info))| then)*$/,
  ],
  [
    'greeting',
    /^(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings|yes hello|howdy)(?: (?:there|again|everyone|alex))*\s*)+$/,
  ],
  [
    'yes',
    /^(?:(?:yes|yeah|yep|yup|sure|of course|correct|right|that's right|that is right|that's correct|that is correct|exactly|absolutely|ok|okay|please|please do|go ahead|i do|certainly|definitely|it is|uh huh|mm hmm|that's it|i have|alright|all right|fine|perfect|great|good)\s*)+$/,
  ],
  [
    'no',
    /^(?:(?:no|nope|nah|not really|that's wrong|that is wrong|wrong|incorrect|not quite|that's not right|that is not right|that's not correct|it's not|it is not|not correct|i don't|i do not)\s*)+$/,
  ],
  ['noise', /^(?:(?:um+|uh+|hm+|mm+|ah+|er+|oh|so|well|and|but|the|like)\s*)*$/],
];

/** Text as the patterns see it: lower case, one space between words, no punctuation. */
export function plainWords(text: string): string {
  let plain = wordsOf(text.replace(/-/g, ' ')).join(' ');
  for (const [spelled, meant] of SPELLINGS) plain = plain.replace(spelled, meant);
  return plain;
}

/** What of all that the words express, the weightiest; null when they are about something else. */
export function intentOf(text: string): Intent | null {
  const plain = plainWords(text);
  return INTENTS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** Yes or no at the beginning of an answer that says more: "No, it's five five six". */
export function verdict(text: string): 'yes' | 'no' | null {
  const plain = plainWords(text);
  if (/^(?:no|nope|nah|wrong|incorrect|not quite|that's not|that is not|that's wrong)\b/.test(plain)) return 'no';
  if (
    /^(?:yes|yeah|yep|yup|correct|right|that's right|that is right|that's correct|exactly|sure|ok|okay|it is|perfect|uh huh|mm hmm|absolutely)\b/.test(
      plain,
    )
  )
    return 'yes';
  return null;
}

/** Words of courtesy around a request, so that "Hello, are you open today?" is the question it is. */
export const withoutCourtesy = (text: string): string =>
  text
    .replace(
      /^(?:(?:hello|hi|hey|yes|yeah|okay|ok|great|good (?:morning|afternoon|evening)|thanks|thank you|well|so|um+|uh+|alright|perfect)(?: there)?[\s,.!]+)+(?=\S)/i,
      '',
    )
    .replace(/[\s,.!]+(?:please|thanks|thank you)[.!?]*$/i, '?');
