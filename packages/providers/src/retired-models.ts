/** A model that its vendor has switched off, or will on a day that it has named. */
interface Retired {
  /** What the vendor recommends in its place, or the nearest that answers as quickly. */
  successor: string;
  /** From this day on (YYYY-MM-DD, UTC) requests to it fail. */
  since: string;
}
export type RetiredModels = Readonly<Record<string, Retired>>;

const retired = (since: string, successor: string, ...models: readonly string[]): RetiredModels =>
  Object.fromEntries(models.map((model) => [model, { successor, since }]));

/** https://developers.openai.com/api/docs/deprecations, as it stood in November 2026. */
export const RETIRED_AT_OPENAI: RetiredModels = {
  ...retired('2026-10-23', 'gpt-6-luna', 'gpt-3.5-turbo', 'gpt-4', 'gpt-4-turbo', 'gpt-4.1-nano'),
  ...retired('2026-12-11', 'gpt-6.1-sol', 'gpt-5', 'o3'),
  ...retired('2026-12-11', 'gpt-6.1-terra', 'gpt-5-mini'),
  ...retired('2026-12-11', 'gpt-6-luna', 'gpt-5-nano'),
  ...retired('2027-01-14', 'gpt-6-luna', 'gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'),
};

/** The same page; the replacements as their model pages name them. */
export const RETIRED_REALTIME_AT_OPENAI: RetiredModels = {
  ...retired('2027-01-20', 'gpt-realtime-2.1', 'gpt-realtime', 'gpt-4o-realtime-preview'),
  ...retired('2027-01-20', 'gpt-realtime-2.1-mini', 'gpt-realtime-mini', 'gpt-4o-mini-realtime-preview'),
};

/** https://platform.claude.com/docs/en/about-claude/model-deprecations, as it stood in November 2026. */
export const RETIRED_AT_ANTHROPIC: RetiredModels = {
  ...retired('2026-02-19', 'claude-haiku-4-5', 'claude-3-5-haiku-20241022', 'claude-3-5-haiku-latest'),
  ...retired('2026-04-19', 'claude-haiku-4-5', 'claude-3-haiku-20240307'),
};

/** https://ai.google.dev/gemini-api/docs/deprecations, as it stood in November 2026. */
export const RETIRED_AT_GOOGLE: RetiredModels = {
  ...retired('2026-06-01', 'gemini-3.5-flash-lite', 'gemini-2.0-flash', 'gemini-2.0-flash-001', 'gemini-2.0-flash-lite'),
  ...retired('2026-12-01', 'gemini-3.5-flash-lite', 'gemini-2.5-flash'),
  ...retired('2026-12-01', 'gemini-3.8-flash', 'gemini-2.5-pro'),
};

/** https://api-docs.deepseek.com/quick_start/pricing, as it stood in October 2026: the old names answer with an error since July. */
export const RETIRED_AT_DEEPSEEK: RetiredModels = retired('2026-07-24', 'deepseek-flash', 'deepseek-chat', 'deepseek-reasoner');

/** The model that answers now to a name; assistants keep the names they were made with. `nowMs`: since 1970. */
export function currentModel(model: string, models: RetiredModels, nowMs: number): string {
  // A snapshot goes with the name it belongs to.
  const gone = models[model] ?? models[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
  return gone && nowMs >= Date.parse(gone.since) ? gone.successor : model;
}
