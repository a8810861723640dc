import type { LanguageModel as SdkModel, streamText } from 'ai';

export type ProviderOptions = NonNullable<Parameters<typeof streamText>[0]['providerOptions']>;

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
  /** What keeps a model from thinking long while a caller waits. */
  options(model: string): ProviderOptions;
}

const NOTHING: ProviderOptions = {};

export const VENDORS: Record<'openai' | 'anthropic' | 'google' | 'deepseek' | 'qwen', Vendor> = {
  openai: {
    id: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    defaultModel: 'gpt-4o-mini',
    callerFirst: false,
    // Chat completions rather than responses: nothing of a call is stored there.
    load: async (settings) => (await import('@ai-sdk/openai')).createOpenAI(settings).chat,
    options: (model) => (/^(o\d|gpt-5)(?!.*(chat|pro))/.test(model) ? { openai: { reasoningEffort: 'low' } } : NOTHING),
  },
  anthropic: {
    id: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    defaultModel: 'claude-haiku-4-5',
    callerFirst: true,
    load: async (settings) => (await import('@ai-sdk/anthropic')).createAnthropic(settings),
    options: () => NOTHING,
  },
  google: {
    id: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    defaultModel: 'gemini-2.5-flash',
    callerFirst: true,
    load: async (settings) => (await import('@ai-sdk/google')).createGoogle(settings),
    options: (model) => (/^gemini-2\.5-flash/.test(model) ? { google: { thinkingConfig: { thinkingBudget: 0 } } } : NOTHING),
  },
  deepseek: {
    id: 'deepseek',
    baseUrl: 'https://api.deepseek.com',
    defaultModel: 'deepseek-chat',
    callerFirst: false,
    load: async (settings) => (await import('@ai-sdk/deepseek')).createDeepSeek(settings),
    // Thinking is on unless it is switched off.
    options: (model) => (model === 'deepseek-reasoner' ? NOTHING : { deepseek: { thinking: { type: 'disabled' } } }),
  },
  qwen: {
    id: 'qwen',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    defaultModel: 'qwen-plus',
    callerFirst: false,
    load: async (settings) => (await import('@ai-sdk/alibaba')).createAlibaba(settings),
    options: (model) => (/thinking|^qwq/.test(model) ? NOTHING : { alibaba: { enableThinking: false } }),
  },
};
