import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { peopleVoice } from '@talkturo/carriers';
import { type SimulatedCallState, startTelnyxSimulator } from '@talkturo/carriers/testing';
import { startLocalSpeech } from '@talkturo/providers';
import { readWav } from '@talkturo/voice';
import { localProviders } from './local-providers.ts';
import { createTestServer } from './test-server.ts';
import { startTunnel } from './tunnel.ts';

/** Between two looks the sound of other calls has its turn. */
const LOOK_EVERY_MS = 20;

/** A server whose calls go over a simulated Telnyx, with a flower shop that answers at a number of its own, all speech local. */
export async function startTelnyxShop(settings: Record<string, string> = {}, ours = '+14155550101') {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-telnyx-'));
  const tunnel = await startTunnel();
  const telnyx = await startTelnyxSimulator({ webhookUrl: () => `${tunnel.url}/webhooks/telnyx` });
  const speech = await startLocalSpeech();
  const server = await createTestServer(
    {
      TALKTURO_DATA_DIR: dataDir,
      TELNYX_API_KEY: telnyx.apiKey,
      TELNYX_API_URL: telnyx.url,
      TELNYX_PUBLIC_KEY: telnyx.post.publicKey,
      TELNYX_CONNECTION_ID: telnyx.connectionId,
      PUBLIC_URL: tunnel.url,
      ...settings,
    },
    { standIns: { providers: localProviders(speech) } },
  );
  tunnel.leadTo(await server.listen());
  const tenant = await server.tenant();
  telnyx.numbers.stock(ours);
  const bought = await tenant.post('/api/phone-numbers/purchase', { phoneNumber: ours, teamId: tenant.teamId });
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
  const phoneNumberIds = [bought.body.phoneNumber.id];
  await tenant.patch(`/api/assistants/${assistantId}/telephony/phone-numbers`, { accountSlug: tenant.slug, phoneNumberIds });

  return {
    telnyx,
    server,
    tenant,
    speech,
    assistantId,

    /** The greeting is heard, a question asked, its answer heard; then the person hangs up. @returns the finished record */
    async talk(line: SimulatedCallState, callId: string) {
      const deadline = performance.now() + 20_000;
      while (!line.stream) {
        if (performance.now() > deadline) throw new Error('No sound flows within 20 s.');
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
      const { stream } = line;
      await stream.heardSamples(8000);
      await stream.quiet(1_000);
      const greeted = stream.heard.length;
      stream.say(await peopleVoice(speech.textToSpeech)('What are your opening hours?'));
      await stream.heardSamples(greeted + 8000);
      await stream.quiet(1_000);
      const over = server.platform.live.get(callId)?.over;
      telnyx.calls.hangUp(line.ref);
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
      await telnyx.close();
      await tunnel.close();
      await speech.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
