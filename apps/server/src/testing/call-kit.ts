import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEnergyVoiceActivity, systemClock } from '@talkturo/voice';
import { createScriptedLanguageModel, createScriptedSpeechToText, createScriptedTextToSpeech } from '@talkturo/voice/testing';
import type { Providers, Resolution } from '../calls/stage-choice.ts';
import { createScriptedCarrier, type ScriptedCarrier } from './scripted-carrier.ts';
import { createScriptedSessions } from './scripted-session.ts';
import { createTestServer, type TestServer, type TestTenant } from './test-server.ts';

/** A server whose telephone network and conversations are moved by the test. */
export interface CallServer extends TestServer {
  carrier: ScriptedCarrier;
  sessions: ReturnType<typeof createScriptedSessions>;
  /** An assistant of the tenant that runs on the local stages. */
  assistant(tenant: TestTenant, changes?: Record<string, unknown>): Promise<string>;
  dataDir: string;
}

const missing = (setting: string): Resolution<never> => ({ ok: false, message: `It needs the setting ${setting}.` });

/** The scripted stages of a server, whose habits a test may change. */
export function scriptedStages() {
  return {
    speechToText: createScriptedSpeechToText(systemClock, { capabilities: { languages: ['en'] } }),
    languageModel: createScriptedLanguageModel(systemClock, { id: 'local' }),
    textToSpeech: createScriptedTextToSpeech(systemClock),
  };
}

/** Scripted stages under the name `local`; the vendors have no key. */
export function scriptedProviders({ speechToText, languageModel, textToSpeech } = scriptedStages()): Providers {
  return {
    speechToText: (id) => (id === 'local' ? { ok: true, create: () => speechToText } : missing('DEEPGRAM_API_KEY')),
    languageModel: (id) => (id === 'local' ? { ok: true, create: () => languageModel } : missing('OPENAI_API_KEY')),
    textToSpeech: (id) => (id === 'local' ? { ok: true, create: () => textToSpeech } : missing('CARTESIA_API_KEY')),
    speechToSpeech: () => missing('OPENAI_API_KEY'),
    voiceActivity: () => createEnergyVoiceActivity(),
    localLanguageModel: 'local',
    fallback: true,
  };
}

/** An assistant of the tenant that runs on the local stages and may do everything. */
export async function localAssistant(tenant: TestTenant, changes: Record<string, unknown> = {}): Promise<string> {
  const made = await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'Test' });
  const id = made.body.assistant.id as string;
  const local = { provider: 'local', voice_provider: 'local', transcriptor_provider: 'local' };
  const plain = { first_message: 'Hello.', system_prompt: 'You are the voice of a test.' };
  const open = { inbound_enabled: true, outbound_enabled: true };
  const changed = await tenant.patch(`/api/assistants/${id}`, { accountSlug: tenant.slug, ...local, ...plain, ...open, ...changes });
  if (changed.status !== 200) throw new Error(changed.text);
  return id;
}

/** A node with scripted calls; a further one when a database is given. */
export async function createCallServer(settings: Record<string, string> = {}, databaseUrl?: string): Promise<CallServer> {
  const sessions = createScriptedSessions();
  let carrier: ScriptedCarrier | undefined;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-calls-'));
  const server = await createTestServer(
    // A carrier that an account brings is nobody's here.
    { TALKTURO_DATA_DIR: dataDir, TELNYX_API_URL: 'http://127.0.0.1:9', ...settings },
    {
      standIns: {
        providers: scriptedProviders(),
        speak: async () => new Int16Array(8000),
        // Vendors are asked by tests of their own.
        fetch: async () => new Response('{}', { status: 503 }),
        createSession: sessions.createSession,
        createCarrier(listener) {
          carrier = createScriptedCarrier(listener);
          return carrier;
        },
      },
      ...(databaseUrl ? { databaseUrl } : {}),
    },
  );
  await server.platform.cluster.start();
  return {
    ...server,
    carrier: carrier!,
    sessions,
    dataDir,
    assistant: localAssistant,
    close: async () => {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
