import type { DialRequest, HangupCause } from '../carrier.ts';
import type { Bridge } from './bridge.ts';
import type { LocalCall } from './exchange.ts';
import { BEHAVIOURS } from './people/behaviour.ts';
import { type Person, type PersonKind, personAt } from './people/who.ts';
import { putOnTheLine, type TelephoneOptions } from './telephone.ts';

/** North American ringing: two seconds of tone, four of silence (ITU-T E.180 annex). Two rings have passed after eight. */
const TWO_RINGS_MS = 8000;
/** Until the far end rings, is found busy, or is not found. */
const RINGING_AFTER_MS = 300;
const BUSY_AFTER_MS = 1000;
const NOT_FOUND_AFTER_MS = 800;
const DECLINED_AFTER_MS = 4000;

/** Those whose telephone never rings. */
const UNREACHABLE: Partial<Record<PersonKind, { afterMs: number; cause: HangupCause }>> = {
  busy: { afterMs: BUSY_AFTER_MS, cause: 'busy' },
  nobody: { afterMs: NOT_FOUND_AFTER_MS, cause: 'invalid_number' },
  'carrier-error': { afterMs: NOT_FOUND_AFTER_MS, cause: 'carrier_error' },
};

/** How long after the answer the network says who it is, and what it says: the length of its analysis of what it hears. */
const HUMAN_AFTER_MS = 1500;
const MACHINE_AFTER_MS = 2500;
const UNSURE_AFTER_MS = 3500;

/** Carriers are wrong at times: of two voicemails one is not recognised (xx58) and one is taken for a person (xx59). */
const detectionOf = ({ kind, variant }: Person): { afterMs: number; result: 'human' | 'machine' | 'unknown' } => {
  if (kind === 'voicemail' && variant === 59) return { afterMs: HUMAN_AFTER_MS, result: 'human' };
  if (kind === 'voicemail' && variant === 58) return { afterMs: UNSURE_AFTER_MS, result: 'unknown' };
  if (kind === 'voicemail') return { afterMs: MACHINE_AFTER_MS, result: 'machine' };
  if (kind === 'silent' || kind === 'screening' || kind === 'endless') return { afterMs: UNSURE_AFTER_MS, result: 'unknown' };
  return { afterMs: HUMAN_AFTER_MS, result: 'human' };
};

export interface DiallingOptions extends TelephoneOptions {
  bridge: Bridge;
  isOurs(number: string): boolean | Promise<boolean>;
}

/** Lets a dialled number behave as it does. The call is open; everything here happens after the dial was answered. */
export const ring = async (options: DiallingOptions, call: LocalCall, request: DialRequest): Promise<void> => {
  const { exchange, speed } = options;
  const end = (cause: HangupCause) => exchange.end(call, cause, cause === 'busy' || cause === 'declined' ? 'far-end' : 'network');
  const limitCall = () => exchange.after(call, request.maxCallMs, () => exchange.end(call, 'time_limit', 'network'));

  const limitRinging = () =>
    exchange.after(call, request.ringMs / speed, () => {
      if (call.state === 'ringing') end('no_answer');
    });

  if (await options.isOurs(request.to)) {
    limitRinging();
    options.bridge.connect(call, limitCall);
    return;
  }
  const person = personAt(request.to);
  const unreachable = UNREACHABLE[person.kind];
  if (unreachable) return exchange.after(call, unreachable.afterMs / speed, () => end(unreachable.cause));

  exchange.after(call, RINGING_AFTER_MS / speed, () => exchange.tell(call, { type: 'ringing' }));
  limitRinging();
  if (person.kind === 'decliner') return exchange.after(call, DECLINED_AFTER_MS / speed, () => end('declined'));
  const behaviour = BEHAVIOURS[person.kind];
  if (!behaviour) return;
  exchange.after(call, TWO_RINGS_MS / speed, () => {
    exchange.answered(call);
    limitCall();
    if (request.machineDetection) {
      const { afterMs, result } = detectionOf(person);
      exchange.after(call, afterMs, () => exchange.tell(call, { type: 'machine-detection', result }));
    }
    putOnTheLine(options, call, (line, notes) => behaviour(line, person.variant, notes), {
      greetingEnded: () => request.machineDetection && exchange.tell(call, { type: 'greeting-ended', beep: true }),
    });
  });
};
