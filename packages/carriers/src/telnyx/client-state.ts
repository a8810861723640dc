import { z } from 'zod';

/** What we have Telnyx carry along with a call: it comes back in every webhook of the leg. */
export interface ClientState {
  callId: string;
  commandId: string;
  /** Set for the leg that a transfer dials: Telnyx's id of the call that is transferred. */
  transferOf?: string | undefined;
}

const written = z.union([
  z.tuple([z.string().min(1), z.string().min(1)]),
  z.tuple([z.string().min(1), z.string().min(1), z.string().min(1)]),
]);

/** Telnyx wants base64. */
export const writeClientState = ({ callId, commandId, transferOf }: ClientState): string =>
  Buffer.from(JSON.stringify(transferOf === undefined ? [callId, commandId] : [callId, commandId, transferOf])).toString('base64');

/** Null for a state that is not ours, as of a call that was placed by another program on the same account. */
export function readClientState(text: string | null | undefined): ClientState | null {
  if (!text) return null;
  try {
    const [callId, commandId, transferOf] = written.parse(JSON.parse(Buffer.from(text, 'base64').toString()));
    return { callId, commandId, ...(transferOf === undefined ? {} : { transferOf }) };
  } catch {
    // Any program may put anything there.
    return null;
  }
}
