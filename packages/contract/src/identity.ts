import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const testApiKey = endpoint({
  method: 'GET',
  path: '/api/test-api-key',
  group: 'Authentication',
  access: 'token',
  summary: 'Check a token',
  description: 'Answers 200 when the token is valid, 401 when it is missing, malformed, revoked or expired.',
  returns: { message: z.string().describe('A sentence that says the key works') },
});
