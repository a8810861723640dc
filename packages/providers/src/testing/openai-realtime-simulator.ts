import { createHearing } from './hearing.ts';
import { createRealtimeScript, exactText, type RealtimeScript } from './realtime-script.ts';
import { MS_PER_LETTER, toneFor } from './simulated-voice.ts';
import { type Conversation, type SocketRequest, type SocketSimulator, startSocketServer } from './socket-server.ts';

export const OPENAI_REALTIME_KEY = 'openai-key';

export interface OpenAiRealtimeSimulator extends SocketSimulator {
  answers: RealtimeScript['answers'];
  /** What the vendor was told to forget: items cut at a moment, or deleted (`null`). */
  readonly forgotten: readonly { item: string; audioEndMs: number | null }[];
  /** Items that clients added. */
  readonly items: readonly Record<string, unknown>[];
  /** Sends a message of the vendor on every open connection. */
  tells(message: Record<string, unknown>): void;
  /** Where set, the words of the caller come only after the reply. */
  lateWords: boolean;
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const PCM = { type: 'audio/pcm', rate: 24_000 };
let ids = 0;

interface Session {
  audio?: {
    input?: { format?: { type?: string; rate?: number }; turn_detection?: unknown; transcription?: { model?: string } };
    output?: { format?: object; voice?: string };
  };
}

function fault(session: Record<string, unknown>): string | null {
  const { audio } = session as Session;
  const known = (format: unknown) =>
    ['{"type":"audio/pcmu"}', '{"type":"audio/pcma"}', JSON.stringify(PCM)].includes(JSON.stringify(format));
  const foreign = Object.keys(session).find(
    (name) => !['type', 'instructions', 'output_modalities', 'audio', 'tools', 'tool_choice', 'max_output_tokens'].includes(name),
  );
  if (foreign) return `Unknown parameter: 'session.${foreign}'.`;
  if (session.type !== 'realtime') return "Missing required parameter: 'session.type'.";
  if (!known(audio?.input?.format) || !known(audio?.output?.format)) return "Invalid value for 'session.audio'.";
  if (audio?.output?.voice === 'nobody') return "Invalid value: 'nobody'.";
  return null;
}

type Send = (message: object) => void;

/** One session as OpenAI leads it. */
function converse(
  wire: Send,
  close: (code: number, reason?: string) => void,
  says: string,
  self: OpenAiRealtimeSimulator & { script: RealtimeScript },
) {
  const send: Send = (message) => wire({ event_id: `event_${++ids}`, ...message });
  /** The client's own id of the message that is being handled. */
  let handled: unknown = null;
  const refuse = (message: string, code: string | null = null) =>
    send({ type: 'error', error: { type: 'invalid_request_error', code, message, param: null, event_id: handled } });
  /** Sound that was made of each item, ms. */
  const sounds = new Map<string, number>();
  let telephone = false;
  let hearing = createHearing({ encoding: 'linear16', sampleRate: 24_000 });
  let speech: { item: string } | null = null;
  let heardMs = 0;
  let active: { id: string; cancelled: boolean } | null = null;
  const patienceMs = 480;

  async function respond(answer: ReturnType<RealtimeScript['next']>): Promise<void> {
    const mine = { id: `resp_${++ids}`, cancelled: false };
    active = mine;
    const of = { response_id: mine.id, output_index: 0 };
    send({ type: 'response.created', response: { id: mine.id, status: 'in_progress', output: [] } });
    const text = 'text' in answer ? (answer.text ?? '') : '';
    const chunks = text === '' ? [] : [...toneFor(text, telephone ? 8000 : 24_000, telephone ? 'ulaw' : 's16le')];
    if (chunks.length > 0) {
      const item_id = `item_${++ids}`;
      const part = { ...of, item_id, content_index: 0 };
      sounds.set(item_id, 0);
      send({ type: 'response.output_item.added', ...of, item: { id: item_id, type: 'message', role: 'assistant', content: [] } });
      send({ type: 'response.content_part.added', ...part, part: { type: 'audio', transcript: '' } });
      const words = text.match(/\S+\s*/g) ?? [];
      for (const [i, chunk] of chunks.entries()) {
        await tick();
        if (mine.cancelled) break;
        if ('stopsAfter' in answer && i >= answer.stopsAfter) return;
        const word = words[i];
        if (word)
          send({
            type: 'response.output_audio_transcript.delta',
            ...part,
            delta: i === chunks.length - 1 ? words.slice(i).join('') : word,
          });
        send({ type: 'response.output_audio.delta', ...part, delta: chunk.toString('base64') });
        sounds.set(item_id, (sounds.get(item_id) ?? 0) + chunk.length / (telephone ? 8 : 48));
      }
      if (!mine.cancelled) {
        send({ type: 'response.output_audio.done', ...part });
        send({ type: 'response.output_audio_transcript.done', ...part, transcript: text });
      }
    }
    if ('call' in answer && !mine.cancelled) {
      const item_id = `item_${++ids}`;
      const call_id = `call_${++ids}`;
      const args = JSON.stringify(answer.call.input);
      send({
        type: 'response.output_item.added',
        ...of,
        output_index: 1,
        item: { id: item_id, type: 'function_call', call_id, name: answer.call.name },
      });
      send({ type: 'response.function_call_arguments.delta', ...of, item_id, call_id, delta: args });
      send({ type: 'response.function_call_arguments.done', ...of, item_id, call_id, name: answer.call.name, arguments: args });
    }
    if (active === mine) active = null;
    send({
      type: 'response.done',
      response: {
        id: mine.id,
        status: mine.cancelled ? 'cancelled' : 'completed',
        status_details: mine.cancelled ? { type: 'cancelled', reason: 'turn_detected' } : null,
        output: [],
        usage: { total_tokens: 30, input_tokens: 10, output_tokens: 20 },
      },
    });
    send({ type: 'rate_limits.updated', rate_limits: [{ name: 'requests', limit: 100, remaining: 99, reset_seconds: 1 }] });
  }

  function create(answer: ReturnType<RealtimeScript['next']>): Promise<void> {
    if (active) {
      refuse('Conversation already has an active response in progress.', 'conversation_already_has_active_response');
      return Promise.resolve();
    }
    return respond(answer);
  }

  function words(item_id: string, transcript: string): void {
    const of = { item_id, content_index: 0 };
    for (const word of transcript.match(/\S+\s*/g) ?? [])
      send({ type: 'conversation.item.input_audio_transcription.delta', ...of, delta: word });
    send({ type: 'conversation.item.input_audio_transcription.completed', ...of, transcript });
  }

  /** The buffer becomes an item of the conversation, and is answered. */
  async function commit(answered: boolean): Promise<void> {
    const item_id = speech?.item ?? `item_${++ids}`;
    const said = hearing.utterance?.text ?? '';
    hearing.reset();
    speech = null;
    send({ type: 'input_audio_buffer.committed', item_id, previous_item_id: null });
    send({ type: 'conversation.item.added', item: { id: item_id, type: 'message', role: 'user', content: [{ type: 'input_audio' }] } });
    if (!self.lateWords) words(item_id, said);
    if (answered) await create(self.script.next());
    if (self.lateWords) words(item_id, said);
  }

  function listen(bytes: Buffer): void {
    hearing.hear(bytes, (heard) => {
      heardMs += 20;
      if (heard && !speech) {
        speech = { item: `item_${++ids}` };
        send({ type: 'input_audio_buffer.speech_started', audio_start_ms: heardMs - 20, item_id: speech.item });
        if (active) active.cancelled = true;
      }
      if (!heard || !speech || heard.nowMs - heard.lastSpeechMs < patienceMs) return;
      send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: heard.lastSpeechMs, item_id: speech.item });
      void commit(true);
    });
  }

  function cut(message: Record<string, unknown>): void {
    const item = `${message.item_id}`;
    const ms = sounds.get(item);
    const to = Number(message.audio_end_ms);
    if (ms === undefined) refuse(`Item with item_id not found: ${item}`);
    else if (!(to > 0)) refuse('Only model output audio messages can be truncated', 'unsupported_content_type');
    else if (to > ms) refuse(`Audio content of ${ms}ms is already shorter than ${to}ms`, 'invalid_value');
    else {
      sounds.set(item, to);
      (self.forgotten as { item: string; audioEndMs: number | null }[]).push({ item, audioEndMs: to });
      send({ type: 'conversation.item.truncated', item_id: item, content_index: 0, audio_end_ms: to });
    }
  }

  send({ type: 'session.created', session: { type: 'realtime', id: `sess_${++ids}` } });
  const conversation: Conversation = {
    text(message) {
      handled = message.event_id ?? null;
      switch (message.type) {
        case 'session.update': {
          const session = message.session as Record<string, unknown>;
          const wrong = fault(session);
          if (wrong) return refuse(wrong, 'invalid_value');
          telephone = (session as Session).audio?.input?.format?.type === 'audio/pcmu';
          hearing = createHearing(telephone ? { encoding: 'mulaw', sampleRate: 8000, says } : { encoding: 'linear16', sampleRate: 24_000 });
          return send({ type: 'session.updated', session });
        }
        case 'input_audio_buffer.append':
          return listen(Buffer.from(`${message.audio}`, 'base64'));
        case 'input_audio_buffer.commit':
          if (!hearing.utterance)
            return refuse('Error committing input audio buffer: the buffer is empty.', 'input_audio_buffer_commit_empty');
          return void commit(false);
        case 'conversation.item.create': {
          const item = message.item as Record<string, unknown>;
          (self.items as Record<string, unknown>[]).push(item);
          return send({ type: 'conversation.item.added', item: { id: `item_${++ids}`, ...item } });
        }
        case 'conversation.item.delete': {
          const item = `${message.item_id}`;
          if (!sounds.delete(item)) return refuse(`Item with item_id not found: ${item}`);
          (self.forgotten as { item: string; audioEndMs: number | null }[]).push({ item, audioEndMs: null });
          return send({ type: 'conversation.item.deleted', item_id: item });
        }
        case 'conversation.item.truncate':
          return cut(message);
        case 'response.create': {
          const { instructions } = (message.response ?? {}) as { instructions?: string };
          return void create(instructions ? { text: exactText(instructions) } : self.script.next());
        }
        case 'response.cancel':
          if (!active) return refuse('Cancellation failed: no active response found', 'response_cancel_not_active');
          active.cancelled = true;
          return;
        default:
          refuse(`Invalid value: '${message.type}'.`, 'invalid_value');
      }
    },
  };
  return { conversation, send, close };
}

