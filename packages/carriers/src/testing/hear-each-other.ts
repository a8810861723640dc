import type { Leg } from '@talkturo/voice';
import { tone } from '../local/tone.ts';
import type { LegEar } from './leg-ear.ts';

/** What of a simulated person's line is used. */
interface PersonsLine {
  say(pcm: Int16Array): void;
  readonly heard: { readonly length: number };
  heardSamples(count: number): Promise<unknown>;
}

/** Resolves when sound has gone both ways between a person and the leg that somebody listens to. */
export async function hearEachOther(person: PersonsLine, leg: Leg, ear: LegEar): Promise<void> {
  const said = tone(400, 400);
  const loud = ear.loudFrames;
  person.say(said);
  await ear.heardSound(loud + 10);
  const before = person.heard.length;
  leg.send(said);
  await person.heardSamples(before + said.length);
}
