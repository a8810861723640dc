import {
  assignPhoneNumbers,
  getPhoneNumber,
  listNumberSuppliers,
  listPhoneNumbers,
  type PhoneNumberStatus,
  purchasePhoneNumber,
  releasePhoneNumber,
  searchPhoneNumbers,
} from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import type { PhoneNumberRow } from './phone-numbers.table.ts';
import type { ListedNumber, PhoneNumbers } from './phone-numbers.ts';
import type { Seller } from './suppliers.ts';

export function phoneNumberRoutes(app: FastifyInstance, { phoneNumbers }: { phoneNumbers: PhoneNumbers }): void {
  serve(app, searchPhoneNumbers, async ({ caller, body }) => {
    const { numbers, provider } = await phoneNumbers.search(caller, body.filters, body.provider);
    return { numbers, provider, count: numbers.length };
  });

  serve(app, listNumberSuppliers, async ({ caller, query }) => {
    sameAccount(caller, query);
    const suppliers = (await phoneNumbers.sellers(caller)).map(toSupplier);
    return { suppliers, count: suppliers.length };
  });

  serve(app, purchasePhoneNumber, async ({ caller, body }) => {
    sameAccount(caller, body);
    const { row, eligibility } = await phoneNumbers.purchase(caller, body.phoneNumber, body);
    return { phoneNumber: toPurchased(row), eligibility };
  });

  serve(app, listPhoneNumbers, async ({ caller, query }) => {
    sameAccount(caller, query);
    const [numbers, eligibility] = await Promise.all([phoneNumbers.list(caller), phoneNumbers.eligibility(caller)]);
    return { numbers: numbers.map(toRecord), count: numbers.length, eligibility };
  });

  serve(app, getPhoneNumber, async ({ caller, params }) => ({ phoneNumber: toRecord(await phoneNumbers.get(caller, params.id)) }));

  serve(app, releasePhoneNumber, async ({ caller, params }) => ({
    phoneNumber: toRecord(await phoneNumbers.release(caller, params.id)),
  }));

  serve(app, assignPhoneNumbers, async ({ caller, params, body }) => {
    sameAccount(caller, body);
    await phoneNumbers.assign(caller, params.assistantId, body.phoneNumberIds);
    return {};
  });
}

const toSupplier = ({ supplier: { id, name }, own }: Seller, at: number) => ({
  provider: id,
  name,
  source: own ? ('account' as const) : ('server' as const),
  is_default: at === 0,
});

const toPurchased = (row: PhoneNumberRow) => ({
  id: row.id,
  phone_number: row.phoneNumber,
  provider_number_id: row.providerNumberId === null ? null : `${row.provider}_${row.providerNumberId}`,
  status: row.status as PhoneNumberStatus,
  is_trial: row.isTrial,
  trial_expires_at: row.trialExpiresAt?.toISOString() ?? null,
  papers_missing: row.papersMissing,
  message: messageOf(row),
});

function messageOf({ status, papersMissing, ownCarrier }: PhoneNumberRow): string {
  if (status === 'active') return 'Phone number purchased successfully';
  if (!papersMissing) return 'Phone number ordered: the carrier is still working on it, and its status becomes active when it is ready';
  const who = ownCarrier ? 'hand them in at the carrier' : 'whoever runs this server has to hand them in at the carrier';
  return `Phone number ordered, but its country demands proofs of the buyer, such as an address: ${who}, which gives the order up otherwise`;
}

const toRecord = ({ row, status, assistantName, buyerEmail, buyerName }: ListedNumber) => ({
  id: row.id,
  phone_number: row.phoneNumber,
  provider: row.provider,
  status: status as PhoneNumberStatus,
  papers_missing: row.papersMissing,
  off_account: row.offAccount,
  is_trial: row.isTrial,
  trial_expires_at: row.trialExpiresAt?.toISOString() ?? null,
  assistant_id: row.assistantId,
  assistant_name: assistantName,
  created_by_email: buyerEmail,
  created_by_name: buyerName,
  created_at: row.createdAt.toISOString(),
});
