// The local speech stack end to end: callers of one-sentence turns over a µ-law line, our own detector, transcriber,
// dialogue and voice, or for a stage a vendor's adapter against its simulator. Measures the time from the end of the caller's speech to the assistant's first sound.
//   npm run bench -- --suite local [--sessions 1,16] [--turns 4]
import { createLocalDialogue, startLocalSpeech } from '@talkturo/providers';
import {
  inARow,
  lineNoise,
  overTelephone,
  SIMULATED_MODELS,
  simulatedModel,
  simulatedTranscribers,
  simulatedVoices,
  testSpeech,
} from '@talkturo/providers/testing';
import { createCallSession, defaultTimings, type Leg, type LegListener, rms, systemClock } from '@talkturo/voice';

const RATE = 8000;
const FRAME = 160;
const PAUSE_MS = 6000;
const SENTENCES = [
  'When are you open on Saturday?',
  'How much is a loaf of bread?',
  'What is your address?',
  'Do you have chocolate cake today?',
];
const INSTRUCTIONS =
  'You are the assistant of a bakery. We are open from eight to six on weekdays and from nine to two on Saturday. A loaf of bread costs four dollars. Our address is 12 Main Street. We have chocolate cake on Fridays.';

export interface LocalStackFigures {
  sessions: number;
  turns: number;
  missed: number;
  p50: number;
  p95: number;
  cpuSPerCallMin: number;
  heard: string[];
}

const percentile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN);
};

const spoken = new Map<string, Int16Array>();
function callersVoice(sentence: string): Int16Array {
  const known = spoken.get(sentence) ?? overTelephone(testSpeech(sentence, { voice: 'slt' }));
  spoken.set(sentence, known);
  return known;
}

/** A caller's whole call as sound, and where each sentence ends, ms. */
function script(first: number, turns: number): { pcm: Int16Array; endsMs: number[] } {
  const pieces: Int16Array[] = [lineNoise(1500)];
  const endsMs: number[] = [];
  let samples = 1500 * 8;
  for (let turn = 0; turn < turns; turn++) {
    const speech = callersVoice(SENTENCES[(first + turn) % SENTENCES.length]!);
    let last = speech.length;
    while (last > FRAME && rms(speech.subarray(last - FRAME, last)) < 200) last -= FRAME;
    endsMs.push((samples + last) / 8);
    const pause = lineNoise(PAUSE_MS);
    pieces.push(speech, pause);
    samples += speech.length + pause.length;
  }
  return { pcm: inARow(...pieces), endsMs };
}

/** Vendors by the names of the simulators; left out: our own. */
export interface VendorChoice {
  stt?: string | undefined;
  llm?: string | undefined;
  tts?: string | undefined;
}

const named = <Value>(table: Record<string, Value>, name: string): Value => {
  const found = table[name];
  if (!found) throw new Error(`There is no simulator "${name}"; there are ${Object.keys(table).join(', ')}.`);
  return found;
};

/** Runs `sessions` calls at once and answers how long the callers waited. */
export async function runLocalStack(sessions: number, turns: number, vendors: VendorChoice = {}): Promise<LocalStackFigures> {
  const speech = await startLocalSpeech();
  const model = createLocalDialogue();
  const models = Object.fromEntries(SIMULATED_MODELS.map((vendor) => [vendor, () => simulatedModel(vendor)]));
  const ears = vendors.stt ? await named(simulatedTranscribers, vendors.stt)(SENTENCES[0]!) : null;
  const mind = vendors.llm ? await named(models, vendors.llm)() : null;
  const mouth = vendors.tts ? await named(simulatedVoices, vendors.tts)() : null;
  const waits: number[] = [];
  const heard: string[] = [];
  let missed = 0;

  // The callers' speech is made before the clock runs: it must not share the thread with what is measured.
  const scripts = Array.from({ length: sessions }, (_, index) => script(index, turns));

  async function call(index: number): Promise<void> {
    const { pcm, endsMs } = scripts[index]!;
    const sent: number[] = [];
    let listener: LegListener | null = null;
    const leg: Leg = {
      sampleRate: RATE,
      start(next) {
        listener = next;
      },
      send: () => void sent.push(performance.now()),
      clear() {},
      hangup: () => listener?.closed('local'),
    };
    const session = createCallSession({
      leg,
      clock: systemClock,
      stages: {
        voiceActivity: speech.voiceActivity,
        speechToText: [ears?.create() ?? speech.speechToText],
        languageModel: [mind?.create() ?? model],
        textToSpeech: [mouth?.create() ?? speech.textToSpeech],
      },
      briefing: {
        instructions: INSTRUCTIONS,
        firstMessage: null,
        language: 'en',
        transcriberModel: ears?.model ?? null,
        model: null,
        temperature: 0,
        maxTokens: 200,
        voice: { model: mouth?.model ?? null, id: mouth ? 'v1' : null, name: null, language: 'en', sampleRate: RATE },
        hints: [],
      },
      timings: { ...defaultTimings, nudgeAfterMs: 0 },
      recording: null,
      tools: [],
      onEvent(event) {
        if (event.type === 'turn') heard.push(`${index} ${event.turn.speaker}: ${event.turn.text}`);
        if (event.type === 'marks') heard.push(JSON.stringify(event.marks));
        if (event.type === 'stage-failed') heard.push(`${index} ${event.stage} failed: ${event.message}`);
      },
    });
    session.start();
    const t0 = performance.now();
    for (let i = 0; (i + 1) * FRAME <= pcm.length; i++) {
      const wait = t0 + (i + 1) * 20 - performance.now();
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
      listener!.frame(pcm.slice(i * FRAME, (i + 1) * FRAME));
    }
    session.end('api_hangup');
    await session.done;
    for (const end of endsMs) {
      const first = sent.find((at) => at > t0 + end);
      if (first === undefined || first - t0 - end > PAUSE_MS) missed++;
      else waits.push(first - t0 - end);
    }
  }

  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: sessions }, async (_, index) => {
      // Callers do not speak in chorus.
      await new Promise((resolve) => setTimeout(resolve, (index * PAUSE_MS * 1.3) / sessions));
      await call(index);
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  const minutes = (sessions * (performance.now() - started)) / 60_000;
  await speech.stop();
  for (const stage of [ears, mind, mouth]) await stage?.stop();
  return {
    sessions,
    turns: waits.length + missed,
    missed,
    p50: percentile(waits, 50),
    p95: percentile(waits, 95),
    cpuSPerCallMin: Math.round((user + system) / minutes / 1e3) / 1e3,
    heard,
  };
}
