import { testApiKey } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../http/serve.ts';

export function identityRoutes(app: FastifyInstance): void {
  serve(app, testApiKey, () => ({ message: 'The API key is valid.' }));
}
