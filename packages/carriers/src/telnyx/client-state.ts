import { z } from 'zod';

/** What we have Telnyx carry along with a call: it comes back in every webhook of the leg. */
export interface ClientState {
  callId: string;
  commandId: string;
  /** Set for the leg that a transfer dials: Telnyx's id of the call that is transferred. */
  transferOf?: string | undefined;
  /** Of such a leg: the sound of the call that is transferred was stopped for it, and is missing until it is started again. */
  silent?: boolean | undefined;
}

const written = z.union([
  z.tuple([z.string().min(1), z.string().min(1)]),
  z.tuple([z.string().min(1), z.string().min(1), z.string().min(1)]),
  z.tuple([z.string().min(1), z.string().min(1), z.string().min(1), z.literal('silent')]),
]);

/** Telnyx wants base64. */
export function writeClientState({ callId, commandId, transferOf, silent }: ClientState): string {
  const ofTransfer = transferOf === undefined ? [] : [transferOf, ...(silent ? ['silent'] : [])];
  return Buffer.from(JSON.stringify([callId, commandId, ...ofTransfer])).toString('base64');
}

/** Null for a state that is not ours, as of a call that was placed by another program on the same account. */
export function readClientState(text: string | null | undefined): ClientState | null {
  if (!text) return null;
  try {
    const [callId, commandId, transferOf, silent] = written.parse(JSON.parse(Buffer.from(text, 'base64').toString()));
    return { callId, commandId, ...(transferOf === undefined ? {} : { transferOf }), ...(silent && { silent: true }) };
  } catch {
    // Any program may put anything there.
    return null;
  }
}
