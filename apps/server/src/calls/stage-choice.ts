import type { LanguageModel, SpeechToText, StageName, Stages, TextToSpeech, VoiceActivity } from '@talkturo/voice';
import { notConfigured } from './calls.errors.ts';

/** Whether a provider can be used here; if not, `message` says in one sentence why, naming a setting that is missing. */
export type Resolution<Port> = { ok: true; create: () => Port } | { ok: false; message: string };

/** The providers of this server by the names assistants give them. */
export interface Providers {
  speechToText(id: string): Resolution<SpeechToText>;
  languageModel(id: string): Resolution<LanguageModel>;
  textToSpeech(id: string): Resolution<TextToSpeech>;
  voiceActivity(): VoiceActivity;
  /** What answers for `local`: the dialogue engine, or the server of LLM_BASE_URL once that is set. */
  localLanguageModel: 'local' | 'openai-compatible';
  /** Whether the local models stand in for a vendor that cannot be used. */
  fallback: boolean;
}

/** What an assistant asks for. */
export interface WantedStages {
  transcriptorProvider: string;
  provider: string;
  voiceProvider: string;
  /** BCP-47. */
  language: string;
}

/** A stage that runs on the local models although a vendor was configured. */
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
  local: string;
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
 * models if they may stand in. Where a vendor runs and they may, they are its fallback.
 * @throws AppError 409 with the setting that is missing, or with the languages that can be had.
 */
export function chooseStages(wanted: WantedStages, providers: Providers): StageChoice {
  const { language } = wanted;
  const speechToText = choose<SpeechToText>(
    {
      stage: 'speech-to-text',
      name: 'transcription',
      wanted: wanted.transcriptorProvider,
      local: 'local',
      resolve: providers.speechToText,
      languages: (port) => port.capabilities.languages,
    },
    language,
    providers.fallback,
  );
  const languageModel = choose<LanguageModel>(
    {
      stage: 'language-model',
      name: 'dialogue engine',
      wanted: wanted.provider === 'local' ? providers.localLanguageModel : wanted.provider,
      local: providers.localLanguageModel,
      resolve: providers.languageModel,
      languages: (port) => (port.id.startsWith('local') ? DIALOGUE_LANGUAGES : 'any'),
    },
    language,
    providers.fallback,
  );
  const textToSpeech = choose<TextToSpeech>(
    {
      stage: 'text-to-speech',
      name: 'voice',
      wanted: wanted.voiceProvider,
      local: 'local',
      resolve: providers.textToSpeech,
      languages: (port) => port.capabilities.languages,
    },
    language,
    providers.fallback,
  );
  return {
    stages: {
      voiceActivity: providers.voiceActivity(),
      speechToText: speechToText.ports,
      languageModel: languageModel.ports,
      textToSpeech: textToSpeech.ports,
    },
    replacements: [speechToText, languageModel, textToSpeech].flatMap((chosen) => chosen.replacement ?? []),
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
  const { wanted, local } = kind;
  const first = kind.resolve(wanted);
  if (first.ok) {
    const port = first.create();
    if (!speaks(kind.languages(port), language)) throw notConfigured(foreignLanguage(kind, wanted, language, null));
    return { ports: [port, ...(wanted === local || !fallback ? [] : standIn(kind, language))], replacement: null };
  }
  if (wanted === local || !fallback) throw notConfigured(first.message);
  const second = kind.resolve(local);
  if (!second.ok) throw notConfigured(second.message);
  const port = second.create();
  if (!speaks(kind.languages(port), language)) throw notConfigured(foreignLanguage(kind, wanted, language, first.message));
  return { ports: [port], replacement: { stage: kind.stage, wanted, used: local, reason: first.message } };
}

/** The local stage behind a vendor's, where it can take over. */
function standIn<Port>(kind: Kind<Port>, language: string): Port[] {
  const local = kind.resolve(kind.local);
  const port = local.ok ? local.create() : null;
  return port && speaks(kind.languages(port), language) ? [port] : [];
}

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';
const speaks = (languages: readonly string[] | 'any', language: string): boolean =>
  languages === 'any' || languages.map(primary).includes(primary(language));

function foreignLanguage<Port>(kind: Kind<Port>, wanted: string, language: string, missing: string | null): string {
  const who =
    wanted === kind.local || missing ? `The local ${kind.name} knows English only` : `The ${kind.name} of ${wanted} does not know it`;
  const hint = missing ? ` ${missing}` : wanted === kind.local ? ' Choose a vendor for it in the assistant.' : '';
  return `This assistant cannot take calls in the language ${language}: ${who}.${hint}`;
}
