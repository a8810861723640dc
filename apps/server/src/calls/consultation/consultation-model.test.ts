import type { Message, ReplyPart } from '@talkturo/voice';
import { describe, expect, it } from 'vitest';
import { ACCEPT, consultationTools, createConsultationModel, DECLINE } from './consultation-model.ts';
import { declinedOf, offerOf, questionOf } from './consultation-words.ts';

const OFFER = offerOf({ assistant: 'Alex', company: 'Acme', caller: 'Anna Smith', summary: null }, 'en');
const asked: Message = { role: 'assistant', content: OFFER };
const said = (content: string): Message => ({ role: 'user', content });

/** What it says and calls. */
async function reply(...messages: Message[]): Promise<string> {
  const request = { model: null, instructions: '', messages, tools: [], temperature: 0, maxTokens: 100, language: 'en' };
  const parts: ReplyPart[] = [];
  for await (const part of createConsultationModel(OFFER).reply(request, new AbortController().signal)) parts.push(part);
  return parts.map((part) => (part.type === 'text' ? part.text : part.type === 'tool-call' ? `<${part.call.name}>` : '')).join(' ');
}

describe('whoever is asked whether they take a caller', () => {
  it('takes them with a yes, declines with a no', async () => {
    expect(await reply(asked, said('Yes, please.'))).toBe(`<${ACCEPT}>`);
    expect(await reply(asked, said('No.'))).toBe(`${declinedOf('en')} <${DECLINE}>`);
  });

  it('has agreed to nothing before they know what is asked', async () => {
    expect(await reply(said('Yes, hello?'))).toBe(OFFER);
    expect(await reply({ role: 'assistant', content: 'Hello, this is' }, said('Yes?'))).toBe(OFFER);
    // A question that is cut off is a question all the same; a key is no greeting.
    expect(await reply({ role: 'assistant', content: 'Anna is on the line. May I put the' }, said('Yes.'))).toBe(`<${ACCEPT}>`);
    expect(await reply(said('(on the keypad) 1'))).toBe(`<${ACCEPT}>`);
  });

  it('is asked again when they cannot be understood, and not for ever', async () => {
    const unclear = [asked, said('Who?')];
    expect(await reply(...unclear)).toBe(OFFER);
    expect(await reply(...unclear, asked, said('What is it?'))).toBe(questionOf('en'));
    expect(await reply(...unclear, asked, said('What is it?'), asked, said('Hm.'))).toBe(`${declinedOf('en')} <${DECLINE}>`);
    expect(await reply(...unclear, asked, said('Ah, okay.'))).toBe(`<${ACCEPT}>`);
  });

  it('hears nothing more once they have agreed', async () => {
    expect(await reply(asked, said('Yes.'), { role: 'tool', callId: '1', name: ACCEPT, content: 'ok' })).toBe('');
  });
});

it('the answer is told, and hangs up only where it is a no', async () => {
  const told: boolean[] = [];
  const [accept, decline] = consultationTools((takes) => told.push(takes));
  const { signal } = new AbortController();
  expect((await accept!.run({}, signal)).effect).toBeUndefined();
  expect((await decline!.run({}, signal)).effect).toEqual({ type: 'end-call' });
  expect(told).toEqual([true, false]);
});
