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

const OPENAI = { source: 'https://developers.openai.com/api/docs/pricing', date: '2026-11-29' };
const ANTHROPIC = { source: 'https://platform.claude.com/docs/en/about-claude/pricing', date: '2026-11-29' };
const DEEPGRAM = { source: 'https://deepgram.com/pricing', date: '2026-11-04' };
const ELEVENLABS = { source: 'https://elevenlabs.io/pricing/api', date: '2026-11-29' };
const HERE = { source: 'runs on this machine', date: null };

/** Prices of both directions of a language model. */
const tokens = (vendor: string, model: string, input: string, output: string, from: Omit<Price, 'price'>): [PriceKey, Price][] => [
  [keyOf('language_model', vendor, model, 'input_tokens'), { price: input, ...from }],
  [keyOf('language_model', vendor, model, 'output_tokens'), { price: output, ...from }],
];

const spoken = (model: string, price: string): [PriceKey, Price] => [
  keyOf('voice', 'elevenlabs', model, 'characters'),
  { price, ...ELEVENLABS },
];

/**
 * List prices of vendors, pay as you go, without taxes and discounts. Only those that a vendor publishes as one figure. Unknown
 * until the operator names them are: carriers, who charge by destination; Cartesia, which sells credits by plan; AssemblyAI, whose page
 * names no price for the models used here (November 2026); Google, whose prices are introductory ones to the end of 2026; DeepSeek,
 * dearer by the hour of the day; Qwen, by region and length; and models that hear and speak, whose sound and text tokens differ.
 */
const PUBLISHED: readonly (readonly [PriceKey, Price])[] = [
  [keyOf('carrier', 'local', '*', 'seconds'), { price: '0', ...HERE }],
  // Calls from browsers come over the internet, to this machine.
  [keyOf('carrier', 'web', '*', 'seconds'), { price: '0', ...HERE }],
  [keyOf('transcription', 'local', '*', 'seconds'), { price: '0', ...HERE }],
  [keyOf('voice', 'local', '*', 'characters'), { price: '0', ...HERE }],
  ...tokens('local', '*', '0', '0', HERE),
  [keyOf('transcription', 'deepgram', 'nova-3', 'seconds'), { price: '0.0048', ...DEEPGRAM }],
  [keyOf('transcription', 'deepgram', 'flux-general-multi', 'seconds'), { price: '0.0078', ...DEEPGRAM }],
  ...tokens('openai', 'gpt-6-luna', '0.10', '0.50', OPENAI),
  ...tokens('openai', 'gpt-6-sol', '2.00', '10.00', OPENAI),
  ...tokens('openai', 'gpt-5-mini', '0.25', '2.00', OPENAI),
  ...tokens('openai', 'gpt-4.1', '2.00', '8.00', OPENAI),
  ...tokens('openai', 'gpt-4.1-mini', '0.40', '1.60', OPENAI),
  ...tokens('openai', 'gpt-4o-mini', '0.15', '0.60', OPENAI),
  ...tokens('anthropic', 'claude-haiku-4-5', '1.00', '5.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-sonnet-4-5', '3.00', '15.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-sonnet-4-6', '3.00', '15.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-sonnet-5', '2.00', '10.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-sonnet-5-5', '2.00', '10.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-opus-4-5', '5.00', '25.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-opus-4-6', '5.00', '25.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-opus-5', '5.00', '25.00', ANTHROPIC),
  ...tokens('anthropic', 'claude-opus-5-5', '4.00', '20.00', ANTHROPIC),
  // Turbo models are asked for as Flash.
  ...['eleven_flash_v2_5', 'eleven_flash_v2', 'eleven_turbo_v2_5', 'eleven_turbo_v2'].map((model) => spoken(model, '50')),
  ...['eleven_multilingual_v2', 'eleven_v3'].map((model) => spoken(model, '100')),
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
