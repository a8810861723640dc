import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const healthz = endpoint({
  method: 'GET',
  path: '/healthz',
  group: 'Operation',
  access: 'public',
  summary: 'Is the process alive?',
  returns: { status: z.literal('ok') },
});

export const readyz = endpoint({
  method: 'GET',
  path: '/readyz',
  group: 'Operation',
  access: 'public',
  summary: 'Does it take work?',
  description: 'Answers 503 while the server is stopping or its database cannot be reached.',
  returns: { status: z.literal('ready') },
  alsoAnswers: [503],
});
