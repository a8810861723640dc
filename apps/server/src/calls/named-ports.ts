import type { LanguageModel, SpeechToText, TextToSpeech, Voice } from '@talkturo/voice';

/** A fallback of a call has a model and a voice of its own, whatever the assistant's first ones are called. */
export interface FallbackNames {
  model: string | null;
  voiceId: string | null;
}

/** The same vendor a second time, with another model, is told apart in the call's log. */
const idOf = (port: { id: string }, { model }: FallbackNames, again: boolean) => (again ? `${port.id}/${model ?? 'default'}` : port.id);

export const namedLanguageModel = (port: LanguageModel, names: FallbackNames, again: boolean): LanguageModel => ({
  ...port,
  id: idOf(port, names, again),
  reply: (request, signal) => port.reply({ ...request, model: names.model }, signal),
  modelFor: () => port.modelFor?.(names.model) ?? names.model,
});

export const namedSpeechToText = (port: SpeechToText, names: FallbackNames, again: boolean): SpeechToText => ({
  ...port,
  id: idOf(port, names, again),
  open: (options) => port.open({ ...options, model: names.model }),
  modelFor: (_, language) => port.modelFor?.(names.model, language) ?? names.model,
});

export function namedTextToSpeech(port: TextToSpeech, names: FallbackNames, again: boolean): TextToSpeech {
  const own = (voice: Voice): Voice => ({ ...voice, model: names.model, id: names.voiceId, name: null });
  return {
    ...port,
    id: idOf(port, names, again),
    speak: (text, voice, signal) => port.speak(text, own(voice), signal),
    modelFor: (voice) => port.modelFor?.(own(voice)) ?? names.model,
    ...(port.readsNumbers && { readsNumbers: (voice: Voice) => port.readsNumbers?.(own(voice)) ?? false }),
    ...(port.warm && { warm: (voice: Voice) => port.warm?.(own(voice)) }),
  };
}
