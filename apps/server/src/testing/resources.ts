import { newId } from '../database/ids.ts';
import { addMembership } from '../identity/memberships.ts';
import { users } from '../identity/users.table.ts';
import type { signedUp } from './test-browser.ts';
import type { TestServer, TestTenant } from './test-server.ts';

type Owner = Awaited<ReturnType<typeof signedUp>>;

/** One thing of each kind that belongs to a workspace, by the name paths give its id. */
export type Resources = Record<string, string>;

/**
 * Makes one of everything in a workspace. A new kind of path parameter needs a line here: the tests that walk over all endpoints say so.
 * @param tenant the workspace through a key
 * @param owner the same workspace through its owner's browser
 */
export async function makeResources(server: TestServer, tenant: TestTenant, owner: Owner): Promise<Resources> {
  const { teamId, slug } = tenant;
  const posted = async (url: string, body: object, pick: (body: Record<string, { id: string }>) => { id: string } | undefined) => {
    const answer = await tenant.post(url, body);
    const made = pick(answer.body);
    if (!made) throw new Error(`POST ${url} made nothing: ${answer.text}`);
    return made.id;
  };
  const assistantId = await posted(
    '/api/assistants',
    { accountSlug: slug, name: 'Walked', templateId: 'outbound-setter' },
    (body) => body.assistant,
  );
  const companyId = await posted('/api/crm/companies', { teamId, name: 'Walked' }, (body) => body.company);
  const person = { teamId, companyId, firstName: 'Ada', lastName: 'Walked' };
  const contactId = await posted('/api/crm/contacts', person, (body) => body.contact);
  const found = await tenant.post('/api/phone-numbers/search', { filters: { countryCode: 'US' } });
  const { phoneNumber } = found.body.numbers[0];
  const campaign = { teamId, name: 'Walked', assistantId, companyId };
  const webhook = { url: 'https://example.com/walked', events: ['call.completed'] };
  const callId = newId('call');
  await server.platform.connection.pool.query(
    `insert into calls (id, account_id, assistant_id, direction, status, carrier, node_id, ended_at) values ($1, $2, $3, 'inbound', 'completed', 'local', 'test', now())`,
    [callId, tenant.accountId, assistantId],
  );
  const userId = newId('usr');
  await server.platform.db.insert(users).values({ id: userId, name: 'Walked', email: `${userId}@example.com` });
  await addMembership(server.platform.db, { accountId: tenant.accountId, userId, role: 'member' });
  const key = await owner.send('POST', '/api/api-keys', { name: 'walked' });
  const invited = await owner.send('POST', '/api/invitations', { email: 'walked@example.com' });
  return {
    assistantId,
    companyId,
    contactId,
    callId,
    campaignId: await posted('/api/crm/campaigns', campaign, (body) => body.campaign),
    id: await posted('/api/phone-numbers/purchase', { teamId, phoneNumber }, (body) => body.phoneNumber),
    customFieldId: await posted(
      '/api/crm/custom-fields',
      { teamId, entity: 'contact', name: 'Walked', type: 'text' },
      (body) => body.customField,
    ),
    opportunityId: await posted('/api/crm/opportunities', { teamId, name: 'Walked' }, (body) => body.opportunity),
    webhookId: await posted('/api/webhooks', webhook, (body) => body.webhook),
    eventId: newId('evt'),
    apiKeyId: key.body.apiKey.id,
    invitationId: invited.body.invitation.id,
    userId,
    provider: 'local',
    voiceId: 'rms',
  };
}
