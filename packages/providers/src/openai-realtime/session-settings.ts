import type { Message, SpeechSessionOptions } from '@talkturo/voice';
import { currentModel, RETIRED_REALTIME_AT_OPENAI } from '../retired-models.ts';
import { languageLine } from '../wire/speech-line.ts';
import { vendorLanguage } from '../wire/vendor-language.ts';

export const OPENAI_URL = 'https://api.openai.com/v1';
const DEFAULT_MODEL = 'gpt-realtime';
const DEFAULT_VOICE = 'marin';
/**
 * What the caller said, for the transcript; the model itself hears the sound. OpenAI switches it off on 2027-02-26 and names no
 * successor for sessions like these yet (developers.openai.com/api/docs/deprecations, November 2026).
 */
const TRANSCRIPTION_MODEL = 'gpt-4o-mini-transcribe';
/** The only PCM it takes and gives. */
export const PCM_RATE = 24_000;

/** Telephone lines are spoken to in µ-law, bit-exact and a sixth of the bytes. */
export const isTelephone = (sampleRate: number): boolean => sampleRate === 8000;

export const realtimeModel = (model: string | null, nowMs = Date.now()): string =>
  currentModel(model ?? DEFAULT_MODEL, RETIRED_REALTIME_AT_OPENAI, nowMs);

export function realtimeAddress(baseUrl: string, model: string | null, nowMs = Date.now()): URL {
  const address = new URL(`${baseUrl.replace(/\/$/, '')}/realtime`);
  address.protocol = address.protocol.replace('http', 'ws');
  address.searchParams.set('model', realtimeModel(model, nowMs));
  return address;
}

/** The first message of a session. */
export function sessionUpdate({ instructions, language, sampleRate, tools, voice }: SpeechSessionOptions): object {
  const format = isTelephone(sampleRate) ? { type: 'audio/pcmu' } : { type: 'audio/pcm', rate: PCM_RATE };
  return {
    type: 'session.update',
    session: {
      type: 'realtime',
      instructions: `${instructions}\n\n${languageLine(language)}`,
      output_modalities: ['audio'],
      audio: {
        input: {
          format,
          transcription: { model: TRANSCRIPTION_MODEL, language: vendorLanguage(language) },
          noise_reduction: { type: 'near_field' },
          turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true },
        },
        output: { format, voice: voice ?? DEFAULT_VOICE },
      },
      tools: tools.map(({ name, description, parameters }) => ({ type: 'function', name, description, parameters })),
      tool_choice: 'auto',
    },
  };
}

/** A message that may be refused: its refusal names it, so that it is not taken for that of another one. */
export const named = <Message extends { type: string }>(message: Message): Message & { event_id: string } => ({
  event_id: message.type,
  ...message,
});

const item = (item: object): object => named({ type: 'conversation.item.create', item });

/** Something said, as items of the conversation. */
export function itemsOf(message: Message): object[] {
  if (message.role === 'tool') return [item({ type: 'function_call_output', call_id: message.callId, output: message.content })];
  const type = message.role === 'user' ? 'input_text' : 'output_text';
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  return [
    ...(message.content.trim() === '' ? [] : [item({ type: 'message', role: message.role, content: [{ type, text: message.content }] })]),
    ...calls.map((call) => item({ type: 'function_call', call_id: call.id, name: call.name, arguments: JSON.stringify(call.input ?? {}) })),
  ];
}
