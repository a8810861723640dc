import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignKit, type CampaignTenant, createCampaignKit } from './testing/campaign-kit.ts';

const MANY = 6_100;
let kit: CampaignKit;
let tenant: CampaignTenant;
beforeAll(async () => {
  kit = await createCampaignKit({ maxCallsPerAccount: 5 });
  tenant = await kit.tenant();
  // Of one import: many share a moment.
  await kit.server.platform.db.execute(sql`
    insert into contacts (id, account_id, company_id, first_name, last_name, phone, search_text, do_not_call, created_at)
    select 'cont_' || lpad(i::text, 26, '0'), ${tenant.accountId}, ${tenant.companyId}, 'No', i::text, '+1212' || lpad(i::text, 7, '0'),
      'no', i % 100 = 0, timestamptz '2026-01-01' + (i / 700) * interval '1 second'
    from generate_series(1, ${MANY}) i`);
});
afterAll(() => kit.close());

const always = { callWindowStart: '00:00', callWindowEnd: '00:00' };
const record = async (id: string) => (await tenant.get(`/api/crm/campaigns/${id}`)).body.campaign;

test('a large company is added bit by bit; calls begin when all are there, whatever dies on the way', async () => {
  const { companyEnrolment } = kit.server.platform;
  const id = await tenant.campaign(always);
  expect(await record(id)).toMatchObject({ enrolling: true, total_contacts: 0, status: 'draft' });
  await tenant.run(id, 'start');
  await companyEnrolment.step();
  expect(await record(id)).toMatchObject({ enrolling: true, total_contacts: 2_000, status: 'running' });

  const { engine } = kit.node();
  await engine.tick();
  await engine.idle();
  expect(kit.network.dialled).toHaveLength(0);
  expect(await record(id)).toMatchObject({ status: 'running', problem: expect.stringContaining('still being added') });
  expect((await tenant.get(`/api/crm/campaigns/${id}/preflight`)).body.preflight).toMatchObject({
    ready: false,
    problems: [expect.stringContaining('still being added')],
  });

  // Two nodes at once; one of them breaks off in the middle.
  const broken = kit.server.platform.db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from campaigns where id = ${id} for update`);
    throw new Error('killed');
  });
  await Promise.all([broken.catch(() => {}), companyEnrolment.run(), companyEnrolment.run()]);
  await companyEnrolment.run();
  expect(await record(id)).toMatchObject({ enrolling: false, total_contacts: MANY });
  const { rows } = await kit.server.platform.db.execute(sql`
    select count(*)::int as rows, count(distinct contact_id)::int as people, count(*) filter (where status = 'skipped')::int as skipped
    from campaign_contacts where campaign_id = ${id}`);
  expect(rows).toEqual([{ rows: MANY, people: MANY, skipped: MANY / 100 }]);
  await engine.tick();
  await engine.idle();
  expect(kit.network.dialled).toHaveLength(5);
  expect(await record(id)).toMatchObject({ problem: null });
  await tenant.run(id, 'stop');
});

test('a campaign that is stopped or deleted meanwhile gets no more contacts', async () => {
  const { companyEnrolment } = kit.server.platform;
  const [stopped, deleted] = [await tenant.campaign(always), await tenant.campaign(always)];
  await tenant.run(stopped, 'start');
  await tenant.run(stopped, 'stop');
  await tenant.delete(`/api/crm/campaigns/${deleted}`);
  await companyEnrolment.run();
  expect(await record(stopped)).toMatchObject({ enrolling: false, total_contacts: 0, status: 'cancelled' });
  expect(await record(deleted)).toMatchObject({ enrolling: false, total_contacts: 0 });
});
