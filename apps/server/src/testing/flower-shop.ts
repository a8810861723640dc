import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { peopleVoice } from '@talkturo/carriers';
import { startLocalSpeech } from '@talkturo/providers';
import { readWav } from '@talkturo/voice';
import { localProviders } from './local-providers.ts';
import { createTestServer } from './test-server.ts';
import type { startTunnel } from './tunnel.ts';

/** Between two looks the sound of other calls has its turn. */
const LOOK_EVERY_MS = 20;

/** A telephone call as a simulated carrier has it: the person's end of its sound, while that flows. */
export interface PersonsLine {
  readonly stream: {
    say(pcm: Int16Array): void;
    readonly heard: Int16Array;
    heardSamples(samples: number): Promise<void>;
    quiet(ms: number): Promise<void>;
  } | null;
}

export interface FlowerShopOptions {
  /** Where carriers reach the server. */
  tunnel: Awaited<ReturnType<typeof startTunnel>>;
  /** How the server reaches its simulated carriers. */
  settings: Record<string, string>;
  /** The shop's number, which the carrier sells. */
  ours: string;
}

/** A server whose calls go over simulated carriers, with a flower shop that answers at a number of its own, all speech local. */
export async function startFlowerShop({ tunnel, settings, ours }: FlowerShopOptions) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-shop-'));
  const speech = await startLocalSpeech();
  const server = await createTestServer(
    { TALKTURO_DATA_DIR: dataDir, PUBLIC_URL: tunnel.url, ...settings },
    { standIns: { providers: localProviders(speech) } },
  );
  tunnel.leadTo(await server.listen());
  const tenant = await server.tenant();
  const bought = await tenant.post('/api/phone-numbers/purchase', { phoneNumber: ours, teamId: tenant.teamId });
  const numberId: string = bought.body.phoneNumber.id;
  const assistantId: string = (await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'Shop' })).body.assistant.id;
  await tenant.patch(`/api/assistants/${assistantId}`, {
    accountSlug: tenant.slug,
    provider: 'local',
    voice_provider: 'local',
    transcriptor_provider: 'local',
    inbound_enabled: true,
    outbound_enabled: true,
    first_message: 'Hello, this is the flower shop.',
    system_prompt: 'You work at a flower shop. Our opening hours are Monday to Friday from nine to six.',
  });
  const numbers = { accountSlug: tenant.slug, phoneNumberIds: [numberId] };
  await tenant.patch(`/api/assistants/${assistantId}/telephony/phone-numbers`, numbers);

  /** Waits until sound flows and the greeting was heard. @returns the line's stream */
  async function greeted<Line extends PersonsLine>(line: Line): Promise<NonNullable<Line['stream']>> {
    const deadline = performance.now() + 20_000;
    while (!line.stream) {
      if (performance.now() > deadline) throw new Error('No sound flows within 20 s.');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    const { stream } = line;
    await stream.heardSamples(8000);
    await stream.quiet(1_000);
    return stream;
  }

  return {
    server,
    tenant,
    speech,
    assistantId,
    numberId,
    greeted,

    /** The greeting is heard, a question asked, its answer heard; then the person hangs up. @returns the finished record */
    async talk(line: PersonsLine, callId: string, hangUp: () => void) {
      const stream = await greeted(line);
      const before = stream.heard.length;
      stream.say(await peopleVoice(speech.textToSpeech)('What are your opening hours?'));
      await stream.heardSamples(before + 8000);
      await stream.quiet(1_000);
      const over = server.platform.live.get(callId)?.over;
      hangUp();
      await over;
      return (await tenant.get(`/api/calls/${callId}`)).body.call;
    },

    /** What was recorded of a call: the caller's side, the assistant's, and their rate in Hz. */
    async recorded(callId: string) {
      const key = (await server.platform.calls.find(callId))?.recordingKey ?? '';
      const { channels, sampleRate } = readWav(readFileSync(server.platform.blobs.pathOf(key)));
      return { channels, sampleRate };
    },

    async close() {
      await server.close();
      await speech.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
