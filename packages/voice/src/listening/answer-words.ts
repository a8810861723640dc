/**
 * What the first words of whoever picks up tell:
 * - `mailbox`: a recording that takes a message;
 * - `recording`: a recording, without a word of a message (or not yet);
 * - `screening`: a call screener asks who is calling and why (iOS, Google);
 * - `hold`: whoever answered puts us off for a moment;
 * - `person`: somebody who wants to talk;
 * - `unclear`: nothing of these.
 */
export type AnswerMeaning = 'mailbox' | 'recording' | 'screening' | 'hold' | 'person' | 'unclear';

/** A screener that has its caller speak after a tone, and would else be taken for a mailbox. */
const SCREENING_AFTER_TONE = [/\b(state|say|record) your name (after|at) the (tone|beep)\b(?!.*\bmessage\b)/];

/** Whoever says this wants a message. "Would you like to leave a message?" is a person's question. */
const MAILBOX = [
  /\b(after|at|following|at the sound of) the (tone|beep|signal)\b/,
  /(?<!\b(like|want|wish) to |\b(can|could|may|should) (i|we|you) )\bleave (me |us |him |her |them )?(a|an|your) ((brief|short|detailed|quick|voice) )*(message|name|number|contact)/,
  /\brecord (a|your) message\b/,
  /\b(reached|forwarded to|transferred to|this is|welcome to|you are in) (\S+ ){0,6}(voice ?mail|voice messaging|mail ?box|answering (machine|service))\b/,
  /\bvoice ?mail(box)? (of|for|is|system|service)\b/,
  /\bmail ?box (is full|of|belonging)\b/,
  /\b(nach|mit) de[mn] (signal|piep|pfeif|beep|ton|signalton|piepton|pfeifton|piepser)/,
  /\b(mailbox|anrufbeantworter|sprachbox|sprachmailbox|voicemail) (von|des|der|ist|für|ihres)\b/,
  /\b(hier|das|mit) (\S+ ){0,3}(mailbox|anrufbeantworter|sprachbox)\b/,
  /\b(hinterlass(en|e|t)|sprech(en|t)|sprich) (\S+ ){0,5}(nachricht|mitteilung)\b/,
  /\b(hinterlass(en|e|t)) (\S+ ){0,3}(namen|telefonnummer|rufnummer)\b(?!.* grund)/,
  /\b(después|despues) de(l| la) (señal|tono|pitido)\b|\b(deje|deja) (\S+ ){0,2}mensaje\b|\bbuzón de (voz|mensajes)\b/,
  /\baprès le (bip|signal|ton)\b|\blaissez?(-| )(\S+ ){0,2}message\b|\b(messagerie|répondeur) (de|du|vocale?)\b/,
  /\bdopo il (segnale|bip|tono)\b|\blasci(a|ate|are)? (\S+ ){0,2}messaggio\b|\bsegreteria telefonica\b/,
  /\bna de (piep|toon|pieptoon)\b|\bspreek (\S+ ){0,4}in na\b|\bapós o sinal\b|\bdeixe (\S+ ){0,2}mensagem\b/,
];

const SCREENING = [
  /\b(say|state|record|tell (me|us)|give (me|us)|share|provide) (\S+ ){0,2}name (and|or|along with|followed by) (\S+ ){0,3}(why|reason|what|purpose)\b/,
  /\b(using|uses|by|from|with|through) (a |an |the )?(\S+ )?(call )?screening\b/,
  /\b(call )?screening (service|assistant)\b/,
  /\b(say|state|tell (me|us)|ask) (briefly |me )?(why you('re| are) calling|what (you('re| are) calling about|your call is about)|the reason for (your|the) call)/,
  /\b(i'll|i will|let me) (see|check) if (this|the|that) person (is|can|wants)\b/,
  /\b(namen?|name) und (\S+ )?(grund|anliegen|zweck|warum|weshalb|wieso)\b/,
  /\b(sagen|nennen|nenne|sag) (\S+ ){0,4}(warum|weshalb|wieso|grund) (\S+ ){0,2}(anruf|rufst|rufen)/,
  /\bgrund (ihres|deines|für ihren|für deinen|des) anruf/,
  /\b(anruffilter|anrufprüfung|anruf-?screening|call-?screening)\b/,
  /\bob (diese|die) person (gerade |jetzt )?(verfügbar|erreichbar|zu sprechen)\b/,
  /\b(votre nom|su nombre|tu nombre|il suo nome|il tuo nome|uw naam|o seu nome) (et|y|e|en) (\S+ ){0,2}(raison|motif|objet|motivo|por qué|reden)\b/,
];

