/** A workspace with something on every page, made through the public API. */
export interface ExampleWorkspace {
  assistantId: string;
  contactId: string;
  companyId: string;
  campaignId: string;
  webhookId: string;
}

const PEOPLE = [
  ['Ada', 'Lovelace', '00', 'qualified', 'Head of analysis'],
  ['Charles', 'Babbage', '01', 'new', 'Engineer'],
  ['Grace', 'Hopper', '50', 'contacted', 'Rear admiral'],
  ['Alan', 'Turing', '60', 'new', 'Researcher'],
  ['Katherine', 'Johnson', '70', 'converted', 'Mathematician'],
  ['Edsger', 'Dijkstra', '80', 'unqualified', 'Professor'],
] as const;
const DEALS = [
  ['Front desk for three branches', 'new', '4800', 20],
  ['Appointment reminders', 'contacted', '12500.50', 40],
  ['After-hours line', 'proposal', '7200', 65],
  ['Survey of spring customers', 'closed-won', '1900', 100],
] as const;

/** @param key an API key of the workspace `my-team` */
export async function makeExampleWorkspace(url: string, key: string): Promise<ExampleWorkspace> {
  const ask = asking(url, key);
  const accountSlug = 'my-team';
  const { numbers } = await ask('POST', '/api/phone-numbers/search', { filters: { countryCode: 'US', limit: 2 } });
  const { assistant } = await ask('POST', '/api/assistants', { accountSlug, name: 'Front desk', templateId: 'inbound-support' });
  const teamId = assistant.account_id.replace(/^acct_/, 'team_');
  await ask('PATCH', `/api/assistants/${assistant.id}`, {
    accountSlug,
    provider: 'local',
    voice_provider: 'local',
    transcriptor_provider: 'local',
    outbound_enabled: true,
    first_message: 'Hello {{contact.first_name}}, this is the front desk of {{company.name}}.',
  });
  await ask('POST', '/api/assistants', { accountSlug, name: 'Appointment setter', templateId: 'outbound-setter' });
  for (const { phoneNumber } of numbers) await ask('POST', '/api/phone-numbers/purchase', { phoneNumber, teamId });
  const owned = await ask('GET', `/api/phone-numbers/purchase?teamId=${teamId}`);
  await ask('PATCH', `/api/assistants/${assistant.id}/telephony/phone-numbers`, { accountSlug, phoneNumberIds: [owned.numbers[0].id] });

  await ask('POST', '/api/crm/custom-fields', { teamId, entity: 'contact', name: 'Contract number', key: 'contract', type: 'text' });
  await ask('POST', '/api/crm/custom-fields', {
    teamId,
    entity: 'company',
    name: 'Tier',
    key: 'tier',
    type: 'select',
    options: ['Gold', 'Silver'],
  });
  const { company } = await ask('POST', '/api/crm/companies', {
    teamId,
    name: 'Analytical Engines Ltd',
    website: 'https://example.com',
    industry: 'Machinery',
    city: 'San Francisco',
    country: 'US',
    customFields: { tier: 'Gold' },
  });
  await ask('POST', '/api/crm/companies', { teamId, name: 'Nordlicht Versicherungsmakler GmbH', city: 'Hamburg', country: 'DE' });
  const contacts = [];
  for (const [firstName, lastName, digits, leadStatus, jobTitle] of PEOPLE) {
    const { contact } = await ask('POST', '/api/crm/contacts', {
      teamId,
      companyId: company.id,
      firstName,
      lastName,
      phone: `+141555501${digits}`,
      email: `${firstName.toLowerCase()}@example.com`,
      leadStatus,
      jobTitle,
      tags: ['spring', 'newsletter'],
      customFields: { contract: `C-${digits}17` },
      doNotCall: lastName === 'Dijkstra',
    });
    contacts.push(contact);
  }
  for (const [name, stage, amount, probability] of DEALS) {
    await ask('POST', '/api/crm/opportunities', {
      teamId,
      name,
      stage,
      amount,
      probability,
      contactId: contacts[0].id,
      expectedCloseDate: '2027-03-31',
    });
  }
  const { webhook } = await ask('POST', '/api/webhooks', { url: 'https://hooks.example.com/talkturo' });
  const { campaign } = await ask('POST', '/api/crm/campaigns', {
    teamId,
    name: 'Spring reminders',
    assistantId: assistant.id,
    companyId: company.id,
    callWindowStart: '00:00',
    callWindowEnd: '00:00',
    maxAttemptsPerContact: 1,
  });
  return {
    assistantId: assistant.id,
    contactId: contacts[0].id,
    companyId: company.id,
    campaignId: campaign.id,
    webhookId: webhook.id,
  };
}

/** A call of the assistant with the first contact, from its beginning to its end. @returns its id */
export async function makeExampleCall(url: string, key: string, { assistantId, contactId }: ExampleWorkspace): Promise<string> {
  const ask = asking(url, key);
  const { contact } = await ask('GET', `/api/crm/contacts/${contactId}`);
  const { call } = await ask('POST', '/api/calls', { assistantId, toNumber: contact.phone, contactId });
  // Simulated people say goodbye by themselves; a call is a matter of seconds.
  while (!['completed', 'failed'].includes((await ask('GET', `/api/calls/${call.id}`)).call.status)) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return call.id;
}

/** Asks the API with that key; an answer that is a refusal throws. */
function asking(url: string, key: string) {
  // biome-ignore lint/suspicious/noExplicitAny: answers of many endpoints
  return async (method: string, path: string, body?: unknown): Promise<any> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const json = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`);
    return json;
  };
}
