import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** A verb or noun of a TwiML document, as an XML parser of its own reads it. */
export interface Verb {
  name: string;
  attributes: Record<string, string>;
  children: Verb[];
  text: string;
}

/** @returns the verbs of a document. @throws Error where it is not well-formed or no TwiML. */
export function readTwiml(document: string): Verb[] {
  const root: Verb = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const verb: Verb = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(verb);
    open.push(verb);
  });
  parser.on('text', (text) => {
    const verb = open.at(-1);
    if (verb) verb.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(document).close();
  const [response] = root.children;
  if (response?.name !== 'Response') throw new Error('The document is no <Response>.');
  return response.children;
}
