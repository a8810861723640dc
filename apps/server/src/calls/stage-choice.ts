import {
  type LanguageModel,
  ProviderError,
  type SpeechToSpeech,
  type SpeechToText,
  type StageName,
  type Stages,
  type TextToSpeech,
  type VoiceActivity,
} from '@talkturo/voice';
import { AppError } from '../http/app-error.ts';
import { notConfigured } from './calls.errors.ts';
import { type FallbackNames, namedLanguageModel, namedSpeechToText, namedTextToSpeech } from './named-ports.ts';

/** Whether a provider can be used here; if not, `message` says in one sentence why, naming a setting that is missing. */
export type Resolution<Port> = { ok: true; create: () => Port } | { ok: false; message: string };

/** The providers of this server by the names assistants give them. */
export interface Providers {
  speechToText(id: string): Resolution<SpeechToText>;
  languageModel(id: string): Resolution<LanguageModel>;
  textToSpeech(id: string): Resolution<TextToSpeech>;
  speechToSpeech(id: string): Resolution<SpeechToSpeech>;
  voiceActivity(): VoiceActivity;
  /** What answers for `local`: the dialogue engine, or the server of LLM_BASE_URL once that is set. */
  localLanguageModel: 'local' | 'openai-compatible';
  /** Whether the local models stand in for a vendor that cannot be used. */
  fallback: boolean;
}

/** The providers an account's calls run on, as they stand at this moment: its own keys first, then the server's. */
export type ProvidersOf = (accountId: string) => Promise<Providers>;

/** What an assistant asks for. */
export interface WantedStages {
  transcriptorProvider: string;
  provider: string;
  voiceProvider: string;
  /** Whose model leads the call alone, the three above behind it; null: they lead it. */
  realtimeProvider: string | null;
  /** BCP-47. */
  language: string;
  /** Who takes over in a call, where the assistant says so. */
  fallbacks?: Partial<Record<'speechToText' | 'languageModel' | 'textToSpeech', WantedFallback>>;
}

export interface WantedFallback extends FallbackNames {
  provider: string;
}

/** A stage that runs on the local models although a vendor was configured, or the standard pipeline in place of a realtime model. */
export interface Replacement {
  stage: StageName;
  wanted: string;
  used: string;
  reason: string;
}

export interface StageChoice {
  stages: Stages;
  replacements: Replacement[];
  /** The wanted provider itself runs, so its model and voice names apply. */
  asWanted: { speechToText: boolean; languageModel: boolean; textToSpeech: boolean };
}

interface Kind<Port> {
  stage: StageName;
  wanted: string;
  /** Whom the assistant itself names to take its place. */
  fallback: WantedFallback | undefined;
  /** The port with model and voice of its own. */
  named(port: Port, names: FallbackNames, again: boolean): Port;
  /** The local providers that may take its place, best first. */
  standIns: readonly string[];
  resolve(id: string): Resolution<Port>;
  /** Primary languages it understands or speaks. */
  languages(port: Port): readonly string[] | 'any';
  /** How a person would name it. */
  name: string;
}

/** The dialogue engine reads and writes English. */
const DIALOGUE_LANGUAGES = ['en'];

/**
 * Chooses who listens, thinks and speaks in a call: whom the assistant names; where that one cannot be used, the local
 * models if they may stand in. Where a vendor runs and they may, they are its fallback. A realtime model that cannot be used
 * is replaced by the standard pipeline; behind one that can, the pipeline stands as far as it can be had.
 * @throws AppError 409 with the setting that is missing, or with the languages that can be had.
 */
export function chooseStages(wanted: WantedStages, providers: Providers): StageChoice {
  const id = wanted.realtimeProvider;
  if (id === null) return choosePipeline(wanted, providers);
  const realtime = build<SpeechToSpeech>({ wanted: id, resolve: providers.speechToSpeech }, id);
  if (!realtime.ok) {
    if (!providers.fallback) throw notConfigured(realtime.message);
    const pipeline = choosePipeline(wanted, providers);
    const replacement: Replacement = { stage: 'speech-to-speech', wanted: id, used: 'standard', reason: realtime.message };
    return { ...pipeline, replacements: [replacement, ...pipeline.replacements] };
  }
  const behind = pipelineAsFarAsItGoes(wanted, providers);
  return { ...behind, stages: { ...behind.stages, speechToSpeech: realtime.port }, replacements: [] };
}

/** The three kinds of stages, as a call asks for them. */
function kindsOf(wanted: WantedStages, providers: Providers) {
  const speechToText: Kind<SpeechToText> = {
    stage: 'speech-to-text',
    name: 'transcription',
    wanted: wanted.transcriptorProvider,
    fallback: wanted.fallbacks?.speechToText,
    named: namedSpeechToText,
    standIns: ['local'],
    resolve: providers.speechToText,
    languages: (port) => port.capabilities.languages,
  };
  const languageModel: Kind<LanguageModel> = {
    stage: 'language-model',
    name: 'dialogue engine',
    wanted: wanted.provider === 'local' ? providers.localLanguageModel : wanted.provider,
    fallback: wanted.fallbacks?.languageModel,
    named: namedLanguageModel,
    standIns: [...new Set([providers.localLanguageModel, 'local'])],
    resolve: providers.languageModel,
    languages: (port) => (port.id.startsWith('local') ? DIALOGUE_LANGUAGES : 'any'),
  };
  const textToSpeech: Kind<TextToSpeech> = {
    stage: 'text-to-speech',
    name: 'voice',
    wanted: wanted.voiceProvider,
    fallback: wanted.fallbacks?.textToSpeech,
    named: namedTextToSpeech,
    standIns: ['local'],
    resolve: providers.textToSpeech,
    languages: (port) => port.capabilities.languages,
  };
  return { speechToText, languageModel, textToSpeech };
}

