import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { createTelnyxSpec } from './telnyx-spec.ts';

/** How deliveries go wrong; all chances repeat themselves from run to run. */
export interface WebhookDisorder {
  duplicate: boolean;
  /** Events overtake each other by up to so many ms. */
  jitterMs: number;
}

/** Telnyx's deliveries: signed, tried again when they fail, twice and out of order where asked for. */
export function createWebhookPost(spec: ReturnType<typeof createTelnyxSpec>, problem: (sentence: string) => void) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const timers = new Set<NodeJS.Timeout>();
  const statuses: number[] = [];
  let disorder: WebhookDisorder | null = null;
  let delivered = 0;
  let waiting = 0;

  const headersOf = (body: string, timestamp = String(Math.floor(Date.now() / 1000))) => ({
    'content-type': 'application/json',
    'user-agent': 'telnyx-webhooks',
    'telnyx-timestamp': timestamp,
    'telnyx-signature-ed25519': sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString('base64'),
  });

  async function attempt(url: string, event: object, attempts: number): Promise<void> {
    const body = JSON.stringify({ data: event, meta: { attempt: attempts, delivered_to: url } });
    const answer = await fetch(url, { method: 'POST', headers: headersOf(body), body }).catch(() => null);
    if (answer) statuses.push(answer.status);
    // 4xx is not repeated.
    if ((answer === null || answer.status >= 500) && attempts < 3) await attempt(url, event, attempts + 1);
  }

  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };

  return {
    /** Base64 of the raw public key, as TELNYX_PUBLIC_KEY takes it. */
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'),
    headersOf,
    /** What the app answered. */
    statuses: statuses as readonly number[],
    set disorder(wanted: WebhookDisorder | null) {
      disorder = wanted;
    },
    /** Deliveries that are not answered yet. */
    get waiting() {
      return waiting;
    },
    /** Sends an event; what of it does not fit the specification is a problem. */
    send(url: string, type: string, payload: Record<string, unknown>): void {
      const event = { record_type: 'event', event_type: type, id: randomUUID(), occurred_at: new Date().toISOString(), payload };
      // Live events carry null where nothing was set, which the specification does not know.
      const stated = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== null));
      for (const sentence of spec.webhook(type, { data: { ...event, payload: stated } })) problem(sentence);
      delivered += 1;
      const delay = disorder ? ((delivered * 7) % 5) * (disorder.jitterMs / 4) : 0;
      const deliver = (ms: number, attempts: number) => {
        waiting += 1;
        later(ms, () => {
          void attempt(url, event, attempts).finally(() => {
            waiting -= 1;
          });
        });
      };
      deliver(delay, 1);
      if (disorder?.duplicate) deliver(delay + disorder.jitterMs / 3, 2);
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
