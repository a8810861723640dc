import type { Company, Contact, CustomField } from '../crm/crm.queries.ts';

/** What a prompt may name between double braces, as the API lists it; custom fields come on top. */
const BUILT_IN = [
  ...['first_name', 'last_name', 'full_name', 'email', 'phone', 'job_title', 'lead_status'].map((name) => `contact.${name}`),
  ...['name', 'website', 'industry', 'phone', 'city', 'state', 'country'].map((name) => `company.${name}`),
  ...['name', 'description', 'from_number'].map((name) => `campaign.${name}`),
];
const PLACEHOLDER = /\{\{([^{}]{0,200})\}\}/g;

export const variableNames = (fields: readonly CustomField[]): string[] => [
  ...BUILT_IN,
  ...fields.map((field) => `${field.entity}.custom.${field.key}`),
];

/** Names in a text that nothing is known by: they would say nothing in a call. */
export function unknownVariables(text: string, known: readonly string[]): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map((match) => (match[1] ?? '').trim());
  return [...new Set(names.filter((name) => !known.includes(name)))];
}

/** The values a call with this contact would fill in; those of a campaign are known only when there is one. */
export function valuesOf(contact: Contact, company: Company | null): Record<string, string> {
  const values: Record<string, unknown> = { 'contact.full_name': `${contact.first_name} ${contact.last_name}` };
  const put = (entity: string, record: Readonly<Record<string, unknown>>) => {
    for (const name of BUILT_IN) {
      const [of, field = ''] = name.split('.');
      if (of === entity && field in record) values[name] = record[field];
    }
    for (const [key, value] of Object.entries((record.custom_fields ?? {}) as Record<string, unknown>)) {
      values[`${entity}.custom.${key}`] = value;
    }
  };
  put('contact', contact);
  put('company', { name: contact.company_name, ...company });
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );
}

export interface Piece {
  text: string;
  /** The variable this was; `filled` says whether it had a value. */
  variable?: string;
  filled?: boolean;
}

/** A text in pieces, with variables replaced by their values; those without one keep their name to be seen. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    const variable = (match[1] ?? '').trim();
    const value = Object.hasOwn(values, variable) ? values[variable] : undefined;
    pieces.push({ text: value ?? variable, variable, filled: value !== undefined });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