const RECORDING = [
  /\b(can't|cannot|can not|unable to|not able to|not available to) (take|answer|come to|get to) (your|the|my) (call|phone)\b/,
  /\b(sorry )?(i|we)( have|'ve)? missed your call\b/,
  /\b(get|call|return) (back to you|you back|your call|back) (as soon as|at (my|our) earliest|when (i|we) (can|return))/,
  /\bthe (person|number|subscriber|customer|party|mobile|user) (that )?(you('re| are| have|'ve)?|which you) ?(\S+ ){0,4}(is|isn't|has|can't|cannot|are) /,
  /\b(our|the) offices? (is|are) (\S+ ){0,2}closed\b|\boutside (of )?(our )?(business|office|opening) hours\b/,
  /\b(your|this) call (has been|is being) (forwarded|transferred|redirected)\b/,
  /\byou('ve| have) reached (?!.*\b(help|do for) you\b)/,
  /\b(teilnehmer|gesprächspartner|rufnummer|anschluss|gewünschte person) (\S+ ){0,6}(nicht|vorübergehend)\b/,
  /\b(ich bin|wir sind) (\S+ ){0,4}nicht (erreichbar|zu erreichen|da|im büro)\b/,
  /\b(anruf) (\S+ ){0,4}nicht (entgegennehmen|annehmen|beantworten)\b/,
  /\b(rufe|rufen|melde|melden) (\S+ ){0,3}(sobald|so bald|schnellstmöglich|umgehend|baldmöglichst|so schnell)\b/,
  /\b(büro|praxis|geschäft|kanzlei) (\S+ ){0,3}(geschlossen|nicht besetzt)\b|\baußerhalb (unserer|der) (geschäfts|öffnungs|büro|sprech)/,
  /\bno (puedo|podemos|puede) (\S+ ){0,2}(atender|contestar)|\bne (peux|pouvons|peut) (\S+ ){0,2}(répondre|prendre)|\bnon (posso|possiamo|può) (\S+ ){0,2}rispondere/,
  /\b(is|isn't|are) (currently |presently |now )?(not accepting|unavailable to take) calls?\b/,
];

const HOLD = [
  /\b(stay|remain|hold|please hold|wait) (on )?(the |this )?line\b|\bhold (on|please)\b|\bplease (hold|wait)\b/,
  /\b(one|just a|a) (moment|second|minute)( please)?$|\b(connecting|transferring) (you|your call)\b/,
  /\b(i'm|i am|still)? ?(trying to (reach|connect|find)|checking (if|whether|with))\b/,
  /\b(bleiben|bleib) (sie )?(\S+ )?(dran|am apparat|in der leitung)\b|\b(bitte )?warten( sie)?( bitte)?\b|\b(einen|ein) (kleinen )?(moment|augenblick)\b/,
  /\b(wird|werden|ich) (\S+ ){0,2}verbunden\b|\bich verbinde\b/,
  /\bno cuelgue\b|\bne quittez pas\b|\brimanga in linea\b|\bun (instant|momento|attimo)\b/,
];

/** A turn that consists of nothing but these is a person at the phone. */
const GREETINGS = new Set(
  (
    'hello hi hey yes yeah yep hallo ja jo hi moin servus grüezi guten tag morgen abend bitte oui allô allo sí si diga dígame bueno pronto ' +
    'speaking good morning afternoon evening there halloo huh what'
  ).split(' '),
);
const LONGEST_GREETING_WORDS = 5;

const PERSON = [
  /\bwho('s| is| are) (this|there|that|calling|speaking|you)\b|\bmay i ask who\b/,
  /\bcan you hear me\b|\bi can('t| not)? ?(barely )?hear you\b|\bare you (still )?there\b|\bis (anybody|anyone|somebody|someone) there\b/,
  /\bi('m| am) (here|back|on the (phone|line))\b|\b(don't|do not) hang up\b|\bi('ve| have)? ?(just )?picked up\b/,
  /\b(how|what) (can|may) i (help|do for)\b|\bwhat('s| is) this (about|regarding)\b|\bwhat do you want\b/,
  /\bwer (ist|spricht|sind) (da|dort|denn|sie)\b|\bhören sie mich\b|\bich höre sie\b|\bsind sie (noch )?da\b|\bnicht auflegen\b/,
  /\bich bin (dran|da|hier|am apparat)\b|\bwas (kann|darf) ich für sie\b|\bwas (möchten|wollen) sie\b|\bworum geht\b/,
  /\bqui (est|êtes)\b.*\b(là|appareil|vous)\b|\bquién (es|habla)\b|\bchi (è|parla)\b/,
];

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}'\s-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * What somebody who has just picked up says with these words, in any language there are phrases for (English and German
 * in full; the usual ones in Spanish, French, Italian, Dutch, Portuguese): mailboxes speak the language of their owner,
 * not the assistant's.
 */
export function meaningOf(text: string): AnswerMeaning {
  const said = plain(text);
  const has = (phrases: readonly RegExp[]) => phrases.some((phrase) => phrase.test(said));
  if (has(SCREENING_AFTER_TONE)) return 'screening';
  if (has(MAILBOX)) return 'mailbox';
  if (has(SCREENING)) return 'screening';
  if (has(RECORDING)) return 'recording';
  if (has(HOLD)) return 'hold';
  return has(PERSON) || isGreeting(said) ? 'person' : 'unclear';
}

function isGreeting(said: string): boolean {
  const words = said.split(' ');
  return said !== '' && words.length <= LONGEST_GREETING_WORDS && words.every((word) => GREETINGS.has(word));
}
