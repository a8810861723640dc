import type { AnsweringPlan, Briefing, Stages, Tool } from '@talkturo/voice';
import type { Assistants } from '../assistants/assistants.ts';
import { fill } from '../assistants/template-variables.ts';
import type { CallPeople, CallVariables } from './call-people.ts';
import { notConfigured } from './calls.errors.ts';
import type { Call } from './calls.table.ts';
import { introductionOf } from './introduction.ts';
import { chooseStages, type ProvidersOf, type Replacement, type WantedStages } from './stage-choice.ts';
import { createTransferTool } from './tools/transfer-call.ts';

/** Everything a conversation needs before the line is open. */
export interface PreparedCall {
  stages: Stages;
  briefing: Briefing;
  recording: boolean;
  /** Of a call we place: what to do with whoever picks up and is no person, with the variables filled in. */
  answering: AnsweringPlan | null;
  /** What can be done in this call, beside what can be in every one. */
  tools: readonly Tool[];
  /** By this the assistant connects the caller with somebody, where the carrier can; null where it may with nobody. */
  transferTool: Tool | null;
  /** How long the conversation may last, where that is less than usual. */
  maxCallMs?: number;
  /** What deserves a line in the call's log. */
  replacements: Replacement[];
  missingVariables: string[];
}

export type Assistant = Awaited<ReturnType<Assistants['get']>>;

/** Telephone sound. */
export const SAMPLE_RATE = 8000;

export const wantedStages = (assistant: Assistant): WantedStages => ({
  transcriptorProvider: assistant.transcriptorProvider,
  provider: assistant.provider,
  voiceProvider: assistant.voiceProvider,
  realtimeProvider: assistant.mode === 'realtime' ? assistant.realtimeProvider : null,
  language: assistant.transcriptorLanguage,
  fallbacks: {
    ...fallback('speechToText', assistant.fallbackTranscriptorProvider, assistant.fallbackTranscriptorModel),
    ...fallback('languageModel', assistant.fallbackLlmProvider, assistant.fallbackLlmModel),
    ...fallback('textToSpeech', assistant.fallbackVoiceProvider, assistant.fallbackVoiceModel, assistant.fallbackVoiceId),
  },
});

const fallback = (stage: string, provider: string | null, model: string | null, voiceId: string | null = null) =>
  provider ? { [stage]: { provider, model, voiceId } } : {};

/**
 * Makes an assistant ready for a call: its stages, its words with the variables filled in.
 * @throws AppError 409 when it cannot run here; the sentence says which setting is missing.
 */
export async function prepareCall(assistant: Assistant, variables: CallVariables, providersOf: ProvidersOf): Promise<PreparedCall> {
  const { stages, replacements, asWanted } = chooseStages(wantedStages(assistant), await providersOf(assistant.accountId));
  const instructions = fill(assistant.systemPrompt, variables.values);
  const firstMessage = fill(assistant.firstMessage, variables.values);
  const language = assistant.transcriptorLanguage;
  return {
    stages,
    replacements,
    missingVariables: [...new Set([...instructions.missing, ...firstMessage.missing])],
    recording: assistant.recordingEnabled,
    answering: answeringPlan(assistant, variables),
    tools: [],
    transferTool: assistant.transferDestinations?.length ? createTransferTool(assistant.transferDestinations) : null,
    briefing: {
      instructions: instructions.text,
      firstMessage: firstMessage.text.trim() === '' ? null : firstMessage.text,
      language,
      transcriberModel: asWanted.speechToText ? assistant.transcriptorModel : null,
      model: asWanted.languageModel ? assistant.model : null,
      temperature: assistant.temperature,
      maxTokens: assistant.maxTokens,
      voice: {
        model: asWanted.textToSpeech ? assistant.voiceModel : null,
        id: asWanted.textToSpeech ? assistant.voiceId : null,
        name: asWanted.textToSpeech ? assistant.voiceName : null,
        language,
        sampleRate: SAMPLE_RATE,
      },
      hints: [...(assistant.transcriptorKeyterms ?? []), ...variables.hints],
      ...(stages.speechToSpeech && { realtime: { model: assistant.realtimeModel, voice: assistant.realtimeVoice } }),
    },
  };
}

/** A message may use variables like every other text of the assistant. */
function answeringPlan(assistant: Assistant, { outgoing, values }: CallVariables): AnsweringPlan | null {
  if (!outgoing) return null;
  const { voicemail, purpose } = outgoing;
  const occasion = { ...outgoing, assistant: assistant.name, purpose: purpose && fill(purpose, values).text };
  return {
    voicemail: voicemail.action === 'leave_message' ? { ...voicemail, message: fill(voicemail.message, values).text } : voicemail,
    introduction: introductionOf(occasion, assistant.transcriptorLanguage),
  };
}

/** Prepares a call from its row, for a node that takes it over. */
export async function prepareStoredCall(
  call: Call,
  { assistants, people, providersOf }: { assistants: Assistants; people: CallPeople; providersOf: ProvidersOf },
): Promise<PreparedCall> {
  const assistant = call.assistantId ? await assistants.find(call.assistantId) : undefined;
  if (!assistant) throw notConfigured('The assistant of this call is gone.');
  return prepareCall(assistant, await people.variables({ ...call, placing: false }), providersOf);
}
