import llamaTokenizer from 'llama-tokenizer-js';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inferenceOptions } from '../inference.ts';
import type { MoonshineFiles } from '../model-files.ts';
import { lengthBeforeLoop } from './loops.ts';

/** Hz of the sound it takes. */
export const MOONSHINE_RATE = 16_000;

/** Shape of Moonshine tiny's decoder cache. */
const LAYERS = 6;
const HEADS = 8;
const HEAD_WIDTH = 36;
const BEGIN = 1;
const END = 2;
/** Ids from here on are markers, not text. */
const FIRST_MARKER = 32_000;
/** Sentences are spoken at up to about six tokens a second, digits written one by one at up to ten; what runs past this has gone into a loop. */
const TOKENS_PER_SECOND = 12;
const LEAST_TOKENS = 12;
/** The convolutions of the encoder need some 56 ms to give one output. */
const LEAST_SAMPLES = 1024;

export interface Hearing {
  text: string;
  /** Mean log-probability of the tokens: above −0.1 about 3% of words are wrong, below −0.5 about 65%. */
  meanLogProb: number;
  /** Tokens of the text. */
  tokens: number;
  /** Tokens that were cut off, because the decoding ended in a loop. */
  looped: number;
  /** It ran into the cap on tokens. */
  capped: boolean;
  /**
   * Its first choice was to say nothing. It does so for one in ten dictated numbers, and rightly for noise:
   * what it says when pressed is worth hearing for the one and improbable for the other.
   */
  reluctant: boolean;
}

export interface Moonshine {
  /** Greedy transcription of 16 kHz mono sound in −1 … 1. One call at a time. */
  transcribe(sound: Float32Array): Promise<Hearing>;
  release(): Promise<void>;
}

type Feeds = Record<string, Tensor>;
type CacheSide = 'decoder' | 'encoder';

const cacheName = (stem: 'past_key_values' | 'present', layer: number, side: CacheSide, part: string) => `${stem}.${layer}.${side}.${part}`;

/** Loads Moonshine tiny (encoder, and decoder merged with its cached variant). */
export async function loadMoonshine(files: MoonshineFiles): Promise<Moonshine> {
  const [encoder, decoder] = await Promise.all([
    InferenceSession.create(files.encoder, inferenceOptions),
    InferenceSession.create(files.decoder, inferenceOptions),
  ]);

  async function encode(sound: Float32Array): Promise<Tensor> {
    let samples = sound;
    if (samples.length < LEAST_SAMPLES) {
      samples = new Float32Array(LEAST_SAMPLES);
      samples.set(sound);
    }
    const { last_hidden_state: states } = await encoder.run({ input_values: new Tensor('float32', samples, [1, samples.length]) });
    return states as Tensor;
  }

  async function transcribe(sound: Float32Array): Promise<Hearing> {
    const feeds = firstFeeds(await encode(sound));
    const cap = Math.max(LEAST_TOKENS, Math.ceil((sound.length / MOONSHINE_RATE) * TOKENS_PER_SECOND));
    const tokens: number[] = [];
    const logProbs: number[] = [];
    let last = BEGIN;
    let reluctant = false;
    while (tokens.length < cap) {
      feeds.input_ids = new Tensor('int64', BigInt64Array.of(BigInt(last)), [1, 1]);
      const output = await decoder.run(feeds);
      const logits = output.logits?.data as Float32Array;
      let choice = mostLikely(logits);
      if (choice.token === END && tokens.length === 0) {
        reluctant = true;
        choice = mostLikely(logits, END);
      }
      last = choice.token;
      logProbs.push(choice.logProb);
      if (last === END) break;
      carryCache(feeds, output as Feeds, tokens.length === 0);
      tokens.push(last);
    }
    const capped = last !== END;
    const length = capped ? lengthBeforeLoop(tokens) : tokens.length;
    const counted = capped ? logProbs.slice(0, length) : logProbs;
    return {
      text: llamaTokenizer
        .decode(
          tokens.slice(0, length).filter((token) => token < FIRST_MARKER),
          false,
          true,
        )
        .trim(),
      meanLogProb: counted.reduce((sum, logProb) => sum + logProb, 0) / counted.length,
      tokens: length,
      looped: tokens.length - length,
      capped,
      reluctant,
    };
  }

  return {
    transcribe,
    async release() {
      await encoder.release();
      await decoder.release();
    },
  };
}

function firstFeeds(states: Tensor): Feeds {
  const feeds: Feeds = { encoder_hidden_states: states, use_cache_branch: new Tensor('bool', Uint8Array.of(0), [1]) };
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const side of ['decoder', 'encoder'] as const) {
      for (const part of ['key', 'value']) {
        feeds[cacheName('past_key_values', layer, side, part)] = new Tensor('float32', new Float32Array(0), [0, HEADS, 1, HEAD_WIDTH]);
      }
    }
  }
  return feeds;
}

/** The encoder's share of the cache comes with the first step and stays; the decoder's grows with every step. */
function carryCache(feeds: Feeds, output: Feeds, first: boolean): void {
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const part of ['key', 'value']) {
      feeds[cacheName('past_key_values', layer, 'decoder', part)] = output[cacheName('present', layer, 'decoder', part)]!;
      if (first) feeds[cacheName('past_key_values', layer, 'encoder', part)] = output[cacheName('present', layer, 'encoder', part)]!;
    }
  }
  if (first) feeds.use_cache_branch = new Tensor('bool', Uint8Array.of(1), [1]);
}

function mostLikely(logits: Float32Array, except = -1): { token: number; logProb: number } {
  let token = 0;
  let top = Number.NEGATIVE_INFINITY;
  let ceiling = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]!;
    if (logit > ceiling) ceiling = logit;
    if (logit > top && i !== except) {
      top = logit;
      token = i;
    }
  }
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const below = logits[i]! - ceiling;
    if (below > -20) sum += Math.exp(below);
  }
  return { token, logProb: top - ceiling - Math.log(sum) };
}
