import type { Tool } from '@talkturo/voice';
import type { Assistants } from '../../assistants/assistants.ts';
import type { CallPeople } from '../call-people.ts';
import { notConfigured } from '../calls.errors.ts';
import type { Call } from '../calls.table.ts';
import { introductionOf } from '../introduction.ts';
import { type PreparedCall, prepareCall } from '../prepared-call.ts';
import type { ProvidersOf } from '../stage-choice.ts';
import { ASKING_MS } from './consultation.ts';
import { consultationTools, createConsultationModel } from './consultation-model.ts';
import { offerOf } from './consultation-words.ts';

export interface ConsultationGround {
  assistants: Assistants;
  people: CallPeople;
  providersOf: ProvidersOf;
}

/**
 * Makes ready a call that asks somebody whether they take a caller: with the ears and the voice of the assistant, and nothing else of it.
 * @param asked the call that is to be taken. @param answered told once, when there is an answer.
 * @throws AppError 409 when its assistant cannot run here.
 */
export async function prepareConsultation(
  { assistants, people, providersOf }: ConsultationGround,
  asked: Call,
  summary: string | null,
  answered: (takes: boolean) => void,
): Promise<PreparedCall> {
  const assistant = asked.assistantId ? await assistants.find(asked.assistantId) : undefined;
  if (!assistant) throw notConfigured('The assistant of this call is gone.');
  const { accountId, contactId } = asked;
  const { outgoing, hints } = await people.variables({ accountId, contactId, placing: false, direction: 'outbound' });
  const prepared = await prepareCall(
    { ...assistant, mode: 'standard', transferDestinations: null },
    { values: {}, hints, outgoing: null },
    providersOf,
  );
  const caller = outgoing?.contact ?? (asked.direction === 'inbound' ? asked.fromNumber : asked.toNumber);
  const who = { assistant: assistant.name, company: outgoing?.company ?? '' };
  const offer = offerOf({ ...who, caller, summary }, assistant.transcriptorLanguage);
  return {
    ...prepared,
    missingVariables: [],
    stages: { ...prepared.stages, languageModel: [createConsultationModel(offer)] },
    briefing: { ...prepared.briefing, instructions: '', firstMessage: offer },
    // What an employee says to it is no part of the conversation with the caller.
    recording: false,
    // A mailbox takes nobody: the caller stays with the assistant.
    answering: {
      voicemail: { action: 'hangup' },
      introduction: introductionOf({ ...who, contact: null, purpose: summary }, assistant.transcriptorLanguage),
    },
    tools: once(answered),
    maxCallMs: ASKING_MS,
  };
}

/** Somebody who says yes twice has agreed once. */
function once(answered: (takes: boolean) => void): Tool[] {
  let told = false;
  return consultationTools((takes) => {
    if (!told) answered(takes);
    told = true;
  });
}
