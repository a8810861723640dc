import { createHearing } from './hearing.ts';
import { createRealtimeScript, exactText, type RealtimeScript } from './realtime-script.ts';
import { toneFor } from './simulated-voice.ts';
import { type SocketSimulator, startSocketServer } from './socket-server.ts';

export const GEMINI_LIVE_KEY = 'google-key';

export interface GeminiLiveSimulator extends SocketSimulator {
  answers: RealtimeScript['answers'];
  /** Sends a message of the vendor on every open connection. */
  tells(message: object): void;
  /** Where set, the words of the caller come only after the reply. */
  lateWords: boolean;
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
const PATIENCE_MS = 480;
let ids = 0;

interface Content {
  turns?: { role: string; parts: { text: string }[] }[];
  turnComplete?: boolean;
}

function fault(setup: Record<string, unknown>): [number, string] | null {
  const model = `${setup.model}`;
  const generation = (setup.generationConfig ?? {}) as {
    responseModalities?: string[];
    speechConfig?: { voiceConfig?: { prebuiltVoiceConfig?: { voiceName?: string } } };
  };
  if (!model.startsWith('models/')) return [1007, 'Invalid JSON payload received.'];
  if (!/live|native-audio/.test(model))
    return [1008, `${model} is not found for API version v1beta, or is not supported for bidiGenerateContent.`];
  if (generation.responseModalities?.join() !== 'AUDIO') return [1007, 'Request contains an invalid argument.'];
  if (generation.speechConfig?.voiceConfig?.prebuiltVoiceConfig?.voiceName === 'nobody')
    return [1007, 'Requested voice api_name nobody is not available.'];
  return null;
}

/**
 * Speaks the wire of Gemini Live, in binary messages as it does: ears by loudness, a voice that is a tone. Where `says` is given, all
 * speech is heard as that; else it is read off sound that carries its text.
 */
export async function startGeminiLiveSimulator(says?: string): Promise<GeminiLiveSimulator> {
  const script = createRealtimeScript();
  const open = new Set<(message: object) => void>();

  const server = await startSocketServer(
    (socket, { query }) => {
      const send = (message: object) => socket.send(Buffer.from(JSON.stringify(message)));
      const hearing = createHearing({ encoding: 'linear16', sampleRate: 16_000 });
      let generating: { interrupted: boolean } | null = null;
      /** Calls that wait for their answers. */
      let called: string[] = [];
      let speaking = false;
      let ready = false;
      /** Newer models take text as input only, not as turns. */
      let newer = false;

      function interrupt(): void {
        if (!generating) return;
        generating.interrupted = true;
        generating = null;
        send({ serverContent: { interrupted: true } });
        if (called.length > 0) send({ toolCallCancellation: { ids: called } });
        called = [];
      }

      async function generate(answer: ReturnType<RealtimeScript['next']>): Promise<void> {
        interrupt();
        const mine = { interrupted: false };
        generating = mine;
        const text = 'text' in answer ? (answer.text ?? '') : '';
        const words = text.match(/\S+\s*/g) ?? [];
        const chunks = [...toneFor(text, 24_000, 's16le')];
        for (const [i, chunk] of chunks.entries()) {
          await tick();
          if (mine.interrupted || ('stopsAfter' in answer && i >= answer.stopsAfter)) return;
          send({
            serverContent: {
              modelTurn: { role: 'model', parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: chunk.toString('base64') } }] },
              ...(words[i] !== undefined && {
                outputTranscription: { text: i === chunks.length - 1 ? words.slice(i).join('') : words[i] },
              }),
            },
          });
        }
        await tick();
        if (mine.interrupted) return;
        if ('call' in answer) {
          const id = `call-${++ids}`;
          called = [id];
          send({ toolCall: { functionCalls: [{ id, name: answer.call.name, args: answer.call.input }] } });
          return;
        }
        send({ serverContent: { generationComplete: true } });
        await tick();
        if (mine.interrupted) return;
        generating = null;
        send({
          serverContent: { turnComplete: true },
          usageMetadata: { promptTokenCount: 10, responseTokenCount: 20, totalTokenCount: 30 },
        });
        send({ sessionResumptionUpdate: { newHandle: `handle-${++ids}`, resumable: true } });
      }

      function words(said: string): void {
        for (const word of said.match(/\S+\s*/g) ?? []) send({ serverContent: { inputTranscription: { text: word } } });
      }

      /** The caller's turn is over. */
      async function turnOver(): Promise<void> {
        const said = hearing.utterance ? (says ?? hearing.utterance.text) : '';
        hearing.reset();
        speaking = false;
        if (!self.lateWords) words(said);
        await generate(script.next());
        if (self.lateWords) words(said);
      }

      function listen(bytes: Buffer): void {
        hearing.hear(bytes, (heard) => {
          if (heard && !speaking) {
            speaking = true;
            interrupt();
          }
          if (heard && speaking && heard.nowMs - heard.lastSpeechMs >= PATIENCE_MS) void turnOver();
        });
      }

      function content({ turns = [], turnComplete }: Content): void {
        if (turns.some(({ role }) => role !== 'user' && role !== 'model')) {
          socket.close(1007, 'Please use a valid role: user, model.');
          return;
        }
        if (turnComplete) answer(turns.at(-1)?.parts[0]?.text ?? '');
      }

      function answer(asked: string): void {
        void generate(/(^|\n)Say exactly/.test(asked) ? { text: exactText(asked) } : script.next());
      }

      if (query.get('key') !== GEMINI_LIVE_KEY) socket.close(1007, 'API key not valid. Please pass a valid API key.');
      open.add(send);
      return {
        closed: () => void open.delete(send),
        text(message) {
          if (!ready) {
            const setup = message.setup as Record<string, unknown> | undefined;
            const wrong: [number, string] | null = setup ? fault(setup) : [1007, 'The first message must be setup.'];
            if (wrong) return socket.close(...wrong);
            ready = true;
            newer = !/gemini-(live-)?2/.test(`${setup?.model}`);
            return send({ setupComplete: {} });
          }
          const input = (message.realtimeInput ?? {}) as { audio?: { data: string; mimeType: string }; text?: string };
          if (input.audio) {
            if (input.audio.mimeType !== 'audio/pcm;rate=16000') return socket.close(1007, 'Unsupported audio.');
            listen(Buffer.from(input.audio.data, 'base64'));
          }
          if (input.text) answer(input.text);
          if (message.clientContent && newer) return socket.close(1007, 'Request contains an invalid argument.');
          if (message.clientContent) content(message.clientContent as Content);
          const { functionResponses = [] } = (message.toolResponse ?? {}) as { functionResponses?: { id: string }[] };
          const answered = functionResponses.filter(({ id }) => called.includes(id));
          if (answered.length === 0) return;
          called = [];
          generating = null;
          void generate(script.next());
        },
      };
    },
    ({ path }) => (path === PATH ? null : { status: 404, body: '' }),
  );
  const self: GeminiLiveSimulator = Object.assign(server, {
    answers: script.answers,
    lateWords: false,
    tells(message: object) {
      for (const send of open) send(message);
    },
  });
  return self;
}
