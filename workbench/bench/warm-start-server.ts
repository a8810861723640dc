// The same as warm-start.ts through everything: the whole server on a database of its own, a carrier's simulator that dials, rings, is
// answered and opens its media socket, and a voice vendor's simulator. From the answer at the carrier to the first sound it hears.
//   npm run bench -- --suite warm-start --through server [--calls 20] [--carriers telnyx,twilio] [--tts cartesia,elevenlabs]
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startTelnyxSimulator, startTwilioSimulator } from '@talkturo/carriers/testing';
import { simulatedVoices } from '@talkturo/providers/testing';
import { createEnergyVoiceActivity, systemClock } from '@talkturo/voice';
import { createScriptedLanguageModel, createScriptedSpeechToText } from '@talkturo/voice/testing';
import { pino } from 'pino';
import type { Providers } from '../../apps/server/src/calls/stage-choice.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/database/embedded.ts';
import { teamIdOf } from '../../apps/server/src/database/ids.ts';
import { migrate } from '../../apps/server/src/database/migrate.ts';
import { addAccount } from '../../apps/server/src/identity/accounts.ts';
import { mintKey } from '../../apps/server/src/identity/api-keys.ts';
import { createPlatform } from '../../apps/server/src/platform.ts';
import { createServer } from '../../apps/server/src/server.ts';
import { startTunnel } from '../../apps/server/src/testing/tunnel.ts';
import { FIRST_BYTE_MS, OPEN_MS, type OverFirstByte, overFirstByte } from './warm-start.ts';

const OURS = '+14155550101';
const THEIRS = '+442079460123';
const SLUG = 'bench';
/** A call that has not made a sound by then has none. */
const LONGEST_MS = 10_000;

/** A call of a carrier's simulator: when it was answered and when its first sound came, as `performance.now` counts. */
interface CarrierCall {
  readonly answeredAt: number;
  readonly stream: { readonly firstSoundAt: number | null } | null;
}

/** A carrier's simulator, and the settings of a server that uses it. */
interface BenchCarrier {
  settings: Record<string, string>;
  stock(): void;
  newest(): CarrierCall;
  hangUp(): void;
  close(): Promise<void>;
}

const carriers: Record<string, (webhookUrl: string) => Promise<BenchCarrier>> = {
  async telnyx(webhookUrl) {
    const telnyx = await startTelnyxSimulator({ webhookUrl: () => webhookUrl });
    const newest = () => telnyx.calls.all.at(-1)!;
    return {
      settings: {
        TELNYX_API_KEY: telnyx.apiKey,
        TELNYX_API_URL: telnyx.url,
        TELNYX_PUBLIC_KEY: telnyx.post.publicKey,
        TELNYX_CONNECTION_ID: telnyx.connectionId,
      },
      stock: () => telnyx.numbers.stock(OURS),
      newest,
      hangUp: () => telnyx.calls.hangUp(newest().ref),
      close: telnyx.close,
    };
  },
  async twilio() {
    const twilio = await startTwilioSimulator();
    const newest = () => twilio.calls.all.at(-1)!;
    return {
      settings: {
        TALKTURO_NUMBER_SUPPLIER: 'twilio',
        TWILIO_ACCOUNT_SID: twilio.accountSid,
        TWILIO_AUTH_TOKEN: twilio.authToken,
        TWILIO_API_URL: twilio.url,
        TWILIO_PRICING_URL: twilio.url,
      },
      stock: () => twilio.numbers.stock(OURS),
      newest,
      hangUp: () => twilio.calls.hangUp(newest().sid),
      close: twilio.close,
    };
  },
};

export interface ServerWarmStartFigures extends OverFirstByte {
  carrier: string;
  voice: string;
  calls: number;
  /** Calls that made no sound. */
  silent: number;
}

async function until<Value>(look: () => Value | null | undefined | false, ms: number): Promise<Value | null> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return null;
}

