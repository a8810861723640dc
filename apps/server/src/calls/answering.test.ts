import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

/** Real sound and real models on a network that does not tell people from machines: what is heard decides alone. */
let server: TestServer;
let tenant: TestTenant;
let assistantId: string;
let companyId: string;
let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-answering-'));
  server = await createTestServer({
    TALKTURO_DATA_DIR: dataDir,
    TALKTURO_NETWORK_SPEED: '10',
    TALKTURO_CARRIER_DETECTION: 'off',
  });
  tenant = await server.tenant();
  await server.listen();
  const { teamId, slug } = tenant;
  assistantId = (await tenant.post('/api/assistants', { accountSlug: slug, name: 'Alex' })).body.assistant.id;
  await tenant.patch(`/api/assistants/${assistantId}`, {
    accountSlug: slug,
    provider: 'local',
    voice_provider: 'local',
    transcriptor_provider: 'local',
    outbound_enabled: true,
    first_message: 'Good morning, this is Alex from the flower shop. Do you have a minute?',
    system_prompt: 'You work at a flower shop. Our opening hours are Monday to Friday from nine to six.',
  });
  companyId = (await tenant.post('/api/crm/companies', { teamId, name: 'Acme' })).body.company.id;
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Message {
  speaker: 'caller' | 'assistant';
  text: string;
}

/** A call of a campaign to a number, begun. */
async function callInCampaign(phone: string, settings: object) {
  const { teamId } = tenant;
  const contact = await tenant.post('/api/crm/contacts', { teamId, companyId, firstName: 'Ada', lastName: 'Lovelace', phone });
  const contactIds = [contact.body.contact.id];
  const window = { callWindowStart: '00:00', callWindowEnd: '00:00' };
  const about = { name: 'Spring', description: 'Your order of tulips.' };
  const made = await tenant.post('/api/crm/campaigns', { teamId, ...about, assistantId, companyId, contactIds, ...window, ...settings });
  const campaignId = made.body.campaign.id as string;
  await tenant.post(`/api/crm/campaigns/${campaignId}/run`, { action: 'start' });
  let id = '';
  await expect
    .poll(async () => {
      await server.platform.dialEngine.tick();
      id = (await tenant.get(`/api/calls?campaignId=${campaignId}`)).body.calls[0]?.id;
      return id;
    })
    .toBeTruthy();
  const look = async () => {
    const { call } = (await tenant.get(`/api/calls/${id}`)).body;
    const said = (call.messages as Message[]).filter(({ speaker }) => speaker === 'assistant').map(({ text }) => text);
    const events = call.events as { type: string; data: { who: string; by: string } }[];
    const verdicts = events.filter(({ type }) => type === 'answered_by').map(({ data }) => `${data.who} by ${data.by}`);
    return { call, said, verdicts, types: events.map(({ type }) => type) };
  };
  return {
    look,
    hangUp: () => tenant.post(`/api/calls/${id}/hangup`),
    async over() {
      await server.platform.live.get(id)?.over;
      const inCampaign = async () => {
        await server.platform.dispatcher.dispatchAll();
        return (await tenant.get(`/api/crm/campaigns/${campaignId}/contacts`)).body.contacts[0];
      };
      await expect.poll(async () => (await inCampaign()).status).not.toBe('calling');
      return { ...(await look()), contact: await inCampaign() };
    },
  };
}

const MESSAGE = 'Hello Ada, your tulips are ready. Please call us back.';
const LEAVES = {
  voicemailAction: 'leave_message',
  voicemailMessage: 'Hello {{contact.first_name}}, your tulips are ready. Please call us back.',
};

test('mailboxes get the message after their beep, once, or are hung up on', async () => {
  const leaves = await Promise.all(['+12125550151', '+12125550153'].map((phone) => callInCampaign(phone, LEAVES)));
  const hangsUp = await callInCampaign('+12125550155', { voicemailAction: 'hangup' });
  for (const each of leaves) {
    const { call, said, verdicts, types, contact } = await each.over();
    expect(verdicts.at(-1)).toMatch(/^machine by (words|beep)$/);
    expect(call).toMatchObject({ status: 'completed', outcome: 'voicemail' });
    expect(contact).toMatchObject({ status: 'completed', outcome: 'voicemail' });
    expect(said.filter((text) => text.includes('tulips'))).toEqual([MESSAGE]);
    expect(types).not.toContain('machine_detection');
  }
  const { call, said, contact } = await hangsUp.over();
  expect(call).toMatchObject({ outcome: 'voicemail', ended_reason: 'assistant_hung_up' });
  expect(said.join()).not.toContain('tulips');
  expect(contact).toMatchObject({ status: 'completed', outcome: 'voicemail' });
}, 90_000);

test('a screener hears who is calling and why; the person behind it is greeted, and was not asked to be left alone', async () => {
  const screened = await callInCampaign('+12125550198', { voicemailAction: 'hangup' });
  const verdicts = async () => (await screened.look()).verdicts.map((verdict) => verdict.replace(/(human by) .*/, '$1'));
  await expect.poll(verdicts, { timeout: 60_000 }).toEqual(['unknown by screening', 'human by']);
  const said = async () => (await screened.look()).said;
  await expect.poll(said, { timeout: 30_000 }).toContain('Good morning, this is Alex from the flower shop. Do you have a minute?');
  expect((await said()).join(' ')).toMatch(/This is Alex from .*, calling for Ada Lovelace\. It is about Your order of tulips\./);
  await screened.hangUp();
  const { call, contact } = await screened.over();
  expect(call).toMatchObject({ status: 'completed', outcome: 'answered' });
  expect(contact).toMatchObject({ outcome: 'answered' });
  expect((await tenant.get(`/api/crm/contacts/${contact.contact_id}`)).body.contact.do_not_call).toBe(false);
}, 120_000);