function refusal({ path, query, headers }: SocketRequest) {
  const no = (status: number, code: string, message: string) => ({
    status,
    body: JSON.stringify({ error: { message, type: 'invalid_request_error', code } }),
  });
  if (headers.authorization !== `Bearer ${OPENAI_REALTIME_KEY}`) return no(401, 'invalid_api_key', 'Incorrect API key provided.');
  if (path !== '/v1/realtime') return no(404, 'not_found', 'No such path.');
  if (headers['openai-beta'] !== undefined) return no(400, 'beta', 'The beta is over.');
  return /^gpt-(realtime|4o)/.test(query.get('model') ?? '') ? null : no(404, 'model_not_found', 'The model does not exist.');
}

/** Speaks the wire of OpenAI Realtime: ears by loudness, a voice that is a tone. `says` is what µ-law sound is heard as. */
export async function startOpenAiRealtimeSimulator(says = 'what are your opening hours'): Promise<OpenAiRealtimeSimulator> {
  const script = createRealtimeScript();
  const open = new Set<Send>();
  const more = {
    script,
    answers: script.answers,
    forgotten: [],
    items: [],
    lateWords: false,
    tells(message: Record<string, unknown>) {
      for (const send of open) send(message);
    },
  };
  const server = await startSocketServer((socket) => {
    const { conversation, send } = converse(socket.send, socket.close, says, self);
    open.add(send);
    return { ...conversation, closed: () => void open.delete(send) };
  }, refusal);
  const self: OpenAiRealtimeSimulator & { script: RealtimeScript } = Object.assign(server, more);
  return self;
}

/** How long the simulated voice takes for a text, ms. */
export const simulatedMs = (text: string): number => text.length * MS_PER_LETTER;
