import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** Commands that write or take raw PCM16 little-endian, mono, 8 kHz, the likeliest first. */
const MICROPHONES: readonly [program: string, command: string][] = [
  ['arecord', 'arecord -q -t raw -f S16_LE -r 8000 -c 1'],
  ['rec', 'rec -q -t raw -e signed-integer -b 16 -L -r 8000 -c 1 -'],
  [
    'ffmpeg',
    process.platform === 'darwin'
      ? 'ffmpeg -v error -f avfoundation -i :0 -f s16le -ar 8000 -ac 1 -'
      : 'ffmpeg -v error -f pulse -i default -f s16le -ar 8000 -ac 1 -',
  ],
];
const SPEAKERS: readonly [program: string, command: string][] = [
  ['aplay', 'aplay -q -t raw -f S16_LE -r 8000 -c 1'],
  ['play', 'play -q -t raw -e signed-integer -b 16 -L -r 8000 -c 1 -'],
  ['ffplay', 'ffplay -v error -nodisp -fflags nobuffer -f s16le -ar 8000 -i -'],
];

const onPath = (program: string, searched: string): boolean =>
  searched.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });

const find = (programs: readonly [string, string][], searched: string): string | null =>
  programs.find(([program]) => onPath(program, searched))?.[1] ?? null;

/** A command for the microphone of this machine, or null when there is no program for it. */
export const findMicrophone = (searched: string): string | null => find(MICROPHONES, searched);
export const findSpeaker = (searched: string): string | null => find(SPEAKERS, searched);

const stopper = (child: ChildProcess) => () => {
  child.kill();
};

/** Starts a microphone command; `failed` is told when it cannot go on. */
export const startMicrophone = (command: string, failed: (why: string) => void): { sound: Readable; stop(): void } => {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  child.on('exit', (code) => {
    if (code) failed(`The microphone command ended with code ${code}: ${command}`);
  });
  return { sound: child.stdout, stop: stopper(child) };
};

/** More than a second of sound that the speaker has not taken is dropped: what is heard must be now. */
const MAX_BACKLOG_BYTES = 16_000;

/** Starts a speaker command. One that has ended is not written to: the call goes on without being heard. */
export const startSpeaker = (command: string): { play(pcm: Int16Array): void; stop(): void } => {
  const child = spawn(command, { shell: true, stdio: ['pipe', 'ignore', 'inherit'] });
  const input: Writable = child.stdin;
  let open = true;
  const close = () => {
    open = false;
  };
  input.on('error', close);
  child.on('exit', close);
  return {
    play(pcm) {
      if (!open || input.writableLength > MAX_BACKLOG_BYTES) return;
      const bytes = Buffer.alloc(pcm.length * 2);
      for (let i = 0; i < pcm.length; i++) bytes.writeInt16LE(pcm[i]!, i * 2);
      input.write(bytes);
    },
    stop: stopper(child),
  };
};
