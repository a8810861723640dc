import { endpoint } from './endpoint.ts';

const group = 'Operation';

export const openApi = endpoint({
  method: 'GET',
  path: '/api/openapi.json',
  group,
  access: 'public',
  summary: 'The API as an OpenAPI 3.1 document',
  description: 'Import it into Postman, Insomnia or a code generator.',
  file: { types: ['application/json'], description: 'The document' },
});

export const referencePage = endpoint({
  method: 'GET',
  path: '/docs',
  group,
  access: 'public',
  summary: 'The API reference as a page',
  file: { types: ['text/html'], description: 'The page' },
});

export const germanReferencePage = endpoint({
  method: 'GET',
  path: '/docs/de',
  group,
  access: 'public',
  summary: 'The API reference as a page in German',
  file: { types: ['text/html'], description: 'The page' },
});
