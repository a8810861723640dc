import { defineLanguageModel } from '../define.ts';
import { createOpenAiCompatible } from './openai-compatible.ts';

/** The operator's own server: Ollama, llama.cpp, vLLM or any hosted model with this wire. */
export const openAiCompatible = defineLanguageModel({
  id: 'openai-compatible',
  needs: ['LLM_BASE_URL', 'LLM_MODEL'],
  create: ({ settings, fetch }) =>
    createOpenAiCompatible({
      id: 'openai-compatible',
      baseUrl: settings.LLM_BASE_URL ?? '',
      apiKey: settings.LLM_API_KEY,
      model: settings.LLM_MODEL ?? null,
      fetch,
    }),
});
