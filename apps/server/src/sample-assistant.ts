import type { Caller } from './http/caller.ts';
import type { Platform } from './platform.ts';

const NAME = 'Sample receptionist';

const PROMPT = `You are the receptionist of Rosemary Bakery, a small bakery in Portland.
We are open Monday to Friday from seven in the morning until six in the evening, and on Saturday from eight until two.
We are closed on Sunday.
Our address is 12 Harbour Street, next to the post office.
A loaf of sourdough bread costs six dollars.
A birthday cake costs forty dollars and must be ordered two days ahead.
We deliver in the city for five dollars.
You can pay in cash or by card.
Be friendly and keep your answers short.`;

/** What the caller of the demonstration asks, each after the answer to the one before. */
export const SAMPLE_SCRIPT = {
  questions: ['Hello, what are your opening hours?', 'And how much does a birthday cake cost?', 'Okay, and where can I find you?'],
  goodbye: 'Thank you very much. Goodbye.',
};

/** The assistant of the demonstration: everything local, so that it needs no key. Made when there is none. */
export async function sampleAssistant({ assistants }: Platform, caller: Caller): Promise<string> {
  const known = await assistants.list(caller, { search: NAME, limit: 1, offset: 0 });
  const found = known.rows[0];
  if (found) return found.id;
  const made = await assistants.create(caller, { accountSlug: caller.accountSlug, name: NAME, templateId: 'inbound-support' });
  await assistants.change(
    caller,
    made.id,
    {
      provider: 'local',
      model: 'local',
      voice_provider: 'local',
      voice_model: 'flite',
      voice_id: 'rms',
      voice_name: 'Local voice',
      transcriptor_provider: 'local',
      transcriptor_model: 'moonshine-tiny',
      transcriptor_language: 'en',
      first_message: 'Rosemary Bakery, good morning. How can I help you?',
      system_prompt: PROMPT,
      outbound_enabled: true,
    },
    null,
  );
  return made.id;
}
