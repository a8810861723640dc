import type { ExampleWorkspace } from './example-workspace.ts';

/** Every page of the dashboard by a name for its picture; paths below /home/{slug} unless they begin with a slash. */
export const pagesOf = (of: ExampleWorkspace): Record<string, string> => ({
  'sign-in': '/sign-in',
  overview: '',
  assistants: 'assistants',
  assistant: `assistants/${of.assistantId}`,
  talk: 'talk',
  calls: 'calls',
  call: `calls/${of.callId}`,
  numbers: 'phone-numbers',
  contacts: 'contacts',
  'contacts-import': 'contacts/import',
  contact: `contacts/${of.contactId}`,
  companies: 'companies',
  company: `companies/${of.companyId}`,
  opportunities: 'opportunities',
  campaigns: 'campaigns',
  campaign: `campaigns/${of.campaignId}`,
  profile: 'settings/profile',
  workspace: 'settings/workspace',
  members: 'settings/members',
  'api-keys': 'settings/api-keys',
  webhooks: 'settings/webhooks',
  deliveries: `settings/webhooks/${of.webhookId}`,
  'custom-fields': 'settings/custom-fields',
  'audit-log': 'settings/audit-log',
});
