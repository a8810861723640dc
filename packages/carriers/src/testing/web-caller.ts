import { WebSocket } from 'ws';

/** A message of the server, as it came. */
export interface WebCallerMessage {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into messages field by field
  [field: string]: any;
}

/** The caller's end of a web call, plain: what a program that follows docs/web-calls.md does. */
export interface WebCaller {
  say(message: object): void;
  sound(bytes: Buffer): void;
  readonly messages: readonly WebCallerMessage[];
  /** The first message of the type that has come or comes, from the `from`th message on. */
  next(type: string, from?: number): Promise<WebCallerMessage>;
  /** Sound that has come, in bytes. */
  readonly soundBytes: number;
  readonly heard: Buffer;
  /** Resolves when so many bytes of sound have come. */
  hears(bytes: number): Promise<void>;
  readonly closed: Promise<number>;
  hangUp(): void;
  /** Breaks the connection without a word. */
  vanish(): void;
}

export interface WebCallerOptions {
  /** Said on connecting; null: nothing is. */
  hello?: object | null;
  origin?: string;
}

/** Connects to the address of a web call. Rejects with the HTTP status where it is refused. */
export function connectWebCaller(url: string, { hello = {}, origin }: WebCallerOptions = {}): Promise<WebCaller> {
  const socket = new WebSocket(url, origin ? { origin } : {});
  const messages: WebCallerMessage[] = [];
  const sound: Buffer[] = [];
  let soundBytes = 0;
  let waiters: { holds(): boolean; resolve(): void }[] = [];
  const look = () => {
    for (const waiter of waiters.filter((one) => one.holds())) waiter.resolve();
    waiters = waiters.filter((one) => !one.holds());
  };
  const until = (holds: () => boolean) => (holds() ? Promise.resolve() : new Promise<void>((resolve) => waiters.push({ holds, resolve })));
  const take = (bytes: Buffer) => {
    sound.push(bytes);
    soundBytes += bytes.length;
  };
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (binary) take(data);
    else {
      const message = JSON.parse(data.toString()) as WebCallerMessage;
      if (message.type === 'audio') take(Buffer.from(message.audio, 'base64'));
      else messages.push(message);
    }
    look();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
  const caller: WebCaller = {
    say: (message) => socket.send(JSON.stringify(message)),
    sound: (bytes) => socket.send(bytes),
    messages,
    async next(type, from = 0) {
      const found = () => messages.slice(from).find((message) => message.type === type);
      await until(() => found() !== undefined);
      return found()!;
    },
    get soundBytes() {
      return soundBytes;
    },
    get heard() {
      return Buffer.concat(sound);
    },
    hears: (bytes) => until(() => soundBytes >= bytes),
    closed,
    hangUp: () => caller.say({ type: 'hangup' }),
    vanish: () => socket.terminate(),
  };
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      reject(new Error(`refused with ${response.statusCode}`));
    });
    socket.on('error', reject);
    socket.on('open', () => {
      if (hello) caller.say({ type: 'hello', version: 1, ...hello });
      resolve(caller);
    });
  });
}
