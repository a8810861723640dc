import { createCallSession, createEnergyVoiceActivity, decodeUlaw, defaultTimings, systemClock } from '@talkturo/voice';
import { createScriptedLanguageModel, createScriptedLeg, createScriptedSpeechToText, until } from '@talkturo/voice/testing';
import { expect, test } from 'vitest';
import { toneFor } from './testing/simulated-voice.ts';
import { simulatedVoices } from './testing/vendor-stages.ts';

/** What the vendor's tone is after the format it was asked for in. */
function toneOf(text: string, rate: number): number[] {
  const pieces = [...toneFor(text, rate, rate === 8000 ? 'ulaw' : 's16le')];
  const bytes = Buffer.concat(pieces);
  return rate === 8000 ? [...decodeUlaw(bytes)] : Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i));
}

/** What each vendor was asked for, however it is asked. */
const askedFormat = (simulator: { requests: readonly { query: URLSearchParams }[]; messages: readonly Record<string, unknown>[] }) =>
  simulator.requests.find(({ query }) => query.has('output_format'))?.query.get('output_format') ??
  JSON.stringify(simulator.messages[0]!.output_format);

const asCartesia = (encoding: string, sample_rate: number) => JSON.stringify({ container: 'raw', encoding, sample_rate });

test.each([
  ['cartesia', 8000, asCartesia('pcm_mulaw', 8000)],
  ['cartesia', 16_000, asCartesia('pcm_s16le', 16_000)],
  ['cartesia', 24_000, asCartesia('pcm_s16le', 24_000)],
  ['elevenlabs', 8000, 'ulaw_8000'],
  ['elevenlabs', 16_000, 'pcm_16000'],
  ['elevenlabs', 24_000, 'pcm_24000'],
  ['elevenlabs-http', 8000, 'ulaw_8000'],
  ['elevenlabs-http', 16_000, 'pcm_16000'],
  ['elevenlabs-http', 24_000, 'pcm_24000'],
])('%s on a line of %i Hz is asked for that, and what comes reaches the line sample by sample', async (name, rate, format) => {
  const voice = await simulatedVoices[name]!();
  const leg = createScriptedLeg(systemClock, { sampleRate: rate });
  const sent: number[] = [];
  const send = leg.send.bind(leg);
  leg.send = (pcm) => {
    sent.push(...pcm);
    send(pcm);
  };
  const session = createCallSession({
    leg,
    clock: systemClock,
    stages: {
      voiceActivity: createEnergyVoiceActivity(),
      speechToText: [createScriptedSpeechToText(systemClock)],
      languageModel: [createScriptedLanguageModel(systemClock)],
      textToSpeech: [voice.create()],
    },
    briefing: {
      instructions: '',
      firstMessage: 'Good day.',
      language: 'en',
      transcriberModel: null,
      model: null,
      temperature: 0,
      maxTokens: 10,
      voice: { model: voice.model, id: 'v1', name: null, language: 'en', sampleRate: rate },
      hints: [],
    },
    timings: defaultTimings,
    recording: null,
    tools: [],
    onEvent: () => undefined,
  });
  session.start();
  const tone = toneOf('Good day.', rate);
  await until(() => sent.length >= tone.length, 'the greeting was sent', 20_000);
  expect(askedFormat(voice.simulator)).toBe(format);
  expect(sent.slice(0, tone.length)).toEqual(tone);
  leg.hangsUp();
  await session.done;
  await voice.stop();
});
