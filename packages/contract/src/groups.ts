/** What each group of endpoints is for. */
export const GROUPS: Readonly<Record<string, string>> = {
  Authentication: 'Every request carries an API key in the header `Authorization: Bearer <token>`.',
  Assistants: 'The AI agents that handle phone calls: prompt, model, voice and transcription of each.',
  Calls: 'Place calls, follow them live, and read what was said.',
  'Phone numbers': 'Search, buy, assign and release phone numbers.',
  Companies: 'The companies of your CRM.',
  Contacts: 'The people of your CRM, one by one or imported by the thousand.',
  'Custom fields': 'Fields of your own on contacts and companies.',
  Opportunities: 'Deals in progress, by stage.',
  Campaigns: 'Outbound campaigns: who is called, when, how often and by which assistant.',
  Webhooks: 'Events sent to your own servers, signed and retried.',
  Settings: 'Keys of the vendors that listen, think and speak.',
  Accounts: 'Workspaces and what happened in them.',
  Members: 'Who belongs to a workspace, and invitations to it.',
  'API keys': 'Keys for programs, managed by signed-in owners and admins.',
  'Sign-in': 'Sessions of people in the dashboard.',
  Operation: 'For those who run the server.',
};
