import { signatureOf } from '../../twilio/twilio-signature.ts';

/** How deliveries go wrong; all chances repeat themselves from run to run. */
export interface CallbackDisorder {
  duplicate: boolean;
  /** Callbacks overtake each other by up to so many ms. */
  jitterMs: number;
}

/** What the app answered to a question. */
export interface CallbackAnswer {
  status: number;
  type: string;
  body: string;
}

/** Twilio's requests to the app: signed forms. Callbacks are sent once, or twice and out of order where asked for. */
export function createCallbackPost(authToken: string) {
  const timers = new Set<NodeJS.Timeout>();
  const statuses: number[] = [];
  const sent: { url: string; form: URLSearchParams }[] = [];
  let disorder: CallbackDisorder | null = null;
  let delivered = 0;
  let lost = 0;

  const headersOf = (url: string, form: URLSearchParams) => ({
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': signatureOf(authToken, url, form),
  });

  const formOf = (fields: Record<string, string | undefined>) =>
    new URLSearchParams(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined));

  const request = (url: string, form: URLSearchParams) =>
    fetch(url, { method: 'POST', headers: headersOf(url, form), body: form.toString() });

  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };

  return {
    headersOf,
    /** What the app answered to callbacks. */
    statuses: statuses as readonly number[],
    /** All callbacks that were to be delivered, in the order of what they tell. */
    sent: sent as readonly { url: string; form: URLSearchParams }[],
    set disorder(wanted: CallbackDisorder | null) {
      disorder = wanted;
    },
    /** The next callbacks do not arrive. */
    lose: (count: number) => {
      lost = count;
    },
    /** Tells something; the answer means nothing. */
    tell(url: string, fields: Record<string, string | undefined>): void {
      const form = formOf(fields);
      sent.push({ url, form });
      if (lost > 0) {
        lost -= 1;
        return;
      }
      const post = () =>
        void request(url, form).then(
          (answer) => statuses.push(answer.status),
          () => {},
        );
      delivered += 1;
      const delay = disorder ? ((delivered * 7) % 5) * (disorder.jitterMs / 4) : 0;
      later(delay, post);
      if (disorder?.duplicate) later(delay + disorder.jitterMs / 3, post);
    },
    /** Asks something: what to do with a call. Null where the app does not answer. */
    async ask(url: string, fields: Record<string, string | undefined>): Promise<CallbackAnswer | null> {
      try {
        const answer = await request(url, formOf(fields));
        return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.text() };
      } catch {
        // The app is not there: Twilio takes that for a failed question.
        return null;
      }
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
