import type { SpeechSessionOptions } from '../ports/index.ts';
import { endCallTool, type Tool } from '../thinking/index.ts';
import type { Briefing } from './types.ts';

/** What a realtime session is opened with, whoever opens it and when. */
export type RealtimeSettings = Omit<SpeechSessionOptions, 'history' | 'resume' | 'signal'>;

export const realtimeSettings = (briefing: Briefing, tools: readonly Tool[], sampleRate: number): RealtimeSettings => ({
  model: briefing.realtime?.model ?? null,
  voice: briefing.realtime?.voice ?? null,
  language: briefing.language,
  instructions: briefing.instructions,
  temperature: briefing.temperature,
  tools: realtimeTools(tools).map(({ definition }) => definition),
  sampleRate,
});

/** The tools of a call that a realtime model leads. */
export const realtimeTools = (tools: readonly Tool[]): readonly Tool[] => [endCallTool, ...tools];

/** Whether two sessions are opened alike. */
export const sameSettings = (one: RealtimeSettings, other: RealtimeSettings): boolean => keyOf(one) === keyOf(other);
const keyOf = ({ model, voice, language, instructions, temperature, tools, sampleRate }: RealtimeSettings) =>
  JSON.stringify([model, voice, language, instructions, temperature, tools, sampleRate]);
