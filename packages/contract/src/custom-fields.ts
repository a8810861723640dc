import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountSlug, id, paged, paging, pathId, requiredText, teamId, timestamp } from './primitives.ts';

export const CUSTOM_FIELD_TYPES = ['text', 'number', 'date', 'select', 'boolean'] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];
export const CUSTOM_FIELD_ENTITIES = ['contact', 'company'] as const;
export type CustomFieldEntity = (typeof CUSTOM_FIELD_ENTITIES)[number];

const fieldEntity = z.enum(CUSTOM_FIELD_ENTITIES);
const fieldOptions = z.array(requiredText(100)).max(200).describe('The accepted values of a select field');

/** Values by key, as companies and contacts carry them; null takes a value away. */
export const customFieldValues = z
  .record(z.string().max(50), z.union([z.string().max(5_000), z.number(), z.boolean(), z.null()]))
  .describe('Values of your custom fields by key; null takes one away, keys left out stay as they are');

/** Values as a record shows them. */
export const customFieldRecord = z.record(z.string(), z.unknown()).describe('Values of your custom fields by key');

export const customField = z
  .object({
    id: z.string(),
    team_id: z.string(),
    entity: fieldEntity,
    name: z.string(),
    key: z.string().describe('Use it in prompts: {{contact.custom.<key>}}'),
    type: z.enum(CUSTOM_FIELD_TYPES),
    options: z.array(z.string()).describe('Empty unless the type is select'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'CustomField' });
export type CustomField = z.infer<typeof customField>;

const params = z.object({ customFieldId: pathId('The custom field (cf_…)') });
const group = 'Custom fields';

export const listCustomFields = endpoint({
  method: 'GET',
  path: '/api/crm/custom-fields',
  group,
  access: 'custom-fields:read',
  summary: 'List custom fields',
  description: 'Newest first.',
  query: z.strictObject({ ...paging, teamId: teamId.optional(), accountSlug: accountSlug.optional(), entity: fieldEntity.optional() }),
  returns: { customFields: z.array(customField), ...paged },
});

export const createCustomField = endpoint({
  method: 'POST',
  path: '/api/crm/custom-fields',
  group,
  access: 'custom-fields:write',
  summary: 'Define a custom field',
  description: 'At most 100 for contacts and 100 for companies. A key that is taken answers 409.',
  body: z.strictObject({
    teamId,
    entity: fieldEntity,
    name: requiredText(100),
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,49}$/, 'must begin with a lower-case letter and hold lower-case letters, digits and _ only, at most 50')
      .optional()
      .describe('Made from the name when left out'),
    type: z.enum(CUSTOM_FIELD_TYPES),
    options: fieldOptions.optional(),
  }),
  returns: { customField },
  alsoAnswers: [409],
});

export const updateCustomField = endpoint({
  method: 'PATCH',
  path: '/api/crm/custom-fields/{customFieldId}',
  group,
  access: 'custom-fields:write',
  summary: 'Rename a custom field or change its options',
  description:
    'Entity, key and type are fixed: prompts and values stand on them. Values already stored stay when their option goes; only new writes are held to the options.',
  params,
  body: z.strictObject({ name: requiredText(100).optional(), options: fieldOptions.optional() }),
  returns: { customField },
});

export const deleteCustomField = endpoint({
  method: 'DELETE',
  path: '/api/crm/custom-fields/{customFieldId}',
  group,
  access: 'custom-fields:write',
  summary: 'Delete a custom field with its values',
  description: 'The values are taken away from every company or contact.',
  params,
  returns: { id: id('cf') },
});
