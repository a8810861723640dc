import type { LanguageModel as SdkModel, streamText } from 'ai';
import { RETIRED_AT_ANTHROPIC, RETIRED_AT_DEEPSEEK, RETIRED_AT_GOOGLE, RETIRED_AT_OPENAI, type RetiredModels } from '../retired-models.ts';

export type ProviderOptions = NonNullable<Parameters<typeof streamText>[0]['providerOptions']>;
export type Reasoning = NonNullable<Parameters<typeof streamText>[0]['reasoning']>;

/** A vendor of language models that the AI SDK speaks to. */
export interface Vendor {
  id: string;
  /** With the version in its path, as the SDK wants it. */
  baseUrl: string;
  /** Used when the assistant names none: the vendor's quick and cheap one. */
  defaultModel: string;
  /** True when it refuses a conversation that begins with the assistant. */
  callerFirst: boolean;
  /** Loads the vendor's library and makes its models. */
  load(settings: { apiKey: string; baseURL: string }): Promise<(model: string) => SdkModel>;
  /**
   * How much a model may think while a caller waits: not at all, wherever it takes that setting. The SDK knows what the least is
   * that a model can do, and leaves out the temperature where thinking excludes it.
   */
  reasoning(model: string): Reasoning;
  /** It thinks all the same, and its thoughts count as a part of the answer. */
  thinksAnyway(model: string): boolean;
  retired: RetiredModels;
}

const OPENAI_THINKS = /^(?:o\d|gpt-(?:[5-9]|\d\d))(?!.*chat)/;
/** Of these, those that can leave it (the SDK's table of efforts). */
const OPENAI_CAN_LEAVE_IT = /^gpt-(?:5\.[1-9]|6-luna|6-sol|6\.1-terra)(?!.*pro)/;
const CLAUDE = /^claude-[a-z]+-[4-9]/;
const GEMINI_THINKS = /^gemini-(?:2\.5|[3-9]|\w+-latest)/;

export const VENDORS: Record<'openai' | 'anthropic' | 'google' | 'deepseek' | 'qwen', Vendor> = {
  openai: {
    id: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    // The cheapest of September 2026 (developers.openai.com/api/docs/models/gpt-6-luna); tools need thinking switched off here.
    defaultModel: 'gpt-6-luna',
    callerFirst: false,
    // Chat completions rather than responses: nothing of a call is stored there.
    load: async (settings) => (await import('@ai-sdk/openai')).createOpenAI(settings).chat,
    reasoning: (model) => (/^o\d/.test(model) ? 'low' : OPENAI_THINKS.test(model) ? 'none' : 'provider-default'),
    thinksAnyway: (model) => OPENAI_THINKS.test(model) && !OPENAI_CAN_LEAVE_IT.test(model),
    retired: RETIRED_AT_OPENAI,
  },
  anthropic: {
    id: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    defaultModel: 'claude-haiku-4-5',
    callerFirst: true,
    load: async (settings) => (await import('@ai-sdk/anthropic')).createAnthropic(settings),
    // From the fifth generation on they think unless told not to.
    reasoning: (model) => (CLAUDE.test(model) ? 'none' : 'provider-default'),
    thinksAnyway: (model) => /^claude-(?:(?:opus|sonnet)-5-5|fable|mythos)/.test(model),
    retired: RETIRED_AT_ANTHROPIC,
  },
  google: {
    id: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    // What Google names in the place of 2.5 Flash (ai.google.dev/gemini-api/docs/deprecations, November 2026).
    defaultModel: 'gemini-3.5-flash-lite',
    callerFirst: true,
    load: async (settings) => (await import('@ai-sdk/google')).createGoogle(settings),
    reasoning: (model) => (GEMINI_THINKS.test(model) ? 'none' : 'provider-default'),
    thinksAnyway: (model) => GEMINI_THINKS.test(model) && !/^gemini-2\.5-flash/.test(model),
    retired: RETIRED_AT_GOOGLE,
  },
  deepseek: {
    id: 'deepseek',
    baseUrl: 'https://api.deepseek.com',
    // api-docs.deepseek.com/quick_start/pricing, October 2026.
    defaultModel: 'deepseek-flash',
    callerFirst: false,
    load: async (settings) => (await import('@ai-sdk/deepseek')).createDeepSeek(settings),
    // Thinking is on unless it is switched off.
    reasoning: (model) => (model === 'deepseek-reasoner' ? 'low' : 'none'),
    thinksAnyway: (model) => model === 'deepseek-reasoner',
    retired: RETIRED_AT_DEEPSEEK,
  },
  qwen: {
    id: 'qwen',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    defaultModel: 'qwen-plus',
    callerFirst: false,
    load: async (settings) => (await import('@ai-sdk/alibaba')).createAlibaba(settings),
    reasoning: (model) => (/thinking|^qwq/.test(model) ? 'provider-default' : 'none'),
    thinksAnyway: (model) => /thinking|^qwq/.test(model),
    retired: {},
  },
};
