import type { LanguageModel, SpeechToText, TextToSpeech } from '@talkturo/voice';
import { createVendorModel } from '../ai-sdk/language-model.ts';
import { VENDORS } from '../ai-sdk/vendors.ts';
import { createAssemblyAi } from '../assemblyai/speech-to-text.ts';
import { createCartesia } from '../cartesia/text-to-speech.ts';
import { createDeepgram } from '../deepgram/speech-to-text.ts';
import { createElevenLabs } from '../elevenlabs/text-to-speech.ts';
import { anthropicAnswer } from './anthropic-scripts.ts';
import { ASSEMBLYAI_KEY, startAssemblyAiSimulator } from './assemblyai-simulator.ts';
import { CARTESIA_KEY, startCartesiaSimulator } from './cartesia-simulator.ts';
import { answer, startChatSimulator } from './chat-completions-simulator.ts';
import { DEEPGRAM_KEY, startDeepgramSimulator } from './deepgram-simulator.ts';
import { ELEVENLABS_KEY, startElevenLabsSimulator } from './elevenlabs-simulator.ts';
import { geminiAnswer } from './gemini-scripts.ts';
import type { SocketSimulator } from './socket-server.ts';

/** A vendor's adapter against its simulator on loopback. `create` makes one for each call. */
export interface SimulatedStage<Port> {
  /** The assistant's model that this wire belongs to. */
  model: string | null;
  create(): Port;
  stop(): Promise<void>;
}

const over = <Port>(simulator: { stop(): Promise<void> }, model: string | null, create: () => Port): SimulatedStage<Port> => ({
  model,
  create,
  stop: () => simulator.stop(),
});

/** By the names that the bench and its readers use. `says` is what telephone sound is heard as. */
export const simulatedTranscribers: Record<string, (says: string) => Promise<SimulatedStage<SpeechToText>>> = {
  async deepgram(says) {
    const simulator = await startDeepgramSimulator(says);
    return over(simulator, 'nova-3', () => createDeepgram({ apiKey: DEEPGRAM_KEY, baseUrl: simulator.url }));
  },
  async flux(says) {
    const simulator = await startDeepgramSimulator(says);
    return over(simulator, 'flux-general-en', () => createDeepgram({ apiKey: DEEPGRAM_KEY, baseUrl: simulator.url }));
  },
  async assemblyai(says) {
    const simulator = await startAssemblyAiSimulator(says);
    return over(simulator, null, () => createAssemblyAi({ apiKey: ASSEMBLYAI_KEY, baseUrl: simulator.url }));
  },
};

export interface SimulatedVoice extends SimulatedStage<TextToSpeech> {
  simulator: SocketSimulator;
}

export const simulatedVoices: Record<string, () => Promise<SimulatedVoice>> = {
  async cartesia() {
    const simulator = await startCartesiaSimulator();
    return { simulator, ...over(simulator, 'sonic-3', () => createCartesia({ apiKey: CARTESIA_KEY, baseUrl: simulator.url })) };
  },
  async elevenlabs() {
    const simulator = await startElevenLabsSimulator();
    const create = () => createElevenLabs({ apiKey: ELEVENLABS_KEY, baseUrl: simulator.url });
    return { simulator, ...over(simulator, 'eleven_flash_v2_5', create) };
  },
  async 'elevenlabs-http'() {
    const simulator = await startElevenLabsSimulator();
    return { simulator, ...over(simulator, 'eleven_v3', () => createElevenLabs({ apiKey: ELEVENLABS_KEY, baseUrl: simulator.url })) };
  },
};

const words = ['We', ' are', ' open', ' from', ' eight', ' to', ' six', ' every', ' day.', ' Come', ' by', ' any', ' time.'];
const answers: Record<keyof typeof VENDORS, typeof answer> = {
  openai: answer,
  deepseek: answer,
  qwen: answer,
  anthropic: anthropicAnswer,
  google: geminiAnswer,
};

/** Language models by vendor; all say the same. */
export async function simulatedModel(vendor: keyof typeof VENDORS): Promise<SimulatedStage<LanguageModel>> {
  const simulator = await startChatSimulator(() => answers[vendor](...words));
  return over(simulator, null, () => createVendorModel({ vendor: VENDORS[vendor], apiKey: 'secret', baseUrl: simulator.url }));
}

export const SIMULATED_MODELS = Object.keys(VENDORS) as readonly (keyof typeof VENDORS)[];
