import { decodeAlaw, decodeUlaw, type TextToSpeech } from '@talkturo/voice';
import { describe, expect, it } from 'vitest';
import { createClips, silenceFrame, toClip } from './clips.ts';
import { peopleVoice } from './people-voice.ts';
import { tone } from './tone.ts';

describe('clips', () => {
  it('are cut into frames of 20 ms, the last filled up with silence', () => {
    const pcm = tone(1000, 50);
    const clip = toClip(pcm, 'PCMU');
    expect(clip.length).toBe(3);
    const back = decodeUlaw(Buffer.concat(clip.map((frame) => Buffer.from(frame, 'base64'))));
    expect(Math.abs(back[100]! - pcm[100]!)).toBeLessThan(400);
    expect([...back.subarray(400)]).toEqual([...new Int16Array(80)]);
  });

  it('know silence in both laws', () => {
    expect(Math.max(...decodeUlaw(Buffer.from(silenceFrame('PCMU'), 'base64')))).toBe(0);
    expect(Math.max(...decodeAlaw(Buffer.from(silenceFrame('PCMA'), 'base64')))).toBeLessThanOrEqual(8);
  });

  it('are made once for each sentence and law, also when asked at the same time', async () => {
    const spoken: string[] = [];
    const clips = createClips(async (text) => {
      spoken.push(text);
      return tone(300, 40);
    });
    const [one, two] = await Promise.all([clips.of('Hello', 'PCMU'), clips.of('Hello', 'PCMU')]);
    expect(one).toBe(two);
    await clips.of('Hello', 'PCMA');
    expect(spoken).toEqual(['Hello', 'Hello']);
  });

  it('are tried again after a failure, and the oldest are forgotten', async () => {
    let fail = true;
    let spoken = 0;
    const clips = createClips(async () => {
      spoken += 1;
      if (fail) throw new Error('no voice');
      return tone(300, 20);
    });
    await expect(clips.of('Hello', 'PCMU')).rejects.toThrow('no voice');
    fail = false;
    await clips.of('Hello', 'PCMU');
    for (let i = 0; i < 500; i++) await clips.of(`sentence ${i}`, 'PCMU');
    const before = spoken;
    await clips.of('sentence 499', 'PCMU');
    expect(spoken).toBe(before);
    await clips.of('Hello', 'PCMU');
    expect(spoken).toBe(before + 1);
  });
});

describe('the voice of the people', () => {
  const provider = (pieces: number[], sampleRate: number): TextToSpeech => ({
    id: 'test',
    capabilities: { streaming: false, languages: 'any' },
    async *speak() {
      for (const length of pieces) yield { pcm: new Int16Array(length), sampleRate };
    },
  });

  it('joins what a provider gives, at the rate of the telephone', async () => {
    const pcm = await peopleVoice(provider([1600, 800], 16_000))('Hello');
    expect(Math.abs(pcm.length - 1200)).toBeLessThanOrEqual(2);
  });

  it('says when a provider gives nothing', async () => {
    await expect(peopleVoice(provider([], 16_000))('Hello')).rejects.toThrow('The voice gave no sound.');
  });
});
