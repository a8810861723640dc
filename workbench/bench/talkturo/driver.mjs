// The engine of this project behind the workload's interface (workload/README.md): createCallSession with the simulated
// vendors behind the ports. options: { vad: 'energy' | 'silero' }. As for every engine: the turn ends by silence and
// transcript alone, barge-in by the length of speech alone, no filler, no echo guard, no carrier in between.
import { createCallSession, createResampler, decodeUlaw, defaultTimings, silencePolicy, systemClock } from '@talkturo/voice';

const RATE = 16000;

/** The workload's shared energy detector behind the VoiceActivity port. */
const energyActivity = (vendors) => ({
  id: 'bench-energy',
  open({ listener }) {
    const vad = vendors.createVad();
    let nowMs = 0;
    return {
      push(pcm) {
        for (const window of vad.push(pcm)) {
          nowMs += 20;
          if (window.event === 'start') listener.speechStarted(nowMs - window.speechMs);
          else if (window.event === 'end' || (window.speaking && !window.speech)) listener.silence(nowMs - window.silenceMs, nowMs);
          else if (window.speaking) listener.speechContinues(nowMs);
        }
      },
      endSegment() {},
      close() {},
    };
  },
});

const speechToText = (vendors) => ({
  id: 'bench-stt',
  capabilities: { wants: 'any', endOfTurn: false, segmented: false, languages: 'any' },
  async open({ sampleRate }) {
    const stt = vendors.openStt();
    const mapped = ({ done, value }) =>
      done ? { done, value } : { done, value: { ...value, type: value.type === 'interim' ? 'partial' : 'final' } };
    return {
      write: (pcm) => stt.push(pcm, sampleRate),
      close: () => stt.end(),
      [Symbol.asyncIterator]: () => ({ next: () => stt[Symbol.asyncIterator]().next().then(mapped) }),
    };
  },
});

const languageModel = (vendors) => ({
  id: 'bench-llm',
  reply({ messages }, signal) {
    const tokens = vendors.llm({ messages, signal });
    const mapped = ({ done, value }) => (done ? { done, value } : { done, value: { type: 'text', text: value } });
    return {
      [Symbol.asyncIterator]: () => ({ next: () => tokens.next().then(mapped), return: () => tokens.return() }),
    };
  },
});

const textToSpeech = (vendors) => ({
  id: 'bench-tts',
  capabilities: { streaming: true, languages: 'any' },
  speak(text, _voice, signal) {
    const sound = vendors.tts(text, { signal });
    const mapped = ({ done, value }) => (done ? { done, value } : { done, value: { pcm: value, sampleRate: RATE } });
    return {
      [Symbol.asyncIterator]: () => ({ next: () => sound.next().then(mapped), return: () => sound.return() }),
    };
  },
});

export async function createEngine({ settings, options }) {
  const silero = options.vad === 'silero' ? await (await import('@talkturo/providers')).createSileroVoiceActivity() : null;
  const { turn } = settings;
  const timings = {
    ...defaultTimings,
    endOfTurnSilenceMs: turn.vadSilenceMs + turn.endpointingDelayMs,
    minSpeechMs: turn.vadMinSpeechMs,
    bargeInSpeechMs: turn.bargeInMinSpeechMs,
    eagerSilenceMs: 0,
    fillerAfterMs: 0,
    nudgeAfterMs: 0,
    echoGuardMs: 0,
  };

  async function startSession({ vendors, onAgentAudio, onAgentAudioEnd, onAgentAudioCleared }) {
    let listener;
    const toLine = createResampler(8000, RATE);
    const leg = {
      sampleRate: RATE,
      start(next) {
        listener = next;
      },
      send: (pcm) => onAgentAudio(pcm, RATE),
      clear: () => onAgentAudioCleared(),
      hangup() {
        listener.closed('local');
      },
    };
    const session = createCallSession({
      leg,
      clock: systemClock,
      stages: {
        voiceActivity: silero ? silero.voiceActivity : energyActivity(vendors),
        speechToText: [speechToText(vendors)],
        languageModel: [languageModel(vendors)],
        textToSpeech: [textToSpeech(vendors)],
      },
      briefing: {
        instructions: 'You are a helpful phone agent.',
        firstMessage: null,
        language: 'en',
        transcriberModel: null,
        model: null,
        temperature: 0.7,
        maxTokens: 500,
        voice: { model: null, id: null, name: null, language: 'en', sampleRate: RATE },
        hints: [],
      },
      timings,
      turnPolicies: [silencePolicy],
      recording: null,
      tools: [],
      onEvent(event) {
        if (event.type === 'turn' && event.turn.speaker === 'assistant' && !event.turn.interrupted) onAgentAudioEnd(() => {});
      },
    });
    session.start();
    return {
      pushCallerFrame: (frame) => listener.frame(frame instanceof Uint8Array ? toLine.process(decodeUlaw(frame)) : frame),
      async close() {
        listener.closed('hangup');
        await session.done;
      },
    };
  }

  return { startSession, close: async () => silero?.stop() };
}
