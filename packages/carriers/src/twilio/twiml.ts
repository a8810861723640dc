/** An element of an XML document: never text put together by hand. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  children: readonly (XmlElement | string)[];
}

/** Attributes that are undefined are left out. */
export const element = (name: string, attributes: XmlElement['attributes'] = {}, ...children: XmlElement['children']): XmlElement => ({
  name,
  attributes,
  children,
});

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Everything outside the Char production of XML 1.0 (section 2.2), lone surrogates included: no document may hold it, not even escaped. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** White space is escaped too: attributes would lose it (XML 1.0 section 3.3.3). */
const escaped = (text: string): string =>
  text
    .replace(NO_CHARACTER, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

function write({ name, attributes, children }: XmlElement): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value))}"`],
  );
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : write(child))).join('');
  return inner === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inner}</${name}>`;
}

/** A TwiML document of these verbs: https://www.twilio.com/docs/voice/twiml */
export const twiml = (...verbs: XmlElement[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${write(element('Response', {}, ...verbs))}`;

/**
 * Sound both ways over a WebSocket. The verb lasts as long as the socket, and the call ends after it, as no other follows.
 * Twilio refuses an address with a query (error 31920), so the token travels as a parameter: it comes back in the start message.
 */
export const connectStream = (stream: { url: string; token: string; statusCallback: string }): XmlElement =>
  element(
    'Connect',
    {},
    element(
      'Stream',
      { url: stream.url, statusCallback: stream.statusCallback, statusCallbackMethod: 'POST' },
      element('Parameter', { name: 'token', value: stream.token }),
    ),
  );

/**
 * Puts a call into a conference of two, silent until the other is there; it is over for both when either leaves.
 * @param name of the conference, unique in the account
 */
export const joinConference = (name: string): XmlElement =>
  element('Dial', {}, element('Conference', { beep: false, waitUrl: '', startConferenceOnEnter: true, endConferenceOnExit: true }, name));

/** Turns a caller away without answering, which costs nothing. */
export const rejectCall = (cause: 'busy' | 'declined'): XmlElement => element('Reject', { reason: cause === 'busy' ? 'busy' : 'rejected' });
