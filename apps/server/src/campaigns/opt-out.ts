import { and, eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { contacts } from '../crm/contacts.table.ts';
import type { Database, Queryable } from '../database/connect.ts';

/**
 * Sentences that mean "never call me again", in the languages of the platform. Narrow on purpose: "don't call me now",
 * "call me again tomorrow" and "I can't stop calling people" must not match.
 */
const OPT_OUTS: readonly RegExp[] = [
  /\b(stop|quit) (calling|phoning|ringing) (me|us|here|this number|my (number|phone|house))\b/,
  /\b(never|don'?t( you)?( ever)?|do not( ever)?) (call|phone|ring|contact) (me|us|here|this number) (again|any ?more|ever)\b/,
  /\bnever (call|phone|ring|contact) (me|us|here|this number)\b(?! (before|on))/,
  /\b(take|remove|delete|strike) (me|us|my (name|number)|this number) (off|from) (your|the|this|that) (\w+ ){0,3}(list|lists|database|system|records)\b/,
  /\b(put|place|add) (me|us|my (name|number)|this number) (on|to) (your|the) (\w+ )?(do[ -]not[ -]call|no[ -]call|dnc)\b/,
  /\bunsubscribe (me|us|this number)\b/,
  /\bhören sie auf,? (mich|uns|hier) anzurufen\b/,
  /\b(rufen sie|ruf|ruft) (mich|uns|hier|diese nummer) (bitte )?(nie(mals)?|nicht) (wieder|mehr)( an)?\b/,
  /\b(nie(mals)? wieder|nicht mehr) (bei (mir|uns) )?(an(zu)?rufen|angerufen werden)\b/,
  /\b(streichen|löschen|nehmen|entfernen) sie (bitte )?(mich|uns|(meine|diese|unsere) (telefon)?nummer) (bitte )?(von|aus|in) (ihrer|der) \w*(liste|datenbank|kartei|system)\b/,
];

/** True when somebody says that he does not want to be called any more. */
export function saysNeverAgain(text: string): boolean {
  const plain = text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[.,;:!?…]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return OPT_OUTS.some((phrase) => phrase.test(plain));
}

/** Marks a contact do-not-call, at once and for every campaign (the trigger of campaigns.table.sql). @returns whether it was not yet. */
export async function optOut(on: Queryable, accountId: string, contactId: string): Promise<boolean> {
  const { rowCount } = await on
    .update(contacts)
    .set({ doNotCall: true, updatedAt: new Date() })
    .where(and(eq(contacts.id, contactId), eq(contacts.accountId, accountId), eq(contacts.doNotCall, false)));
  return (rowCount ?? 0) > 0;
}

/** Hears callers and acts on an opt-out while the call still lasts. The transcript is searched again at its end, should this fail. */
export const listenForOptOuts =
  (db: Database, logger: Logger) =>
  (call: { id: string; accountId: string; contactId: string | null }, text: string): void => {
    if (!call.contactId || !saysNeverAgain(text)) return;
    optOut(db, call.accountId, call.contactId).then(
      (marked) => marked && logger.info({ callId: call.id }, 'a contact asked not to be called again'),
      (error: unknown) => logger.error({ err: error, callId: call.id }, 'an opt-out could not be stored yet'),
    );
  };
