import type { SpeechToTextOptions } from '@talkturo/voice';
import { vendorLanguage } from '../wire/vendor-language.ts';

export const ASSEMBLYAI_URL = 'https://streaming.assemblyai.com';
/** AssemblyAI takes at most 100 key terms of 50 characters. */
const MOST_TERMS = 100;
const LONGEST_TERM = 50;

export const assemblyEncoding = (sampleRate: number): 'pcm_mulaw' | 'pcm_s16le' => (sampleRate === 8000 ? 'pcm_mulaw' : 'pcm_s16le');

/** The address of a transcription with all its settings. */
export function streamAddress(baseUrl: string, options: Omit<SpeechToTextOptions, 'signal'>): URL {
  const { model, language, sampleRate, hints = [] } = options;
  const address = new URL('/v3/ws', baseUrl);
  address.protocol = address.protocol.replace('http', 'ws');
  const query = address.searchParams;
  const chosen = assemblyModel(model, language);
  query.set('speech_model', chosen);
  query.set('encoding', assemblyEncoding(sampleRate));
  query.set('sample_rate', `${sampleRate}`);
  // Formatting would send every turn a second time, later.
  query.set('format_turns', 'false');
  const terms = hints.filter((hint) => hint.trim() !== '' && hint.length <= LONGEST_TERM).slice(0, MOST_TERMS);
  // Of Whisper nothing says that it takes any: words without help are better than none.
  if (terms.length > 0 && chosen !== ALL_LANGUAGES) query.set('keyterms_prompt', JSON.stringify(terms));
  return address;
}

/** What the multilingual model hears (assemblyai.com/docs/streaming/universal-streaming/multilingual-transcription). */
const MULTILINGUAL = new Set(['en', 'es', 'fr', 'de', 'it', 'pt']);
/** It hears 99 languages (there, too); our sheet names it without saying so. */
const ALL_LANGUAGES = 'whisper-rt';

/** The names that assistants use (`universal`, `best`) and none at all mean the streaming model of the language. */
export function assemblyModel(model: string | null, language: string): string {
  const spoken = vendorLanguage(language);
  const multilingual = MULTILINGUAL.has(spoken) ? 'universal-streaming-multilingual' : ALL_LANGUAGES;
  const streaming = spoken === 'en' ? 'universal-streaming-english' : multilingual;
  if (model === null || /^(universal|universal-2|best|nano|universal-streaming)$/.test(model)) return streaming;
  return model === 'universal-streaming-english' ? streaming : model;
}
