import type { CHECK_PROBLEMS, PROVIDER_TASKS, VendorId } from '@talkturo/contract';

/** What an account has set for a vendor. */
export interface VendorAccess {
  apiKey: string | null;
  /** What is set beside the key: `base_url`, `model`, `account_sid`. */
  settings: Readonly<Record<string, string>>;
}

/** By vendor; null where the stored key does not open (another TALKTURO_SECRET). */
export type AccountAccess = ReadonlyMap<string, VendorAccess | null>;

/** A vendor as the composition root knows it. */
export interface Vendor {
  id: VendorId;
  name: string;
  tasks: readonly (typeof PROVIDER_TASKS)[number][];
  /** The server has a key of its own for it. */
  serverKey: boolean;
}

export type CheckProblem = (typeof CHECK_PROBLEMS)[number];

/** What a vendor said to a key. */
export type CheckFinding = { ok: true } | { ok: false; problem: CheckProblem; said: string };

/** A finding as a sentence a person can act on. */
export function sentenceOf(name: string, finding: CheckFinding): string {
  if (finding.ok) return `${name} takes the key.`;
  const sentence = PROBLEMS[finding.problem](name);
  // What stayed out cannot be quoted: it was put into the same words already.
  return finding.said.toLowerCase() === sentence.toLowerCase() ? sentence : `${sentence} (${finding.said})`;
}

const PROBLEMS: Record<CheckProblem, (name: string) => string> = {
  auth: (name) => `${name} does not take the key: it is wrong, was revoked or lacks a permission.`,
  quota: (name) => `${name} knows the key, but its account has no credit left.`,
  'rate-limit': (name) => `${name} is being asked too often with this key at the moment; calls may be refused as well.`,
  timeout: (name) => `${name} did not answer in time.`,
  unavailable: (name) => `${name} cannot be reached or is down.`,
  refused: (name) => `${name} refused the request.`,
  protocol: (name) => `What answered does not speak the way ${name} does: the address may be wrong.`,
};
