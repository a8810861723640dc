import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, teamId } from './primitives.ts';

export const importContacts = endpoint({
  method: 'POST',
  path: '/api/crm/contacts/import',
  group: 'Contacts',
  access: 'contacts:write',
  summary: 'Import contacts',
  description: [
    'Takes JSON {"contacts": […]} (at most 10,000 and 16 MiB) or a CSV file (text/csv, up to 64 MiB, with a header row; comma, semicolon or tab).',
    'Column and field names may be snake_case (first_name), camelCase (firstName) or plain words (First name, Vorname); custom fields go by key or name.',
    'The company is given by company_id or by company_name, which is created when missing.',
    'A person is known again by phone number, without one by e-mail, without both by name and company; then what the file says is updated, what it leaves empty stays.',
    'Sending a file twice changes nothing the second time. An import never takes a do-not-call mark away; tags are added.',
    'Rows that cannot be used are named and left out; the others are stored.',
  ].join(' '),
  query: z.strictObject({
    teamId,
    companyId: id('comp').optional().describe('Company of the rows that name none'),
    unknownColumns: z
      .enum(['refuse', 'ignore'])
      .optional()
      .describe('Columns that mean nothing here are refused with 400 unless this says ignore'),
  }),
  body: z.strictObject({
    contacts: z.array(z.record(z.string().max(100), z.unknown())).max(10_000, 'must hold at most 10,000 contacts; send more as CSV'),
  }),
  consumes: ['text/csv'],
  bodyLimit: 16 * 1024 * 1024,
  streamLimit: 64 * 1024 * 1024,
  returns: {
    imported: z.int().describe('New contacts'),
    updated: z.int().describe('Contacts that were there already'),
    unchanged: z.int().describe('Of those, how many were already as the file says'),
    failed: z.int().describe('Rows left out'),
    companiesCreated: z.int(),
    errors: z
      .array(
        z.object({
          row: z.int().describe('CSV: the line number counted in rows, the header being row 1. JSON: the position, from 1'),
          path: z.string(),
          message: z.string(),
        }),
      )
      .describe('The first 1,000'),
  },
  alsoAnswers: [413],
});
