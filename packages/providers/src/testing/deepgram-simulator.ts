import { type Clock, createWatch, systemClock } from '@talkturo/voice';
import { createHearing, type Hearing, type Utterance } from './hearing.ts';
import { type Conversation, type SocketRequest, type SocketSimulator, startSocketServer } from './socket-server.ts';

export const DEEPGRAM_KEY = 'deepgram-key';

const INTERIM_EVERY_MS = 300;
const SILENT_RESULT_EVERY_MS = 1000;
/** Silence at which Flux takes a turn for over. */
const FLUX_PATIENCE_MS = 400;
/** Without sound or a sign of life for this long, a connection is closed. */
const PATIENCE_MS = 10_000;

type Send = (message: unknown) => void;
const seconds = (ms: number) => ms / 1000;

function wordsOf({ text, startMs, lastSpeechMs }: Utterance) {
  const words = text.split(/\s+/).filter(Boolean);
  const each = (lastSpeechMs - startMs) / Math.max(1, words.length);
  return words.map((word, i) => ({
    word: word.toLowerCase(),
    punctuated_word: word,
    start: seconds(startMs + i * each),
    end: seconds(startMs + (i + 1) * each),
    confidence: 0.98,
  }));
}

function nova(send: Send, hearing: Hearing, query: URLSearchParams, close: (code: number) => void): Conversation {
  const endpointingMs = Number(query.get('endpointing') ?? 10);
  let windowMs = 0;
  let lastMs = 0;
  let nowMs = 0;
  function result(heard: Utterance | null, marks: { is_final: boolean; speech_final?: boolean; from_finalize?: boolean }): void {
    lastMs = nowMs;
    send({
      type: 'Results',
      channel_index: [0, 1],
      start: seconds(windowMs),
      duration: seconds(nowMs - windowMs),
      speech_final: false,
      from_finalize: false,
      ...marks,
      channel: { alternatives: [{ transcript: heard?.text ?? '', confidence: heard ? 0.97 : 0, words: heard ? wordsOf(heard) : [] }] },
      metadata: { request_id: 'r1', model_uuid: 'm1', model_info: { name: 'general', version: '1', arch: query.get('model') } },
    });
    if (!marks.is_final) return;
    windowMs = nowMs;
    hearing.reset();
  }
  return {
    binary(bytes) {
      hearing.hear(bytes, (heard) => {
        nowMs += 20;
        if (heard && nowMs - heard.lastSpeechMs >= endpointingMs) result(heard, { is_final: true, speech_final: true });
        else if (heard && nowMs - lastMs >= INTERIM_EVERY_MS && query.get('interim_results') === 'true') result(heard, { is_final: false });
        else if (!heard && nowMs - lastMs >= SILENT_RESULT_EVERY_MS) result(null, { is_final: true });
      });
    },
    text({ type }) {
      if (type === 'Finalize') result(hearing.utterance, { is_final: true, from_finalize: true });
      if (type !== 'CloseStream') return;
      result(hearing.utterance, { is_final: true });
      send({ type: 'Metadata', transaction_key: 'deprecated', request_id: 'r1', duration: seconds(nowMs), channels: 1 });
      close(1000);
    },
  };
}

