import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignKit, createCampaignKit } from './testing/campaign-kit.ts';

let kit: CampaignKit;
let address: string;
beforeAll(async () => {
  kit = await createCampaignKit();
  address = await kit.server.app.listen({ port: 0 });
});
afterAll(() => kit.close());

test('figures come at once, after each change, and until the server closes', async () => {
  const tenant = await kit.tenant();
  await tenant.contact();
  const id = await tenant.campaign();
  const answer = await fetch(`${address}/api/crm/campaigns/${id}/dashboard/stream`, { headers: { authorization: `Bearer ${tenant.key}` } });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  const read = (async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) text += chunk;
  })();
  const statuses = () => [...text.matchAll(/^data: (.*)$/gm)].map((match) => (JSON.parse(match[1]!) as { status: string }).status);
  await expect.poll(statuses).toEqual(['draft']);
  await tenant.run(id, 'start');
  await expect.poll(statuses, { timeout: 5_000 }).toEqual(['draft', 'running']);
  await tenant.run(id, 'pause');
  await expect.poll(statuses, { timeout: 5_000 }).toEqual(['draft', 'running', 'paused']);
  kit.server.platform.campaignStreams.close();
  await read;
});
