import path from 'node:path';
import { parseArgs } from 'node:util';
import { findMicrophone, findSpeaker } from './audio-programs.ts';
import { SentenceError } from './sentence-error.ts';

export interface TalkOptions {
  target: { assistantId: string } | { toNumber: string };
  fromNumber: string | null;
  /** A WAV file, or a command that writes raw sound. */
  sound: { file: string } | { microphone: string };
  /** A command that takes raw sound. */
  speaker: string | null;
  record: string | null;
  afterGreeting: boolean;
  quietMs: number;
}

const USAGE = `Talk to an assistant over the built-in phone network.

  npm run talk -- --assistant <id> --audio caller.wav [--record out.wav]
  npm run talk -- --assistant <id>                      with the microphone

  --assistant <id>       the assistant to call (asst_…), or
  --to <number>          a number of the network that an assistant answers
  --from <number>        the caller's number
  --audio <file.wav>     what the caller says; without it the microphone
  --after-greeting       begin when the assistant has finished its first words
  --quiet <seconds>      hang up when the sound has ended and the assistant was quiet for so long (5)
  --record <file.wav>    record the call: left the caller, right the assistant
  --mic "<command>"      writes the caller's sound as raw 16-bit mono at 8 kHz
  --speaker "<command>"  takes the assistant's sound in the same form

TALKTURO_URL is the server (http://localhost:3000, or at PORT), TALKTURO_API_KEY the key.`;

const read = (args: string[]) => {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args,
      options: {
        assistant: text,
        to: text,
        from: text,
        audio: text,
        'after-greeting': yes,
        quiet: { ...text, default: '5' },
        record: text,
        mic: text,
        speaker: text,
        help: { ...yes, short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new SentenceError(`${(error as Error).message}\n\n${USAGE}`);
  }
};

/** Reads the command line. `home` is the folder that file names are relative to. */
export const talkOptions = (args: string[], environment: NodeJS.ProcessEnv, home: string): TalkOptions => {
  const given = read(args);
  if (given.help) throw new SentenceError(USAGE);
  const { assistant, to, audio } = given;
  if ((assistant === undefined) === (to === undefined)) throw new SentenceError(`Give either --assistant or --to.\n\n${USAGE}`);
  const quietMs = Number(given.quiet) * 1000;
  if (!(quietMs > 0 && quietMs <= 600_000)) throw new SentenceError('--quiet is a number of seconds above 0 and up to 600.');
  const searched = environment.PATH ?? '';
  const microphone = given.mic ?? (audio === undefined ? findMicrophone(searched) : null);
  if (audio === undefined && !microphone) {
    throw new SentenceError(
      'There is no microphone program here (arecord, rec or ffmpeg). Give the sound with --audio file.wav, or a command with --mic.',
    );
  }
  const live = audio === undefined;
  return {
    target: assistant === undefined ? { toNumber: to! } : { assistantId: assistant },
    fromNumber: given.from ?? null,
    sound: live ? { microphone: microphone! } : { file: path.resolve(home, audio) },
    speaker: given.speaker ?? (live ? findSpeaker(searched) : null),
    record: given.record === undefined ? null : path.resolve(home, given.record),
    afterGreeting: given['after-greeting'],
    quietMs,
  };
};
