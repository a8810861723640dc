import type { Message, SpeechSessionOptions } from '@talkturo/voice';
import { languageLine } from '../wire/speech-line.ts';

export const GOOGLE_URL = 'https://generativelanguage.googleapis.com/v1beta';
/** Stable since 2026-09-15, with no day of its end (ai.google.dev/gemini-api/docs/deprecations, read in November 2026). */
const DEFAULT_MODEL = 'gemini-3.8-live';
const DEFAULT_VOICE = 'Kore';
const SERVICE = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
/** What it takes and what it gives. */
export const INPUT_RATE = 16_000;
export const OUTPUT_RATE = 24_000;

/** `baseUrl` is that of the other models: up to and with the version, which the sockets do not have in front. */
export function liveAddress(baseUrl: string, apiKey: string): URL {
  const address = new URL(baseUrl.replace(/\/v1(alpha|beta)?\/?$/, '').replace(/\/$/, '') + SERVICE);
  address.protocol = address.protocol.replace('http', 'ws');
  address.searchParams.set('key', apiKey);
  return address;
}

/** What was said before, as text for the instructions: every model takes those, few take turns that they have not led. */
function storyOf(history: readonly Message[]): string {
  const lines = history.flatMap((message) => {
    if (message.role === 'tool') return [`(${message.name} answered: ${message.content})`];
    const calls =
      message.role === 'assistant'
        ? (message.toolCalls ?? []).map(({ name, input }) => `(You called ${name} with ${JSON.stringify(input)}.)`)
        : [];
    const said = message.content.trim() === '' ? [] : [`${message.role === 'user' ? 'Caller' : 'You'}: ${message.content}`];
    return [...said, ...calls];
  });
  return lines.length === 0 ? '' : `\n\nThe call has begun already. This was said so far; go on from there:\n${lines.join('\n')}`;
}

/** The model as Google names it. */
export const liveModel = (model: string | null): string => (model ?? DEFAULT_MODEL).replace(/^models\//, '');

/**
 * Whether text is taken as turns of the conversation (`clientContent`) while a session goes on. From the third generation on that
 * closes the session with 1007, unless it is the history with which it begins: text is then input like sound (`realtimeInput.text`;
 * ai.google.dev/gemini-api/docs/live-api/capabilities, google/adk-python#5018, livekit/agents-js#1186; our own sheet is silent).
 */
export const takesTurns = (model: string): boolean => /^gemini-(?:live-)?2(?:\D|$)/.test(model);

/** The first message of a session. */
export function setupOf(options: SpeechSessionOptions): object {
  const { instructions, language, temperature, tools, model, voice, history, resume } = options;
  const story = resume === undefined ? storyOf(history) : '';
  return {
    setup: {
      model: `models/${liveModel(model)}`,
      generationConfig: {
        responseModalities: ['AUDIO'],
        temperature,
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice ?? DEFAULT_VOICE } } },
      },
      systemInstruction: { parts: [{ text: `${instructions}\n\n${languageLine(language)}${story}` }] },
      ...(tools.length > 0 && {
        tools: [
          {
            // It waits for the answer before it speaks on; left out, newer models would go on without it.
            functionDeclarations: tools.map(({ name, description, parameters }) => ({
              name,
              description,
              parametersJsonSchema: parameters,
              behavior: 'BLOCKING',
            })),
          },
        ],
      }),
      realtimeInputConfig: { automaticActivityDetection: { disabled: false } },
      inputAudioTranscription: {},
      outputAudioTranscription: {},
      sessionResumption: resume === undefined ? {} : { handle: resume },
      // Without it a session of sound ends after a quarter of an hour.
      contextWindowCompression: { slidingWindow: {} },
    },
  };
}
