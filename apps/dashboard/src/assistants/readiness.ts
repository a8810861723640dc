import type { EditedAssistant } from './assistants.queries.ts';
import { unknownVariables } from './variables.ts';

export type Tab = 'prompt' | 'model' | 'voice' | 'transcriber' | 'telephony' | 'webhooks';

/** A reason why a call would not go well, as the name of its text under `assistants.lacks`. */
export interface Lack {
  tab: Tab;
  what:
    | 'prompt'
    | 'variables'
    | 'model'
    | 'realtimeModel'
    | 'realtimeKey'
    | 'voice'
    | 'voiceLanguage'
    | 'language'
    | 'transcriber'
    | 'direction'
    | 'number';
  /** What the sentence names. */
  names?: string;
}

/** Whose key a realtime provider works with, as the list of vendors names it. */
const REALTIME_KEYS = { 'openai-realtime': 'openai', 'gemini-live': 'google' } as const;

/**
 * What is missing before this assistant can take or place a call, tab by tab. `keyless`: vendors for which neither the account nor the
 * server has a key, by id, with their names.
 */
export function lacksOf(
  assistant: EditedAssistant,
  known: readonly string[],
  numbers: number,
  keyless: ReadonlyMap<string, string> = new Map(),
): Lack[] {
  const lacks: Lack[] = [];
  const english = /^en\b/i.test(assistant.transcriptor_language);
  const unknown = unknownVariables(`${assistant.first_message} ${assistant.system_prompt}`, known);
  if (assistant.system_prompt.trim() === '') lacks.push({ tab: 'prompt', what: 'prompt' });
  if (unknown.length > 0) lacks.push({ tab: 'prompt', what: 'variables', names: unknown.join(', ') });
  if (assistant.model.trim() === '') lacks.push({ tab: 'model', what: 'model' });
  lacks.push(...realtimeLacks(assistant, keyless));
  if (assistant.voice_id.trim() === '' || assistant.voice_model.trim() === '') lacks.push({ tab: 'voice', what: 'voice' });
  // The local models are English only.
  if (!english && assistant.voice_provider === 'local') lacks.push({ tab: 'voice', what: 'voiceLanguage' });
  if (!english && assistant.transcriptor_provider === 'local') lacks.push({ tab: 'transcriber', what: 'language' });
  if (assistant.transcriptor_model.trim() === '') lacks.push({ tab: 'transcriber', what: 'transcriber' });
  if (!assistant.inbound_enabled && !assistant.outbound_enabled) lacks.push({ tab: 'telephony', what: 'direction' });
  if (assistant.inbound_enabled && numbers === 0) lacks.push({ tab: 'telephony', what: 'number' });
  return lacks;
}

function realtimeLacks(assistant: EditedAssistant, keyless: ReadonlyMap<string, string>): Lack[] {
  if (assistant.mode !== 'realtime') return [];
  const lacks: Lack[] = [];
  const vendor = keyless.get(REALTIME_KEYS[assistant.realtime_provider]);
  if (assistant.realtime_model.trim() === '' || assistant.realtime_voice.trim() === '') lacks.push({ tab: 'model', what: 'realtimeModel' });
  if (vendor !== undefined) lacks.push({ tab: 'model', what: 'realtimeKey', names: vendor });
  return lacks;
}
