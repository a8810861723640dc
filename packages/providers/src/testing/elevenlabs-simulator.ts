import { MS_PER_LETTER, toneFor } from './simulated-voice.ts';
import { simulatedSample, type VoiceEntry, voicePage } from './simulated-voices.ts';
import { type PlainAnswer, type SocketRequest, type SocketSimulator, startSocketServer } from './socket-server.ts';

export const ELEVENLABS_KEY = 'elevenlabs-key';

/** Spoken only from this many characters on, unless auto_mode, a flush or the end says otherwise. */
const FIRST_SCHEDULE = 120;
const FORMAT = /^(ulaw_8000|pcm_(8000|16000|22050|24000|32000|44100|48000))$/;
const PATH = /^\/v1\/text-to-speech\/([^/]+)\/(stream-input|stream)$/;

const tick = () => new Promise((resolve) => setImmediate(resolve));

const no = (status: number, name: string, message: string) => ({ status, body: JSON.stringify({ detail: { status: name, message } }) });

function refusal({ path, query, headers }: SocketRequest) {
  const [, voice, wire] = PATH.exec(path) ?? [];
  if (headers['xi-api-key'] !== ELEVENLABS_KEY) return no(401, 'invalid_api_key', 'Invalid API key');
  if (!voice || voice === 'nobody') return no(404, 'voice_not_found', 'A voice with this id was not found.');
  if (wire === 'stream-input' && query.get('model_id') === 'eleven_v3') return no(403, 'model_not_allowed', 'Not over WebSockets.');
  if (!FORMAT.test(query.get('output_format') ?? '')) return no(400, 'invalid_output_format', 'Unknown format.');
  if (query.has('language_code') && !/v2_5$/.test(query.get('model_id') ?? '')) return no(400, 'unsupported_language', 'No language code.');
  return null;
}

/** What GET /v2/voices says of a voice; samples lie open. */
const entry = (host: string, { id, name, languages, gender, accent, own }: VoiceEntry) => ({
  voice_id: id,
  name,
  category: own ? 'cloned' : 'premade',
  labels: { accent, gender: gender === 'neutral' ? 'non-binary' : gender, age: 'young', language: languages[0] },
  description: `${name}, simulated.`,
  preview_url: `http://${host}/samples/${id}.mp3`,
  verified_languages: languages.map((locale) => ({ language: locale.split('-')[0], model_id: 'eleven_flash_v2_5', accent, locale })),
  is_owner: own,
});

/** Its REST routes: sentences spoken, the list of voices, paged by token, and their samples. */
function answers(voices: readonly VoiceEntry[], request: SocketRequest, { text }: Record<string, unknown>): PlainAnswer | null {
  const { path, query, headers } = request;
  if (PATH.test(path)) return refusal(request) ?? spoken(`${text}`, query);
  const sample = /^\/samples\/([^/]+)\.mp3$/.exec(path)?.[1];
  if (sample) return simulatedSample(voices, sample);
  if (path !== '/v2/voices') return null;
  if (headers['xi-api-key'] !== ELEVENLABS_KEY) return no(401, 'invalid_api_key', 'Invalid API key');
  const { items, more } = voicePage(voices, query.get('next_page_token'), Number(query.get('page_size') ?? 10));
  return {
    status: 200,
    body: JSON.stringify({
      voices: items.map((voice) => entry(`${headers.host}`, voice)),
      has_more: more,
      total_count: voices.length,
      next_page_token: more ? items.at(-1)?.id : null,
    }),
  };
}

/** The HTTP stream. Pieces end in the middle of a sample, as a network cuts them. */
function spoken(text: string, query: URLSearchParams): PlainAnswer {
  const [encoding, rate] = (query.get('output_format') ?? '').split('_');
  function* pieces(): Generator<Buffer> {
    let rest = Buffer.alloc(0);
    for (const chunk of toneFor(text, Number(rate), encoding === 'ulaw' ? 'ulaw' : 's16le')) {
      const all = Buffer.concat([rest, chunk]);
      yield all.subarray(0, all.length - 1);
      rest = all.subarray(all.length - 1);
    }
    yield rest;
  }
  return { status: 200, headers: { 'content-type': 'audio/basic' }, body: pieces() };
}

/** Speaks ElevenLabs' wires of stream-input and of the HTTP stream (the voice is a tone), and lists voices. */
export function startElevenLabsSimulator(voices: readonly VoiceEntry[] = []): Promise<SocketSimulator> {
  return startSocketServer(
    ({ send, close }, { query }) => {
      const [encoding, rate] = (query.get('output_format') ?? '').split('_');
      const sampleRate = Number(rate);
      const letters = query.get('sync_alignment') === 'true';
      let begun = false;
      let buffer = '';
      let gone = false;
      let work = Promise.resolve();

      const fail = (error: string, message: string) => {
        send({ message, error, code: 1008 });
        close(1008, error);
      };
      async function speak(text: string): Promise<void> {
        let at = 0;
        for (const chunk of toneFor(text, sampleRate, encoding === 'ulaw' ? 'ulaw' : 's16le')) {
          await tick();
          if (gone) return;
          const ms = (chunk.length * (encoding === 'ulaw' ? 1000 : 500)) / sampleRate;
          const until = Math.min(text.length, Math.ceil((at * MS_PER_LETTER + ms) / MS_PER_LETTER));
          const chars = [...text.slice(at, until)];
          at = until;
          const alignment = {
            chars,
            charStartTimesMs: chars.map((_, i) => (i * ms) / chars.length),
            charDurationsMs: chars.map(() => ms / chars.length),
          };
          send({ audio: chunk.toString('base64'), isFinal: null, alignment: letters ? alignment : null, normalizedAlignment: null });
        }
      }
      const say = (force: boolean) => {
        if (!force && query.get('auto_mode') !== 'true' && buffer.length < FIRST_SCHEDULE) return;
        const text = buffer;
        buffer = '';
        work = work.then(() => speak(text));
      };

      return {
        text(message) {
          const text = message.text;
          if (typeof text !== 'string') return fail('invalid_message', 'text is missing.');
          if (!begun) {
            begun = true;
            if (text !== ' ') fail('invalid_first_message', 'The first text must be a space.');
            return;
          }
          if (text === '') {
            say(true);
            work = work.then(() => {
              if (gone) return;
              send({ audio: null, isFinal: true });
              close(1000);
            });
            return;
          }
          if (!text.endsWith(' ')) return fail('invalid_text', 'Text must end with a space.');
          if (text === ' ') return;
          buffer += text;
          say(message.flush === true);
        },
        closed() {
          gone = true;
        },
      };
    },
    refusal,
    (request, body) => answers(voices, request, body),
  );
}
