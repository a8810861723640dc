import type { SpeechToTextOptions } from '@talkturo/voice';
import { vendorLanguage } from '../wire/vendor-language.ts';

export const DEEPGRAM_URL = 'https://api.deepgram.com';
const DEFAULT_MODEL = 'nova-3';
/** Silence after which words are final: before the engine's own end of turn (480 ms), so that it need not wait for them. */
const ENDPOINTING_MS = 300;
/** The least that Deepgram advises. */
const UTTERANCE_END_MS = 1000;
/** Deepgram takes at most 100 key terms, and 500 tokens of them: with more it refuses the request (developers.deepgram.com/docs/keyterm). */
const MOST_HINTS = 100;
const MOST_KEYTERM_TOKENS = 450;
/** Names and foreign words take more tokens than plain ones: about one for three letters. */
const LETTERS_A_TOKEN = 3;
/** How much more likely a keyword becomes for models before nova-3. */
const BOOST = 2;

/** The regions that nova tells apart (developers.deepgram.com/docs/models-languages-overview); any other is refused. */
const REGIONS = new Set(
  'da-dk de-ch en-au en-gb en-in en-nz en-us es-419 fr-ca ko-kr nl-be pt-br pt-pt sv-se th-th zh-cn zh-hans zh-hant zh-hk zh-tw'.split(' '),
);

export const isFlux = (model: string | null): boolean => /^flux(-|$)/.test(model ?? '');
const novaLanguage = (language: string): string => (REGIONS.has(language.toLowerCase()) ? language : vendorLanguage(language));
/** µ-law at telephone rate: bit-exact for what came as PCMU, half the bytes. */
export const deepgramEncoding = (sampleRate: number): 'mulaw' | 'linear16' => (sampleRate === 8000 ? 'mulaw' : 'linear16');

/** The model that hears: Flux has one for English and one for all other languages. */
export function deepgramModel(model: string | null, language: string): string {
  if (!isFlux(model)) return model ?? DEFAULT_MODEL;
  return vendorLanguage(language) === 'en' && model !== 'flux-general-multi' ? 'flux-general-en' : 'flux-general-multi';
}

/** The address of a transcription with everything Deepgram must know: it takes its settings in the query alone. */
export function listenAddress(baseUrl: string, options: Omit<SpeechToTextOptions, 'signal'>): URL {
  const { language, sampleRate, hints = [] } = options;
  const flux = isFlux(options.model);
  const model = deepgramModel(options.model, language);
  const address = new URL(flux ? '/v2/listen' : '/v1/listen', baseUrl);
  address.protocol = address.protocol.replace('http', 'ws');
  const query = address.searchParams;
  const set = (values: Record<string, string | number | boolean>) => {
    for (const [name, value] of Object.entries(values)) query.append(name, `${value}`);
  };
  const terms = hints.filter((hint) => hint.trim() !== '').slice(0, MOST_HINTS);
  const keyTerms = () => {
    for (const term of withinTokens(terms)) query.append('keyterm', term);
  };
  const sound = { encoding: deepgramEncoding(sampleRate), sample_rate: sampleRate };
  if (flux) {
    set({ model, ...sound });
    if (model === 'flux-general-multi') set({ language_hint: vendorLanguage(language) });
    keyTerms();
    return address;
  }
  set({
    model,
    language: novaLanguage(language),
    ...sound,
    channels: 1,
    interim_results: true,
    endpointing: ENDPOINTING_MS,
    utterance_end_ms: UTTERANCE_END_MS,
    punctuate: true,
    smart_format: true,
  });
  if (model.startsWith('nova-3')) keyTerms();
  // Keywords are single words.
  else for (const word of keywords(terms)) query.append('keywords', `${word}:${BOOST}`);
  return address;
}

const keywords = (terms: readonly string[]): string[] =>
  [...new Set(terms.flatMap((term) => term.split(/[\s:]+/)).filter((word) => word.length > 2))].slice(0, MOST_HINTS);

/** As many as fit, the first first. */
function withinTokens(terms: readonly string[]): string[] {
  let tokens = 0;
  return terms.filter((term) => {
    const more = Math.ceil(term.length / LETTERS_A_TOKEN);
    if (tokens + more > MOST_KEYTERM_TOKENS) return false;
    tokens += more;
    return true;
  });
}
