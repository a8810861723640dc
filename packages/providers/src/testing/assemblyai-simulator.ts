import { createHearing, type Utterance } from './hearing.ts';
import { type SocketSimulator, startSocketServer } from './socket-server.ts';

export const ASSEMBLYAI_KEY = 'assemblyai-key';

const TURN_SILENCE_MS = 400;
const UPDATE_EVERY_MS = 200;

/** The last word of an utterance that goes on may still change. */
function wordsOf({ text, startMs, lastSpeechMs }: Utterance, final: boolean) {
  const words = text.split(/\s+/).filter(Boolean);
  const each = (lastSpeechMs - startMs) / Math.max(1, words.length);
  return words.map((word, i) => ({
    text: word,
    start: Math.round(startMs + i * each),
    end: Math.round(startMs + (i + 1) * each),
    confidence: 0.95,
    word_is_final: final || i < words.length - 1,
  }));
}

/** Speaks AssemblyAI's wire of /v3/ws. `says` is what µ-law sound is heard as. */
export function startAssemblyAiSimulator(says = 'what are your opening hours'): Promise<SocketSimulator> {
  return startSocketServer(
    ({ send, close }, { query }) => {
      const encoding = query.get('encoding') === 'pcm_mulaw' ? 'mulaw' : 'linear16';
      const sampleRate = Number(query.get('sample_rate'));
      const bytesPerMs = (sampleRate / 1000) * (encoding === 'mulaw' ? 1 : 2);
      const hearing = createHearing({ encoding, sampleRate, says });
      let order = 0;
      let nowMs = 0;
      let updatedMs = 0;
      const turn = (heard: Utterance, end: boolean, formatted = false) => {
        updatedMs = nowMs;
        const words = wordsOf(heard, end);
        const transcript = words.flatMap((word) => (word.word_is_final ? [word.text] : [])).join(' ');
        send({
          type: 'Turn',
          turn_order: order,
          turn_is_formatted: formatted,
          end_of_turn: end,
          transcript: formatted ? `${transcript}.` : transcript,
          utterance: '',
          end_of_turn_confidence: end ? 0.9 : 0.02,
          words,
        });
      };
      const end = (heard: Utterance) => {
        turn(heard, true);
        if (query.get('format_turns') === 'true') turn(heard, true, true);
        order++;
        hearing.reset();
      };
      if (!query.get('speech_model') || !sampleRate) {
        send({ type: 'Error', error_code: 3006, error: 'Missing parameters.' });
        close(3006, 'Missing parameters.');
      } else send({ type: 'Begin', id: 's1', expires_at: 1759000000 });
      return {
        binary(bytes) {
          const ms = bytes.length / bytesPerMs;
          if (ms < 50 || ms > 1000) {
            send({ type: 'Error', error_code: 3007, error: `Chunk of ${ms} ms.` });
            return close(3007, 'Input duration violation');
          }
          hearing.hear(bytes, (heard) => {
            nowMs += 20;
            if (!heard) return;
            if (nowMs - heard.lastSpeechMs >= TURN_SILENCE_MS) end(heard);
            else if (nowMs - updatedMs >= UPDATE_EVERY_MS) turn(heard, false);
          });
        },
        text({ type }) {
          if (type === 'ForceEndpoint' && hearing.utterance) end(hearing.utterance);
          if (type !== 'Terminate') return;
          if (hearing.utterance) end(hearing.utterance);
          send({ type: 'Termination', audio_duration_seconds: nowMs / 1000, session_duration_seconds: nowMs / 1000 });
          close(1000);
        },
      };
    },
    ({ headers, path }) =>
      path === '/v3/ws' && headers.authorization === ASSEMBLYAI_KEY
        ? null
        : { status: 401, body: JSON.stringify({ error: 'Not authorized.' }) },
  );
}
