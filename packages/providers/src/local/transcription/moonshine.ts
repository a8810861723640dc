import llamaTokenizer from 'llama-tokenizer-js';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inferenceOptions } from '../inference.ts';
import type { MoonshineFiles } from '../model-files.ts';

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
/** English is spoken at up to about six tokens a second; what runs past this has gone into a loop. */
const TOKENS_PER_SECOND = 6.5;
const LEAST_TOKENS = 12;
/** The convolutions of the encoder need some 56 ms to give one output. */
const LEAST_SAMPLES = 1024;

export interface Hearing {
  text: string;
  /** Mean log-probability of the tokens: above −0.1 about 3% of words are wrong, below −0.5 about 65%. */
  meanLogProb: number;
  /** It ran into the cap on tokens: most likely a loop. */
  capped: boolean;
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
    let logProbs = 0;
    let last = BEGIN;
    let ended = false;
    while (tokens.length < cap) {
      feeds.input_ids = new Tensor('int64', BigInt64Array.of(BigInt(last)), [1, 1]);
      const output = await decoder.run(feeds);
      const choice = mostLikely(output.logits?.data as Float32Array);
      logProbs += choice.logProb;
      last = choice.token;
      if (last === END) {
        ended = true;
        break;
      }
      carryCache(feeds, output as Feeds, tokens.length === 0);
      tokens.push(last);
    }
    const words = tokens.filter((token) => token < FIRST_MARKER);
    return {
      text: llamaTokenizer.decode(words, false, true).trim(),
      meanLogProb: tokens.length === 0 ? 0 : logProbs / (tokens.length + (ended ? 1 : 0)),
      capped: !ended,
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

function mostLikely(logits: Float32Array): { token: number; logProb: number } {
  let token = 0;
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) {
    if (logits[i]! > top) {
      top = logits[i]!;
      token = i;
    }
  }
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const below = logits[i]! - top;
    if (below > -20) sum += Math.exp(below);
  }
  return { token, logProb: -Math.log(sum) };
}
