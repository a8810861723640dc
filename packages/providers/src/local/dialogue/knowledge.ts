import { type DetailName, detailsAsked } from './details.ts';

/** A sentence that may be said to a caller. */
export interface Fact {
  text: string;
  /** What it answers, beyond its own words: the question of a FAQ, the heading it stood under. */
  about: string;
}

/** What a system prompt says, sorted by what it is good for. */
export interface Knowledge {
  /** Whom the assistant stands for: "Corner Bikes". */
  organisation: string | null;
  /** "Alex". */
  name: string | null;
  facts: readonly Fact[];
  /** What callers are to be asked for. */
  details: readonly { name: DetailName; onlyWhenBooking: boolean }[];
}

/** How instructions to the assistant begin; they are rules of conduct and nothing to read out. */
const INSTRUCTION =
  /^(?:please |politely |first,? |then,? |next,? |finally,? |also,? )*(?:you(?! can (?:pay|find|park|reach|return|bring|rent|come|visit|order|buy|pick|get|see|call us|email us|cancel|choose)\b)(?:'re| are|r job| must| should| can(?:not)?| will| may| have to| need to| never| always| do not| don't|'ll)?\b|your (?:goal|job|task|role|name|purpose|aim|style|tone|main|answers|replies|responses)\b|be\b|keep\b|never\b|always\b|do not\b|don't\b|ask\b|find\b|agree\b|propose\b|guide\b|remind\b|push\b|answer\b|speak\b|use\b|greet\b|help\b|say\b|tell\b|respond\b|reply\b|confirm\b|collect\b|make\b|avoid\b|try\b|stay\b|remember\b|introduce\b|mention\b|politely\b|end\b|thank\b|transfer\b|listen\b|let\b|give\b|take\b|note\b|qualify\b|explain\b|find out\b|request\b|get\b|offer to\b|act\b|focus\b|limit\b|refer\b|follow\b|repeat\b|assume\b|if\b|when(?:ever)? (?:the|a|you|someone|they)\b|once\b|before\b|after\b|the (?:caller|user|customer|person|contact|assistant)\b|callers?\b|only\b|read back\b|schedule\b|provide\b|summarize\b|summarise\b|in case\b|personality\b|tone\b|style\b|guidelines?\b|rules?\b|instructions?\b|goal\b|objective\b|role\b)/i;

/** Headings over rules of conduct, or over what the assistant knows and nobody needs to be told. */
const INSTRUCTIVE_HEADING =
  /^(?:how (?:you|the call|to|we)|who you|what (?:is known|you know) about the (?:caller|person|contact|customer)|what you (?:do|must|should)|(?:your )?(?:role|goal|goals|task|tasks|style|tone|persona|personality|identity|behaviou?r|guidelines?|rules?|instructions?|objectives?|conversation|call flow|script|steps?|process|context)\b)/i;

/** Headings whose text is told as a sentence: "Address: 12 Main St." */
const HEADINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:our )?(?:opening |business |office )?hours$/i, 'We are open'],
  [/^(?:our )?address$|^location$/i, 'Our address is'],
  [/^(?:our )?(?:tele)?phone(?: number)?$|^tel\.?$/i, 'Our phone number is'],
  [/^(?:our )?e-?mail(?: address)?$/i, 'Our e-mail address is'],
  [/^(?:our )?web ?site$/i, 'Our website is'],
  [/^(?:our )?(?:prices?|fees?|pricing)$/i, 'Our prices are'],
  [/^(?:our )?services?$|^we offer$/i, 'We offer'],
];

const TELLING =
  /\b(?:say|tell (?:them|him|her|the \w+|callers|people|customers)|answer|explain|reply|let them know|inform them)(?: that)?[:,]? (.+)$/i;
const CONDITION =
  /^(?:if|when(?:ever)?)\b (?:.*?)\b(?:asks?|wants? to know|inquires?|wonders?)(?: you)?(?: about| for| whether| if| how| what| where| when)? (.+?),? (?=(?:then )?(?:say|tell|answer|explain|reply|let them know|inform)\b)/i;

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const closed = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Reads a system prompt. A prompt may be any text; what is not understood as a rule counts as something to tell. */
export function readPrompt(prompt: string): Knowledge {
  const facts: Fact[] = [];
  const details: { name: DetailName; onlyWhenBooking: boolean }[] = [];
  let heading = '';
  let conduct = false;
  let asked = '';
  for (const line of linesOf(prompt)) {
    const bullet = line
      .trim()
      .replace(/^(?:[-*•]|\d+[.)])\s+/, '')
      .replace(/\*\*/g, '')
      .trim();
    if (!bullet || /^\(.*\)$/.test(bullet)) continue;
    if (/^#+\s/.test(bullet) || /^[^.:?!]{2,50}:$/.test(bullet)) {
      heading = bullet.replace(/^#+\s*|:$/g, '').trim();
      conduct = INSTRUCTIVE_HEADING.test(heading);
      continue;
    }
    const question = bullet.match(/^(?:q(?:uestion)?\s*[:.]\s*)(.+?)(?:\s+a(?:nswer)?\s*[:.]\s*(.+))?$/i);
    if (question) {
      asked = question[1]!;
      if (question[2]) facts.push({ text: closed(question[2]), about: asked });
      continue;
    }
    const answer = bullet.match(/^a(?:nswer)?\s*[:.]\s*(.+)$/i);
    if (answer && asked) {
      facts.push({ text: closed(answer[1]!), about: asked });
      asked = '';
      continue;
    }
    for (const sentence of sentencesOf(bullet)) {
      details.push(...detailsAsked(sentence).filter(({ name }) => !details.some((known) => known.name === name)));
      const fact = conduct ? null : factIn(sentence);
      if (fact) facts.push({ text: fact.text, about: `${fact.about} ${heading}`.trim() });
    }
  }
  const identity = identityIn(prompt);
  if (identity.described) facts.push({ text: identity.described, about: 'what do you do' });
  return { organisation: identity.organisation, name: identity.name, facts, details };
}