/**
 * Chooses who thinks where there is nothing to hear or to say, as `chooseStages` does for a call of three stages.
 * @throws AppError 409 as there
 */
export function chooseLanguageModel(wanted: WantedStages, providers: Providers) {
  const { ports, replacement } = choose(kindsOf(wanted, providers).languageModel, wanted.language, providers.fallback);
  return { models: ports, asWanted: !replacement && wanted.provider !== 'local' };
}

function choosePipeline(wanted: WantedStages, providers: Providers): StageChoice {
  const { language } = wanted;
  const kinds = kindsOf(wanted, providers);
  return pipelineOf(wanted, providers, {
    speechToText: choose(kinds.speechToText, language, providers.fallback),
    languageModel: choose(kinds.languageModel, language, providers.fallback),
    textToSpeech: choose(kinds.textToSpeech, language, providers.fallback),
  });
}

/** What stands behind a realtime model: a stage that cannot be had is missed only when that fails. */
function pipelineAsFarAsItGoes(wanted: WantedStages, providers: Providers): StageChoice {
  const { language } = wanted;
  const kinds = kindsOf(wanted, providers);
  const orNone = <Port>(kind: Kind<Port>): Chosen<Port> => {
    try {
      return choose(kind, language, providers.fallback);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ports: [], replacement: null };
    }
  };
  return pipelineOf(wanted, providers, {
    speechToText: orNone(kinds.speechToText),
    languageModel: orNone(kinds.languageModel),
    textToSpeech: orNone(kinds.textToSpeech),
  });
}

interface ChosenPipeline {
  speechToText: Chosen<SpeechToText>;
  languageModel: Chosen<LanguageModel>;
  textToSpeech: Chosen<TextToSpeech>;
}

function pipelineOf(wanted: WantedStages, providers: Providers, chosen: ChosenPipeline): StageChoice {
  const { speechToText, languageModel, textToSpeech } = chosen;
  return {
    stages: {
      voiceActivity: providers.voiceActivity(),
      speechToText: speechToText.ports,
      languageModel: languageModel.ports,
      textToSpeech: textToSpeech.ports,
    },
    replacements: [speechToText, languageModel, textToSpeech].flatMap(({ replacement }) => replacement ?? []),
    asWanted: {
      speechToText: !speechToText.replacement && wanted.transcriptorProvider !== 'local',
      languageModel: !languageModel.replacement && wanted.provider !== 'local',
      textToSpeech: !textToSpeech.replacement && wanted.voiceProvider !== 'local',
    },
  };
}

interface Chosen<Port> {
  /** The first is used, the others are its fallbacks. */
  ports: Port[];
  replacement: Replacement | null;
}

function choose<Port>(kind: Kind<Port>, language: string, fallback: boolean): Chosen<Port> {
  const { wanted, standIns } = kind;
  const local = standIns[0] ?? wanted;
  const first = build(kind, wanted);
  const own = ownFallback(kind, language);
  const behindIt = (except: string) => (fallback ? behind(kind, language, except) : []);
  if (first.ok) {
    if (!speaks(kind.languages(first.port), language)) throw notConfigured(foreignLanguage(kind, language, null));
    return { ports: [first.port, ...own, ...behindIt(wanted)], replacement: null };
  }
  const [instead] = own;
  if (instead && kind.fallback) {
    const used = kind.fallback.provider;
    return { ports: [instead, ...behindIt(used)], replacement: { stage: kind.stage, wanted, used, reason: first.message } };
  }
  if (wanted === local || !fallback) throw notConfigured(first.message);
  const second = build(kind, local);
  if (!second.ok) throw notConfigured(second.message);
  if (!speaks(kind.languages(second.port), language)) throw notConfigured(foreignLanguage(kind, language, first.message));
  return { ports: [second.port], replacement: { stage: kind.stage, wanted, used: local, reason: first.message } };
}

/** A provider that is there and can still not be had, like models that did not start, is as good as missing. */
function build<Port>(kind: Pick<Kind<Port>, 'wanted' | 'resolve'>, id: string): { ok: true; port: Port } | { ok: false; message: string } {
  const resolution = kind.resolve(id);
  if (!resolution.ok) return resolution;
  try {
    return { ok: true, port: resolution.create() };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { ok: false, message: error.message };
  }
}

/** Whom the assistant names to take over; nobody where that one cannot be used here. */
function ownFallback<Port>(kind: Kind<Port>, language: string): Port[] {
  const { fallback, wanted } = kind;
  const built = fallback && build(kind, fallback.provider);
  if (!fallback || !built?.ok || !speaks(kind.languages(built.port), language)) return [];
  return [kind.named(built.port, fallback, fallback.provider === wanted)];
}

/** The local ones that take over after all others. */
function behind<Port>(kind: Kind<Port>, language: string, first: string): Port[] {
  return kind.standIns.flatMap((id) => {
    const built = id === first || id === kind.fallback?.provider ? null : build(kind, id);
    return built?.ok && speaks(kind.languages(built.port), language) ? [built.port] : [];
  });
}

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';
const speaks = (languages: readonly string[] | 'any', language: string): boolean =>
  languages === 'any' || languages.map(primary).includes(primary(language));

function foreignLanguage<Port>(kind: Kind<Port>, language: string, missing: string | null): string {
  const local = missing !== null || kind.standIns.includes(kind.wanted);
  const who = local ? `the local ${kind.name} knows English only` : `the ${kind.name} of ${kind.wanted} does not know it`;
  const hint = missing ?? (local ? 'Choose a vendor for it in the assistant.' : 'Choose another one in the assistant.');
  return `This assistant cannot take calls in the language ${language}: ${who}. ${hint}`;
}
