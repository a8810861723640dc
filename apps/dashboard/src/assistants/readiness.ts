import type { Assistant } from './assistants.queries.ts';
import { unknownVariables } from './variables.ts';

export type Tab = 'prompt' | 'model' | 'voice' | 'transcriber' | 'telephony' | 'webhooks';

/** A reason why a call would not go well, as the name of its text under `assistants.lacks`. */
export interface Lack {
  tab: Tab;
  what: 'prompt' | 'variables' | 'model' | 'voice' | 'voiceLanguage' | 'language' | 'transcriber' | 'direction' | 'number';
  /** What the sentence names. */
  names?: string;
}

/** What is missing before this assistant can take or place a call, tab by tab. */
export function lacksOf(assistant: Assistant, known: readonly string[], numbers: number): Lack[] {
  const lacks: Lack[] = [];
  const english = /^en\b/i.test(assistant.transcriptor_language);
  const unknown = unknownVariables(`${assistant.first_message} ${assistant.system_prompt}`, known);
  if (assistant.system_prompt.trim() === '') lacks.push({ tab: 'prompt', what: 'prompt' });
  if (unknown.length > 0) lacks.push({ tab: 'prompt', what: 'variables', names: unknown.join(', ') });
  if (assistant.model.trim() === '') lacks.push({ tab: 'model', what: 'model' });
  if (assistant.voice_id.trim() === '' || assistant.voice_model.trim() === '') lacks.push({ tab: 'voice', what: 'voice' });
  // The local models are English only.
  if (!english && assistant.voice_provider === 'local') lacks.push({ tab: 'voice', what: 'voiceLanguage' });
  if (!english && assistant.transcriptor_provider === 'local') lacks.push({ tab: 'transcriber', what: 'language' });
  if (assistant.transcriptor_model.trim() === '') lacks.push({ tab: 'transcriber', what: 'transcriber' });
  if (!assistant.inbound_enabled && !assistant.outbound_enabled) lacks.push({ tab: 'telephony', what: 'direction' });
  if (assistant.inbound_enabled && numbers === 0) lacks.push({ tab: 'telephony', what: 'number' });
  return lacks;
}
