import { describe, expect, it } from 'vitest';
import { createConversation } from './conversation.ts';

describe('the memory of a call', () => {
  it('joins what the caller says until it is answered', () => {
    const conversation = createConversation();
    conversation.caller('I want');
    conversation.caller('bread');
    expect(conversation.messages).toEqual([{ role: 'user', content: 'I want bread' }]);
    conversation.assistant('Which one?');
    conversation.caller('dark');
    expect(conversation.messages).toHaveLength(3);
  });

  it('keeps of a reply only what was heard', () => {
    const conversation = createConversation();
    const draft = conversation.reply();
    draft.say('We have bread');
    draft.say(' and rolls.');
    draft.close('We have bread');
    draft.close('twice');
    expect(conversation.messages).toEqual([{ role: 'assistant', content: 'We have bread' }]);
    const unheard = conversation.reply();
    unheard.say('Never heard.');
    unheard.close('');
    expect(conversation.messages).toHaveLength(1);
  });

  it('keeps tools that ran, and of the words around them only those that were heard', () => {
    const conversation = createConversation();
    const draft = conversation.reply();
    const call = { id: '1', name: 'book', input: {} };
    draft.say('One moment.');
    draft.tools([call], [{ callId: '1', name: 'book', content: 'Booked.' }]);
    expect(conversation.messages[0]).toEqual({ role: 'assistant', content: 'One moment.', toolCalls: [call] });
    draft.say(' It is booked.');
    expect([draft.text, draft.tail]).toEqual(['One moment. It is booked.', ' It is booked.']);
    draft.close('One moment. It');
    expect(conversation.messages).toEqual([
      { role: 'assistant', content: 'One moment.', toolCalls: [call] },
      { role: 'tool', callId: '1', name: 'book', content: 'Booked.' },
      { role: 'assistant', content: ' It' },
    ]);
  });

  it('cuts the words before the tools too', () => {
    const conversation = createConversation();
    const draft = conversation.reply();
    draft.say('One moment please.');
    draft.tools([{ id: '1', name: 'book', input: {} }], []);
    draft.close('One');
    expect(conversation.messages).toMatchObject([{ content: 'One' }]);
  });
});
