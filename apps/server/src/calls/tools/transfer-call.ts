import type { TransferDestination } from '@talkturo/contract';
import type { Tool } from '@talkturo/voice';
import { z } from 'zod';

/** As the contract bounds it for people. */
const LONGEST_SUMMARY = 500;

const input = z.object({ destination: z.string(), summary: z.string().optional() });

/**
 * By this the assistant connects the caller with one of the people it may. The model chooses among names; numbers are none of its business,
 * so nobody can talk it into calling another.
 */
export function createTransferTool(destinations: readonly TransferDestination[]): Tool {
  const names = destinations.map(({ name }) => name);
  const lines = destinations.map(({ name, description }) => `- ${name}${description ? `: ${description}` : ''}`);
  return {
    definition: {
      name: 'transfer_call',
      description: `Connects the caller with somebody, when they ask for it or when the matter is theirs. Say in one short sentence that you are connecting them. Destinations:\n${lines.join('\n')}`,
      parameters: {
        type: 'object',
        properties: {
          destination: { type: 'string', enum: names, description: 'Whom to connect the caller with' },
          summary: {
            type: 'string',
            description: 'Who is calling and what it is about, in one or two sentences, for whoever takes the call',
          },
        },
        required: ['destination', 'summary'],
        additionalProperties: false,
      },
    },
    sideEffects: true,
    async run(given) {
      const wanted = input.safeParse(given);
      const named = wanted.success ? wanted.data.destination.trim().toLowerCase() : '';
      const destination = destinations.find(({ name }) => name.toLowerCase() === named);
      if (!destination) return { content: `There is no such destination: choose one of ${names.join(', ')}.` };
      const summary = wanted.data?.summary?.trim().slice(0, LONGEST_SUMMARY) || null;
      return {
        content: `The caller is connected with ${destination.name} when your words have been heard.`,
        effect: { type: 'transfer', plan: { to: destination.phone_number, mode: destination.mode, summary } },
      };
    },
  };
}