function flux(send: Send, hearing: Hearing, close: (code: number) => void): Conversation {
  let sequence = 0;
  let turn = 0;
  let windowMs = 0;
  let nowMs = 0;
  let updatedMs = -1;
  const say = (message: Record<string, unknown>) => send({ request_id: 'r1', sequence_id: sequence++, ...message });
  const info = (event: string, heard: Utterance | null, more: Record<string, unknown> = {}) => {
    updatedMs = nowMs;
    say({
      type: 'TurnInfo',
      event,
      turn_index: turn,
      audio_window_start: seconds(windowMs),
      audio_window_end: seconds(nowMs),
      transcript: heard?.text ?? '',
      words: heard ? wordsOf(heard).map(({ word, confidence }) => ({ word, confidence })) : [],
      end_of_turn_confidence: event === 'EndOfTurn' ? 0.85 : 0.1,
      languages: ['en'],
      ...more,
    });
  };
  const end = (heard: Utterance, trigger: string) => {
    info('EndOfTurn', heard, { trigger });
    turn++;
    windowMs = nowMs;
    updatedMs = -1;
    hearing.reset();
  };
  say({ type: 'Connected' });
  return {
    binary(bytes) {
      hearing.hear(bytes, (heard) => {
        nowMs += 20;
        if (!heard) return;
        if (updatedMs < 0) info('StartOfTurn', heard);
        else if (nowMs - heard.lastSpeechMs >= FLUX_PATIENCE_MS) end(heard, 'model');
        else if (nowMs - updatedMs >= INTERIM_EVERY_MS) info('Update', heard);
      });
    },
    text({ type }) {
      if (type === 'ForceEndTurn' && hearing.utterance) end(hearing.utterance, 'manual');
      if (type === 'CloseStream') close(1000);
    },
  };
}

/** Refuses what Deepgram refuses at the upgrade. */
function refusal({ path, query, headers }: SocketRequest) {
  const no = (status: number, code: string, message: string) => ({
    status,
    headers: { 'dg-error': message, 'dg-request-id': 'r1' },
    body: JSON.stringify({ err_code: code, err_msg: message, request_id: 'r1' }),
  });
  if (headers.authorization !== `Token ${DEEPGRAM_KEY}`) return no(401, 'INVALID_AUTH', 'Invalid credentials.');
  const model = query.get('model') ?? '';
  const isFlux = path === '/v2/listen';
  if (!isFlux && path !== '/v1/listen') return no(404, 'NOT_FOUND', 'No such path.');
  if (!(isFlux ? /^flux-general-(en|multi)$/ : /^nova-[23](-[a-z]+)?$/).test(model)) return no(400, 'INVALID_MODEL', 'No such model.');
  if (!['linear16', 'mulaw'].includes(query.get('encoding') ?? '') || !query.get('sample_rate'))
    return no(400, 'BAD_AUDIO', 'Unknown audio.');
  if (query.has('keyterm') && model.startsWith('nova-2')) return no(400, 'BAD_QUERY', 'Keyterm is not supported for this model.');
  if (query.has('keywords') && !model.startsWith('nova-2')) return no(400, 'BAD_QUERY', 'Keywords are not supported for this model.');
  const foreign = ['interim_results', 'endpointing', 'vad_events', 'smart_format', 'language'].find((name) => query.has(name));
  if (isFlux && foreign) return no(400, 'BAD_QUERY', `Unknown parameter ${foreign}.`);
  return null;
}

/** Closes a connection that gets no sound. A `KeepAlive` counts only after the first sound, and only where there is such a thing. */
function withPatience(conversation: Conversation, knowsKeepAlive: boolean, clock: Clock, close: (code: number, reason: string) => void) {
  let sounded = false;
  const quiet = createWatch(clock, PATIENCE_MS, () => close(1011, 'NET-0001'));
  return {
    binary(bytes: Buffer) {
      sounded = true;
      quiet.touch();
      conversation.binary?.(bytes);
    },
    text(message: Record<string, unknown>) {
      if (message.type === 'KeepAlive' && sounded && knowsKeepAlive) quiet.touch();
      conversation.text(message);
    },
    closed: () => quiet.stop(),
  };
}

/** Speaks Deepgram's wire: nova on /v1/listen, Flux on /v2/listen. `says` is what µ-law sound is heard as. */
export function startDeepgramSimulator(says = 'what are your opening hours', clock: Clock = systemClock): Promise<SocketSimulator> {
  return startSocketServer((socket, { path, query }) => {
    const encoding = query.get('encoding') === 'mulaw' ? 'mulaw' : 'linear16';
    const hearing = createHearing({ encoding, sampleRate: Number(query.get('sample_rate')), says });
    const { send, close } = socket;
    const isFlux = path === '/v2/listen';
    return withPatience(isFlux ? flux(send, hearing, close) : nova(send, hearing, query, close), !isFlux, clock, close);
  }, refusal);
}
