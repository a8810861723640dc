import { MS_PER_LETTER, spokenWords, toneFor } from './simulated-voice.ts';
import { simulatedSample, type VoiceEntry, voicePage } from './simulated-voices.ts';
import { type SocketRequest, type SocketSimulator, startSocketServer } from './socket-server.ts';

export const CARTESIA_KEY = 'cartesia-key';

const MODELS = /^sonic-(2|turbo|3|3\.5|latest)(?!-2025-03-07)(-\d{4}-\d{2}-\d{2})?$/;
/** The languages that are left to the models before sonic-3. */
const OLD_MODEL = /^sonic-(2|turbo)/;
const OLD_LANGUAGES = /^(en|de|es|fr|ja|ko|pt|zh)$/;
const RATES = [8000, 16_000, 22_050, 24_000, 44_100, 48_000];
/** Cartesia goes on for a moment after a cancel. */
const LATE_CHUNKS = 2;

interface Context {
  /** What may not change between the inputs of a context. */
  fixed: string;
  texts: string[];
  spokenMs: number;
  complete: boolean;
  cancelledFor: number;
  working: boolean;
}

interface Input {
  context_id?: string;
  transcript?: string;
  continue?: boolean;
  cancel?: boolean;
  model_id?: string;
  language?: string;
  voice?: { id?: string };
  output_format?: { container?: string; encoding?: string; sample_rate?: number };
}

function fault(input: Input): [number, string] | null {
  const { model_id, language, voice, output_format, transcript } = input;
  if (!MODELS.test(model_id ?? '')) return [400, `Unknown model ${model_id}.`];
  if (OLD_MODEL.test(model_id ?? '') && !OLD_LANGUAGES.test(language ?? '')) return [400, `${model_id} does not speak ${language}.`];
  if (!voice?.id) return [400, 'A voice is missing.'];
  if (voice.id === 'nobody') return [404, 'Voice not found.'];
  if (output_format?.container !== 'raw' || !RATES.includes(output_format.sample_rate ?? 0)) return [400, 'Unknown output format.'];
  if (!['pcm_mulaw', 'pcm_s16le'].includes(output_format.encoding ?? '')) return [400, 'Unknown encoding.'];
  return typeof transcript === 'string' ? null : [400, 'A transcript is missing.'];
}

const fixedPart = ({ transcript, continue: _, ...fixed }: Input) => JSON.stringify(fixed);
const tick = () => new Promise((resolve) => setImmediate(resolve));

function refusal({ headers }: SocketRequest) {
  const authorized = headers.authorization === `Bearer ${CARTESIA_KEY}`;
  if (authorized && /^\d{4}-\d{2}-\d{2}$/.test(`${headers['cartesia-version']}`)) return null;
  return { status: authorized ? 400 : 401, body: JSON.stringify({ title: 'Refused', message: 'Invalid API key.', status_code: 401 }) };
}

/** What GET /voices says of a voice; samples lie on the same host, behind the key. */
const entry = (host: string, { id, name, languages, gender, accent, own }: VoiceEntry) => ({
  id,
  name,
  tagline: '',
  description: `${name}, simulated.`,
  language: languages[0],
  locales: languages.map((locale) => ({ locale, is_native: true })),
  accent,
  gender: { male: 'masculine', female: 'feminine', neutral: 'gender_neutral' }[gender],
  access: own ? 'private' : 'public',
  is_owner: own,
  created_at: '2026-01-15T10:00:00Z',
  preview_file_url: `http://${host}/files/${id}/download`,
});

/** Its REST routes: the list of voices, paged by id, and their samples. */
function answers(voices: readonly VoiceEntry[], request: SocketRequest) {
  const { path, query, headers } = request;
  const sample = /^\/files\/([^/]+)\/download$/.exec(path)?.[1];
  if (path !== '/voices' && !sample) return null;
  const refused = refusal(request);
  if (refused) return refused;
  if (sample) return simulatedSample(voices, sample);
  const { items, more } = voicePage(voices, query.get('starting_after'), Number(query.get('limit') ?? 10));
  const expanded = query.getAll('expand[]').includes('preview_file_url');
  const data = items.map((voice) => ({ ...entry(`${headers.host}`, voice), ...(expanded ? {} : { preview_file_url: null }) }));
  return { status: 200, body: JSON.stringify({ data, has_more: more, next_page: more ? items.at(-1)?.id : null }) };
}

/** Speaks Cartesia's wire of /tts/websocket (the voice is a tone) and lists voices. */
export function startCartesiaSimulator(voices: readonly VoiceEntry[] = []): Promise<SocketSimulator> {
  return startSocketServer(
    ({ send }) => {
      const contexts = new Map<string, Context>();
      const error = (context_id: string | undefined, status_code: number, message: string) =>
        send({ type: 'error', context_id, done: true, status_code, title: 'Error', message, error_code: 'e', request_id: 'r' });

      async function work(context_id: string, context: Context, { output_format }: Input): Promise<void> {
        if (context.working) return;
        context.working = true;
        const sampleRate = output_format?.sample_rate ?? 0;
        const progress = { context_id, done: false, status_code: 206 };
        for (let text = context.texts.shift(); text !== undefined; text = context.texts.shift()) {
          const words = [...spokenWords(text, context.spokenMs)];
          for (const chunk of toneFor(text, sampleRate, output_format?.encoding === 'pcm_mulaw' ? 'ulaw' : 's16le')) {
            await tick();
            if (context.cancelledFor > LATE_CHUNKS) return;
            if (context.cancelledFor > 0) context.cancelledFor++;
            send({ type: 'chunk', ...progress, data: chunk.toString('base64'), step_time: 5 });
          }
          send({
            type: 'timestamps',
            ...progress,
            word_timestamps: {
              words: words.map(({ word }) => word),
              start: words.map(({ startMs }) => startMs / 1000),
              end: words.map(({ endMs }) => endMs / 1000),
            },
          });
          context.spokenMs += text.length * MS_PER_LETTER;
        }
        context.working = false;
        if (!context.complete || context.cancelledFor > 0) return;
        contexts.delete(context_id);
        send({ type: 'done', context_id, done: true, status_code: 200 });
      }

      return {
        text(message) {
          const input = message as Input;
          const id = input.context_id ?? '';
          const known = contexts.get(id);
          if (input.cancel) {
            if (known) known.cancelledFor = 1;
            return;
          }
          const wrong = fault(input);
          if (wrong) return error(id, ...wrong);
          const context = known ?? { fixed: fixedPart(input), texts: [], spokenMs: 0, complete: false, cancelledFor: 0, working: false };
          if (context.fixed !== fixedPart(input)) return error(id, 400, 'The fields of a context may not change.');
          contexts.set(id, context);
          if (input.transcript) context.texts.push(input.transcript);
          context.complete ||= !input.continue;
          void work(id, context, input);
        },
      };
    },
    refusal,
    (request) => answers(voices, request),
  );
}
