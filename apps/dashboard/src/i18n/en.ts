import { assistantsEn } from './assistants.en.ts';
import { auditEn } from './audit.en.ts';
import { callsEn } from './calls.en.ts';
import { campaignsEn } from './campaigns.en.ts';
import { contactsEn } from './contacts.en.ts';
import { crmEn } from './crm.en.ts';
import { integrationsEn } from './integrations.en.ts';
import { keysEn } from './keys.en.ts';
import { numbersEn } from './numbers.en.ts';
import { overviewEn } from './overview.en.ts';
import { settingsEn } from './settings.en.ts';
import { signEn } from './sign.en.ts';
import { talkEn } from './talk.en.ts';
import { webhooksEn } from './webhooks.en.ts';

export const en = {
  ...assistantsEn,
  ...auditEn,
  ...callsEn,
  ...campaignsEn,
  ...contactsEn,
  ...crmEn,
  ...integrationsEn,
  ...keysEn,
  ...numbersEn,
  ...overviewEn,
  ...settingsEn,
  ...signEn,
  ...talkEn,
  ...webhooksEn,
  close: 'Close',
  areYouSure: 'Are you sure?',
  leave: 'Leave',
  facts: 'Facts',
  done: 'done',
  toStart: 'To the start page',
  loading: 'Loading …',
  failed: 'That did not work.',
  tryAgain: 'Try again',
  noMatch: 'Nothing matches these filters.',
  clearFilters: 'Clear filters',
  selection: 'Selection',
  selected: '{{count}} selected',
  selectAll: 'Select all on this page',
  select: 'Select {{name}}',
  clearSelection: 'Clear selection',
  draftBack: 'What you typed before is back.',
  draftDiscard: 'Discard',
  pages: 'Pages',
  pageOf: '{{from}}–{{to}} of {{count}}',
  previous: 'Previous',
  next: 'Next',
  save: 'Save',
  saved: 'Saved',
  cancel: 'Cancel',
  create: 'Create',
  delete: 'Delete',
  edit: 'Edit',
  search: 'Search',
  name: 'Name',
  status: 'Status',
  created: 'Created',
  actions: 'Actions',
  all: 'All',
  yes: 'Yes',
  no: 'No',
  none: 'None',
  copy: 'Copy',
  copied: 'Copied',
  unsaved: 'There are changes that are not saved. Leave anyway?',
  menu: 'Menu',
  skip: 'Skip to the content',
  unreachable: 'The server cannot be reached. Try again in a moment.',
  offline: 'The server cannot be reached. What you see may be old.',
  notFound: 'There is nothing here.',
  language: 'Language',
  theme: 'Light or dark',
  signOut: 'Sign out',
  workspace: 'Workspace',
  workspaces: 'Your workspaces',
  nav: {
    overview: 'Overview',
    assistants: 'Assistants',
    talk: 'Talk',
    calls: 'Calls',
    numbers: 'Phone numbers',
    contacts: 'Contacts',
    companies: 'Companies',
    opportunities: 'Opportunities',
    campaigns: 'Campaigns',
    settings: 'Settings',
  },
};

export type Texts = typeof en;
