import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readWav, rms, writeWav } from '@talkturo/voice';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from './api.ts';
import { talk } from './talk.ts';
import { talkOptions } from './talk-options.ts';
import { type ServerSimulator, startServerSimulator } from './testing/server-simulator.ts';

let folder: string;
let server: ServerSimulator;

const tone = (rate: number, ms: number) =>
  Int16Array.from({ length: (rate * ms) / 1000 }, (_, i) => Math.round(9000 * Math.sin((i * 2 * Math.PI * 440) / rate)));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'talk-'));
  server = await startServerSimulator(tone(8000, 400));
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const file = async (name: string, bytes: Uint8Array) => {
  const at = path.join(folder, name);
  await writeFile(at, bytes);
  return at;
};

const run = async (args: string[], { key = server.key, url = server.url, interrupt = new AbortController().signal } = {}) => {
  const lines: string[] = [];
  const options = talkOptions(['--assistant', server.assistantId, '--quiet', '0.3', ...args], { PATH: '' }, folder);
  await talk(options, createApi(url, key), (line) => lines.push(line), interrupt);
  return lines;
};

describe('talk', () => {
  it('plays a stereo file of 44.1 kHz as the caller, prints what happens, records, and hangs up when both are quiet', async () => {
    const sound = tone(44_100, 600);
    await file('caller.wav', writeWav({ sampleRate: 44_100, channels: [sound, sound] }));
    const lines = await run(['--audio', 'caller.wav', '--record', 'out.wav']);
    expect(server.heardFrames).toBeGreaterThanOrEqual(29);
    expect(server.heardFrames).toBeLessThanOrEqual(31);
    expect(lines).toContain('   0.2 s  assistant Hello, how can I help?');
    expect(lines.join('\n')).toContain('turn decided +0.48, first token +0.50, first sound out +0.62');
    expect(lines.join('\n')).toContain('over: caller hung up');
    const { channels, sampleRate } = readWav(await readFile(path.join(folder, 'out.wav')));
    expect(sampleRate).toBe(8000);
    expect(channels.map((channel) => Math.round(rms(channel)) > 1000)).toEqual([true, true]);
    expect(channels[0]!.length).toBeGreaterThanOrEqual(8000 * 0.85);
  });

  it('waits for the end of the greeting when asked', async () => {
    await file('caller.wav', writeWav({ sampleRate: 8000, channels: [tone(8000, 200)] }));
    await run(['--audio', 'caller.wav', '--after-greeting', '--record', 'out.wav']);
    const [caller, assistant] = readWav(await readFile(path.join(folder, 'out.wav'))).channels;
    const first = (pcm: Int16Array) => pcm.findIndex((sample) => Math.abs(sample) > 1000);
    expect(first(caller!) - first(assistant!)).toBeGreaterThan(8000 * 1.3);
  });

  it('takes the sound from a microphone command', async () => {
    const raw = Buffer.from(tone(8000, 300).buffer);
    const at = await file('raw', raw);
    await run(['--mic', `cat '${at}'`]);
    expect(server.heardFrames).toBeGreaterThan(5);
  });

  it('hangs up when interrupted', async () => {
    await file('caller.wav', writeWav({ sampleRate: 8000, channels: [tone(8000, 60_000)] }));
    const interrupt = new AbortController();
    const talking = run(['--audio', 'caller.wav'], { interrupt: interrupt.signal });
    while (server.heardFrames < 3) await new Promise((resolve) => setImmediate(resolve));
    interrupt.abort();
    expect((await talking).join('\n')).toContain('over: caller hung up');
  });
});

describe('talk says in one sentence what is wrong with', () => {
  const wav = writeWav({ sampleRate: 8000, channels: [tone(8000, 100)] });
  it.each([
    ['a file that is not there', null, /There is no file .*caller\.wav\./],
    ['an empty file', new Uint8Array(0), /caller\.wav: The WAV file is empty\./],
    ['a truncated file', wav.subarray(0, 500), /truncated/],
    ['another kind of file', Buffer.from('ID3 this is music, is it not?'), /not a WAV file/],
  ])('%s', async (_what, bytes, message) => {
    if (bytes) await file('caller.wav', bytes);
    await expect(run(['--audio', 'caller.wav'])).rejects.toThrow(message);
  });

  it('the key, the server or the assistant', async () => {
    await file('caller.wav', wav);
    await expect(run(['--audio', 'caller.wav'], { key: 'tk_test_other' })).rejects.toThrow(/does not know this key/);
    await expect(run(['--audio', 'caller.wav'], { url: 'http://127.0.0.1:9' })).rejects.toThrow(
      /No server answers at http:\/\/127\.0\.0\.1:9/,
    );
    await expect(run(['--audio', 'caller.wav', '--assistant', 'asst_none'])).rejects.toThrow('There is no assistant with this id.');
  });

  it('the place of the recording', async () => {
    await file('caller.wav', wav);
    await expect(run(['--audio', 'caller.wav', '--record', 'none/out.wav'])).rejects.toThrow(/out\.wav cannot be written \(ENOENT\)/);
  });

  it.each([
    [['--audio', 'x.wav'], /Give either --assistant or --to/],
    [['--assistant', 'a', '--to', '+1', '--audio', 'x.wav'], /Give either --assistant or --to/],
    [['--assistant', 'a'], /no microphone program here/],
    [['--assistant', 'a', '--audio', 'x.wav', '--quiet', 'long'], /--quiet is a number/],
    [['--loud'], /Unknown option '--loud'/],
  ])('the arguments %j', (args, message) => {
    expect(() => talkOptions(args, { PATH: '' }, folder)).toThrow(message);
  });
});
