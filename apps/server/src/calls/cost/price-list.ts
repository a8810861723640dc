/** What a call uses: the line, and the three stages of the conversation. */
export type CostKind = 'carrier' | 'transcription' | 'language_model' | 'voice';

/** A price in USD as a decimal string, per minute or per million tokens or characters. */
export interface Price {
  price: string;
  /** Where it stands: an address, or the operator's setting. */
  source: string;
  /** Day it was read there, YYYY-MM-DD. */
  date: string | null;
}

/** What is counted: seconds are priced by the minute, the others by the million. */
export type CostUnit = 'seconds' | 'input_tokens' | 'output_tokens' | 'characters';

/** `kind/vendor/model/unit`; `*` stands for every model. The setting TALKTURO_PRICES has the same keys. */
type PriceKey = string;
const keyOf = (kind: CostKind, vendor: string, model: string, unit: CostUnit): PriceKey => `${kind}/${vendor}/${model}/${unit}`;

const OPENAI = { source: 'https://openai.com/api/pricing', date: '2026-09-26' };
const ANTHROPIC = { source: 'https://www.anthropic.com/pricing', date: '2026-06-01' };
const DEEPGRAM = { source: 'https://deepgram.com/pricing', date: '2026-08-01' };
const ELEVENLABS = { source: 'https://elevenlabs.io/pricing/api', date: '2026-05-19' };
const HERE = { source: 'runs on this machine', date: null };

/** Prices of both directions of a language model. */
const tokens = (vendor: string, model: string, input: string, output: string, from: Omit<Price, 'price'>): [PriceKey, Price][] => [
  [keyOf('language_model', vendor, model, 'input_tokens'), { price: input, ...from }],
  [keyOf('language_model', vendor, model, 'output_tokens'), { price: output, ...from }],
];

/**
 * List prices of vendors, pay as you go, without taxes and discounts. Only those that a vendor publishes as one figure: carriers
 * charge by destination and Cartesia sells credits by plan, so that they are unknown until the operator names them.
 */
const PUBLISHED: readonly (readonly [PriceKey, Price])[] = [
  [keyOf('carrier', 'local', '*', 'seconds'), { price: '0', ...HERE }],
  [keyOf('transcription', 'local', '*', 'seconds'), { price: '0', ...HERE }],
  [keyOf('voice', 'local', '*', 'characters'), { price: '0', ...HERE }],
  ...tokens('local', '*', '0', '0', HERE),
  [keyOf('transcription', 'deepgram', 'nova-3', 'seconds'), { price: '0.0048', ...DEEPGRAM }],
  ...tokens('openai', 'gpt-4o-mini', '0.15', '0.60', OPENAI),
  ...tokens('anthropic', 'claude-haiku-4-5', '1.00', '5.00', ANTHROPIC),
  [keyOf('voice', 'elevenlabs', 'eleven_flash_v2_5', 'characters'), { price: '50', ...ELEVENLABS }],
  [keyOf('voice', 'elevenlabs', 'eleven_multilingual_v2', 'characters'), { price: '100', ...ELEVENLABS }],
];

export type PriceList = ReturnType<typeof createPriceList>;

/** Prices by what is used; the operator's go before those published. */
export function createPriceList(own: Readonly<Record<string, string>> = {}) {
  const prices = new Map<PriceKey, Price>(PUBLISHED);
  for (const [key, price] of Object.entries(own)) prices.set(key, { price, source: 'TALKTURO_PRICES', date: null });
  return {
    /** Of the model itself, else of all models of the vendor; null where nobody knows. */
    of: (kind: CostKind, vendor: string, model: string | null, unit: CostUnit): Price | null =>
      (model === null ? undefined : prices.get(keyOf(kind, vendor, model, unit))) ?? prices.get(keyOf(kind, vendor, '*', unit)) ?? null,
  };
}