/** Measures `count` outbound calls one after the other over one carrier with one vendor's voice. */
export async function runServerWarmStart(carrierName: string, voice: string, count: number): Promise<ServerWarmStartFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'talkturo-warm-start-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, cluster: path.basename(folder), password: 'bench' });
  const tunnel = await startTunnel();
  const carrier = await carriers[carrierName]!(`${tunnel.url}/webhooks/${carrierName}`);
  const mouth = await simulatedVoices[voice]!();
  const databaseUrl = postgres.urlOf('postgres');
  await migrate(databaseUrl);
  const config = readConfig(
    {
      DATABASE_URL: databaseUrl,
      TALKTURO_SECRET: 'a secret for the bench, of 32 characters',
      TALKTURO_LOG_LEVEL: 'silent',
      TALKTURO_DATA_DIR: path.join(folder, 'data'),
      TALKTURO_DRAIN_SECONDS: '0',
      PUBLIC_URL: tunnel.url,
      ...carrier.settings,
    },
    '/',
  );
  const platform = createPlatform({ config, databaseUrl, logger: pino({ level: 'silent' }) }, { providers: providersWith(mouth.create) });
  const server = createServer(platform);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  tunnel.leadTo(`http://127.0.0.1:${port}`);
  await platform.start(port);
  try {
    const request = await signedIn(platform, `http://127.0.0.1:${port}`);
    const assistantId = await assistantWith(request, carrier, mouth.model);
    mouth.simulator.takes({ openMs: OPEN_MS, answerMs: FIRST_BYTE_MS });
    const took: number[] = [];
    for (let i = 0; i < count; i++) {
      await request('POST', '/api/calls', { assistantId, toNumber: THEIRS });
      const call = carrier.newest();
      const firstSoundAt = await until(() => call.stream?.firstSoundAt, LONGEST_MS);
      if (firstSoundAt) took.push(firstSoundAt - call.answeredAt);
      carrier.hangUp();
      await until(() => platform.live.count === 0, LONGEST_MS);
    }
    return { carrier: carrierName, voice, calls: count, silent: count - took.length, ...overFirstByte(took) };
  } finally {
    await platform.drain();
    await server.close();
    await platform.close();
    await carrier.close();
    await mouth.stop();
    await tunnel.close();
    await postgres.stop();
    postgres.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything local is scripted; the voice is the vendor's. */
const providersWith = (
  voice: () => ReturnType<Awaited<ReturnType<NonNullable<(typeof simulatedVoices)[string]>>>['create']>,
): Providers => {
  const none = { ok: false, message: 'Not in the bench.' } as const;
  return {
    speechToText: () => ({ ok: true, create: () => createScriptedSpeechToText(systemClock) }),
    languageModel: () => ({ ok: true, create: () => createScriptedLanguageModel(systemClock, { id: 'local' }) }),
    textToSpeech: (id) => (id === 'local' ? none : { ok: true, create: voice }),
    speechToSpeech: () => none,
    voiceActivity: () => createEnergyVoiceActivity(),
    localLanguageModel: 'local',
    fallback: true,
  };
};

type Request = (method: string, path: string, body: object) => Promise<Record<string, Record<string, string>>>;

async function signedIn({ db, apiKeys }: ReturnType<typeof createPlatform>, origin: string): Promise<Request> {
  const account = await addAccount(db, { slug: SLUG, name: SLUG, plan: 'growth' });
  const fullKey = mintKey(false);
  await apiKeys.add({ accountId: account.id, name: 'bench', fullKey, scopes: ['*'], rateLimitPerHour: 0, createdBy: null });
  return async (method, url, body) => {
    const answer = await fetch(`${origin}${url}`, {
      method,
      headers: { authorization: `Bearer ${fullKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(method === 'POST' && url.endsWith('/purchase') ? { ...body, teamId: teamIdOf(account.id) } : body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${text}`);
    return JSON.parse(text) as Record<string, Record<string, string>>;
  };
}

/** An assistant of the workspace with a number of the carrier's, that speaks by the vendor. */
async function assistantWith(request: Request, carrier: BenchCarrier, voiceModel: string | null): Promise<string> {
  carrier.stock();
  const { phoneNumber } = await request('POST', '/api/phone-numbers/purchase', { phoneNumber: OURS });
  const { assistant } = await request('POST', '/api/assistants', { accountSlug: SLUG, name: 'Bench' });
  const id = assistant!.id!;
  await request('PATCH', `/api/assistants/${id}`, {
    accountSlug: SLUG,
    provider: 'local',
    transcriptor_provider: 'local',
    voice_provider: voiceModel?.startsWith('eleven') ? 'elevenlabs' : 'cartesia',
    voice_model: voiceModel,
    voice_id: 'v1',
    outbound_enabled: true,
    first_message: 'Hi, this is Alex from Talkturo. Do you have a quick minute?',
    system_prompt: 'You call about a meeting.',
  });
  await request('PATCH', `/api/assistants/${id}/telephony/phone-numbers`, { accountSlug: SLUG, phoneNumberIds: [phoneNumber!.id] });
  return id;
}
