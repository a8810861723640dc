import { createCompany, deleteCompany, getCompany, listCompanies, listCompanyContacts, updateCompany } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import { type Companies, toRecord } from './companies.ts';
import { toRecord as toContactRecord } from './contact-record.ts';
import type { Contacts } from './contacts.ts';

export function companyRoutes(app: FastifyInstance, { companies, contacts }: { companies: Companies; contacts: Contacts }): void {
  serve(app, createCompany, async ({ caller, body }) => {
    sameAccount(caller, body);
    return { company: toRecord(await companies.create(caller, body)) };
  });

  serve(app, listCompanies, async ({ caller, query }) => {
    sameAccount(caller, query);
    const { rows, count } = await companies.list(caller, query);
    return { companies: rows.map(toRecord), count, limit: query.limit, offset: query.offset };
  });

  serve(app, getCompany, async ({ caller, params }) => ({ company: toRecord(await companies.get(caller, params.companyId)) }));

  serve(app, updateCompany, async ({ caller, params, body }) => ({
    company: toRecord(await companies.change(caller, params.companyId, body)),
  }));

  serve(app, deleteCompany, async ({ caller, params, query }) => {
    await companies.remove(caller, params.companyId, { deleteContacts: query.deleteContacts ?? false });
    return { id: params.companyId };
  });

  serve(app, listCompanyContacts, async ({ caller, params, query }) => {
    await companies.require(caller, params.companyId);
    const { rows, count } = await contacts.list(caller, { ...query, companyId: params.companyId });
    return { contacts: rows.map(toContactRecord), count, limit: query.limit, offset: query.offset };
  });
}