/** What is longer is no sentence that anybody says, and patterns take their time over it. */
const LONGEST_LINE = 1000;
const LONGEST_PROMPT = 100_000;

/** Lines of a prompt; paragraphs that are too long for one are cut at their sentences, and what is still too long is left out. */
const linesOf = (prompt: string): string[] =>
  prompt
    .slice(0, LONGEST_PROMPT)
    .split(/\n+/)
    .flatMap((line) => (line.length > LONGEST_LINE ? line.split(/(?<=[.!?])\s/) : [line]))
    .filter((line) => line.length <= LONGEST_LINE);

/** Sentences of a line; a full stop ends one only before a space and a capital letter, a digit or a quotation mark. */
export const sentencesOf = (line: string): string[] =>
  line
    .split(/(?<!\b(?:Mr|Mrs|Ms|Dr|St|No|vs|e\.g|i\.e|a\.m|p\.m|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.)(?<=[.!?]["')]?)\s+(?=["'(]?[\p{Lu}\p{N}])/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

function factIn(sentence: string): Fact | null {
  const business = sentence
    .replace(/^you are (?=(?:open|closed|located|based)\b)/i, 'We are ')
    .replace(/^you (?=(?:offer|sell|repair|deliver|rent)\b)/i, 'We ');
  if (business !== sentence) return { text: closed(business), about: '' };
  const condition = sentence.match(CONDITION);
  const telling = sentence.match(TELLING);
  if (condition && telling) return { text: closed(capitalised(unquoted(telling[1]!))), about: condition[1]! };
  if (/^(?:please |always )?tell\b/i.test(sentence) && telling && !/^(?:about|how|what|your|the truth)\b/i.test(telling[1]!)) {
    return { text: closed(capitalised(unquoted(telling[1]!))), about: '' };
  }
  if (INSTRUCTION.test(sentence) || sentence.endsWith('?') || /\{\{|\}\}/.test(sentence)) return null;
  const labelled = sentence.match(/^([^:]{2,40}):\s+(.+)$/);
  if (labelled) {
    const [, label, rest] = labelled;
    const lead = HEADINGS.find(([pattern]) => pattern.test(label!))?.[1];
    return { text: closed(lead ? `${lead} ${rest}` : `${label}: ${rest}`), about: label! };
  }
  return /\p{L}.*\s.*\p{L}|\d/u.test(sentence) ? { text: closed(sentence), about: '' } : null;
}

const unquoted = (text: string) => text.replace(/^["'“](.*?)["'”]?\.?$/, '$1');

/** A proper name of one or several words, small ones in between: "Hotel of the North Sea". */
const PROPER = "(?:the )?([A-Z0-9][\\w&'.-]*(?: (?:(?:of|and|the|&|for) )*[A-Z0-9][\\w&'-]*)*)";

function identityIn(prompt: string): { organisation: string | null; name: string | null; described: string | null } {
  const opening = prompt.slice(0, 3000);
  const name =
    opening.match(
      /\b(?:[Yy]our name is|[Yy]ou are (?:called|named)|(?:assistant|receptionist|agent|representative) (?:called|named)) ([A-Z][a-z]+)/,
    )?.[1] ??
    opening.match(/\bYou(?:'re| are) ([A-Z][a-z]+)(?=[,.]| (?:from|of|at|and|the|an?)\b)/)?.[1] ??
    null;
  const organisation =
    opening.match(new RegExp(`\\bYou(?:'re| are)\\b[^.\\n]*?\\b(?:of|for|at|from|with) ${PROPER}`))?.[1] ??
    opening.match(
      new RegExp(`\\b(?:work|working|call(?:ing)?|speak(?:ing)?|answer the phone) (?:for|at|of|on behalf of|from) ${PROPER}`),
    )?.[1] ??
    null;
  const company = organisation?.replace(/[.'-]+$/, '') ?? null;
  const apposition = company
    ? opening.match(new RegExp(`${company.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}, (an? [^.\\n]+)\\.`))?.[1]
    : undefined;
  return { organisation: company, name, described: apposition ? `${company} is ${apposition}.` : null };
}
