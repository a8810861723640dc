import { ASSISTANTS } from './german/assistants.ts';
import { CALLS } from './german/calls.ts';
import { CAMPAIGNS } from './german/campaigns.ts';
import { CRM } from './german/crm.ts';
import { FIELDS } from './german/fields.ts';
import { GENERAL } from './german/general.ts';
import { IDENTITY } from './german/identity.ts';
import { SETTINGS } from './german/settings.ts';
import { WEBHOOKS } from './german/webhooks.ts';

/** Sentences of the contract in German. What is missing here stays English on the German page. */
const GERMAN: Readonly<Record<string, string>> = {
  ...FIELDS,
  ...GENERAL,
  ...ASSISTANTS,
  ...CALLS,
  ...CRM,
  ...CAMPAIGNS,
  ...WEBHOOKS,
  ...IDENTITY,
  ...SETTINGS,
};

/** A sentence of the contract in German, or undefined. */
export function inGerman(sentence: string): string | undefined {
  const scope = /^Needs the scope `([^`]+)`\.$/.exec(sentence)?.[1];
  return scope ? `Braucht die Berechtigung \`${scope}\`.` : GERMAN[sentence];
}
