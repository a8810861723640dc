import { healthz, readyz } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { AppError } from './app-error.ts';
import { serve } from './serve.ts';

/** `notReady` says why no work is taken, or null. */
export function healthRoutes(app: FastifyInstance, notReady: () => Promise<string | null>): void {
  serve(app, healthz, () => ({ status: 'ok' as const }));
  serve(app, readyz, async () => {
    const reason = await notReady();
    if (reason) throw new AppError('not_ready', 503, reason, { headers: { 'retry-after': '5' } });
    return { status: 'ready' as const };
  });
}
