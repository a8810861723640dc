import { randomUUID } from 'node:crypto';
import type { Carrier, CarrierCall, CarrierEvent, HangupCause, LookUp } from '@talkturo/carriers';
import {
  type AnswerEvidence,
  type CallEvent,
  type CallSession,
  type CarrierClue,
  type Leg,
  phrasesOfOwner,
  type RecordingSink,
  type Timer,
  type TransferPlan,
} from '@talkturo/voice';
import { type EndedReason, reasonOfCause } from './call-ending.ts';
import type { CallGround } from './call-ground.ts';
import { openRecording, recordingKeyOf } from './call-recorder.ts';
import { createCallTransfer } from './call-transfer.ts';
import type { Call } from './calls.table.ts';
import { completeRecord } from './complete-record.ts';
import { createCallUsage } from './cost/call-usage.ts';
import { loggedEvent } from './logged-event.ts';
import { askAfter } from './lost-dial.ts';
import type { PreparedCall } from './prepared-call.ts';
import { createSteps } from './steps.ts';
import { warmCall } from './warm-call.ts';

export interface HeldCallOptions {
  call: Call;
  prepared: PreparedCall;
  carrier: Carrier;
  carrierCall: CarrierCall | null;
  /** The record is complete; called once. */
  onOver(): void;
}

/** How long a call may ring here, past what the carrier was told, before it counts as lost by the carrier. */
const RING_PATIENCE_MS = 120_000;
/** An answered call brings its sound within moments. */
const MEDIA_PATIENCE_MS = 15_000;
/** What a record says of a call that does not, where its carrier says nothing: of one that was answered, and of a caller. */
const NO_MEDIA = 'The call was answered, and its sound never came: the carrier did not open the media socket.';
export const CALLER_GONE = 'The caller was gone before the call could be answered.';
/** What the conversation may take past its own cap, or past being told to end, before it is ended by force. */
const END_PATIENCE_MS = 15_000;
/** Telephone networks repeat themselves a few times, not thousands. */
const MOST_EVENT_IDS = 200;

export type HeldCall = ReturnType<typeof holdCall>;

/**
 * A call on this node, from its beginning to its complete record: brings the line, the conversation and the record
 * together. Whatever happens to it, `over` resolves.
 */
export function holdCall(ground: CallGround, { call, prepared, carrier, carrierCall, onOver }: HeldCallOptions) {
  const { lifecycle, log, clock, timings } = ground;
  const maxCallMs = prepared.maxCallMs ?? timings.maxCallMs;
  const logger = ground.logger.child({ callId: call.id });
  const steps = createSteps(logger);
  const usage = createCallUsage(prepared);
  const over = Promise.withResolvers<void>();
  const seen = new Set<string>();
  let ref = carrierCall;
  let answeredAt: Date | null = call.answeredAt;
  let leg: Leg | null = null;
  let session: CallSession | null = null;
  let failure: string | null = null;
  let recordingKey: string | null = null;
  /** What the carrier told of a machine before the conversation had begun. */
  const clues: CarrierClue[] = [];
  /** What last told who has picked up. */
  let evidence: AnswerEvidence | null = null;
  let finishing = false;
  /** Another node has it now. */
  let released = false;
  let watchdog: Timer = clock.setTimer(RING_PATIENCE_MS, () => end('no_answer'));

  const watch = (ms: number, bark: () => void) => {
    watchdog.cancel();
    watchdog = clock.setTimer(ms, bark);
  };
  const note = (type: string, data: Record<string, unknown> = {}) =>
    log.add(call.id, { type, atMs: null, data, createdAt: new Date(), kept: true });
  const hangUpAtCarrier = () => {
    if (!ref) return;
    carrier.hangup(ref).catch((error) => logger.warn({ err: error }, 'the carrier did not take a hang-up'));
  };

  const transfer = createCallTransfer({
    call,
    carrier,
    clock,
    logger,
    maxCallMs: timings.maxCallMs,
    consultations: ground.consultations,
    mayBeCalled: ground.mayBeCalled,
    carrierCall: () => ref,
    session: () => session,
    note,
    transferred: (to) => steps.run(() => lifecycle.transferred(call.id, to)),
  });

  const tools = [...ground.tools, ...prepared.tools, ...(transfer.possible && prepared.transferTool ? [prepared.transferTool] : [])];
  const warm = warmCall(prepared, { clock, tools });

  for (const { stage, wanted, used, reason } of prepared.replacements) {
    note('provider_replaced', { stage, wanted, used, reason });
    logger.info({ stage, wanted, used, reason }, 'a stage of a call runs on the local models');
  }
  if (prepared.missingVariables.length > 0) note('variables_missing', { variables: prepared.missingVariables });

  function hear(event: CallEvent): void {
    usage.hear(event);
    // The end is told once the record is complete (see finish), and nothing comes after it.
    if (event.type === 'ended' || finishing) return;
    if (event.type === 'stage-failed') {
      failure = `The ${event.stage} (${event.provider}) failed: ${event.message}`;
      logger.warn({ stage: event.stage, provider: event.provider, kind: event.kind }, 'a stage of a call failed');
    }
    if (event.type === 'answered-by') answeredBy(event);
    if (event.type === 'turn' && event.turn.speaker === 'caller') ground.callerSaid?.(call, event.turn.text);
    if (event.type === 'fault') {
      if (event.part === 'engine') failure = `The call broke off: ${event.message}`;
      logger.error({ part: event.part, message: event.message }, 'a call met a fault');
    }
    log.add(call.id, loggedEvent(event, new Date()));
  }

  /** Who has picked up, as far as it is known: the carrier's word and what we hear, weighed by the conversation. */
  function answeredBy({ who, by }: Extract<CallEvent, { type: 'answered-by' }>): void {
    evidence = by;
    steps.run(() => lifecycle.machineDetected(call.id, who, by));
    const plan = prepared.answering?.voicemail;
    if (who === 'machine' && plan) note('voicemail', { action: plan.action });
  }

  function answered(): void {
    if (answeredAt || finishing) return;
    const at = new Date();
    answeredAt = at;
    steps.run(() => lifecycle.answered(call.id, at));
    note('answered');
    if (leg) return;
    watch(MEDIA_PATIENCE_MS, () => {
      failure ??= NO_MEDIA;
      end('no_media');
    });
  }

  /** A disk that refuses costs the recording, not the call. */
  async function startRecording(sampleRate: number): Promise<RecordingSink | null> {
    if (!prepared.recording) return null;
    const key = recordingKeyOf(call);
    try {
      const sink = await openRecording(ground.blobs, key, sampleRate);
      recordingKey = key;
      steps.run(() => lifecycle.recordedAt(call.id, key));
      return sink;
    } catch (error) {
      logger.error({ err: error }, 'a call could not be recorded');
      note('recording_failed');
      return null;
    }
  }

  async function converse(line: Leg): Promise<void> {
    const recording = await startRecording(line.sampleRate);
    if (finishing) {
      line.hangup();
      await recording?.close();
      return;
    }
    session = ground.createSession({
      leg: line,
      clock,
      stages: warm.stages,
      phrases: phrasesOfOwner(ground.phrases, call.accountId),
      // Voices are asked for the sound of the line itself, so that nothing is converted twice.
      briefing: { ...prepared.briefing, voice: { ...prepared.briefing.voice, sampleRate: line.sampleRate } },
      timings: { ...timings, maxCallMs },
      recording,
      tools,
      ...(transfer.possible ? { transfer: transfer.begin } : {}),
      answering: prepared.answering ?? undefined,
      onEvent: hear,
    });
    watch(maxCallMs + END_PATIENCE_MS, () => force('max_duration'));
    session.start();
    for (const clue of clues) session.carrierClue(clue);
    const { reason, durationMs } = await session.done;
    await finish(reason, durationMs);
  }

  /** The conversation did not end when it should have. */
  function force(reason: EndedReason): void {
    logger.error({ reason }, 'a call had to be ended by force');
    leg?.hangup();
    hangUpAtCarrier();
    void finish(reason, null);
  }

  function accept(taken: CarrierCall): void {
    ref = taken;
    if (finishing && !released) hangUpAtCarrier();
    else steps.run(() => lifecycle.accepted(call.id, taken.ref));
  }

  /** Ends the call from our side. */
  function end(reason: EndedReason): void {
    if (finishing) return;
    if (session) {
      watch(END_PATIENCE_MS, () => force(reason));
      // Reasons of calls without a conversation do not come up once there is one.
      session.end(reason as Parameters<CallSession['end']>[0]);
      return;
    }
    leg?.hangup();
    hangUpAtCarrier();
    void finish(reason, null);
  }

  /** What the carrier has found out. Without sound there is nothing to weigh it against: it counts at once. */
  function told(clue: CarrierClue): void {
    if (session) {
      session.carrierClue(clue);
      return;
    }
    clues.push(clue);
    if (clue.type !== 'machine-detection') return;
    answeredBy({ type: 'answered-by', atMs: 0, who: clue.result, by: 'carrier' });
    if (clue.result === 'machine' && prepared.answering?.voicemail?.action === 'hangup') end('assistant_hung_up');
  }

  /** The carrier says that the line is gone, and perhaps what was wrong with it. */
  function goneBecause(cause: HangupCause, sentence: string | undefined): void {
    if (finishing) return;
    const reason = reasonOfCause(cause);
    failure ??= sentence ?? null;
    if (session) session.end(reason.during);
    // Answered, and sound never came: the carrier could not bring it.
    else if (answeredAt && cause === 'carrier_error') void finish('no_media', null);
    else void finish(answeredAt ? reason.during : reason.before, null);
  }

  async function finish(reason: EndedReason, spokenMs: number | null): Promise<void> {
    if (finishing) return;
    finishing = true;
    watchdog.cancel();
    transfer.close();
    warm.close();
    const ending = await completeRecord(ground, steps, call, {
      reason,
      spokenMs,
      answeredAt,
      screened: evidence === 'screening',
      failure,
      recordingKey,
      usage,
    });
    onOver();
    over.resolve();
    if (call.consultationOf) ground.consulted(call.consultationOf, { id: call.id, is: 'over', reason: ending.reason });
  }

  return {
    callId: call.id,
    over: over.promise,
    get carrierCall() {
      return ref;
    },
    /** The carrier took the call; it may have been ended meanwhile. */
    accepted: accept,
    /**
     * The carrier's answer to the dial was lost: it is asked what became of the call. One that was ended here meanwhile is asked after all
     * the same, for its telephone may ring.
     * @param ask what the carrier knows of it; null: it cannot say.
     */
    doubted(sentence: string, ask: () => Promise<LookUp | null>): void {
      failure = sentence;
      // Asking has a limit of its own, and goes on past the end of the call.
      watchdog.cancel();
      askAfter({
        startedAt: call.startedAt,
        clock,
        ask,
        settled: () => released || ref !== null || leg !== null,
        there(found) {
          if (found) accept(found);
          if (!finishing && answeredAt === null) watch(RING_PATIENCE_MS, () => end('no_answer'));
        },
        async over(reason, ringing) {
          await finish(reason, null);
          if (ringing) accept(ringing);
        },
      });
    },
    /**
     * We have told the carrier to answer it. Of a caller who hangs up at that moment another node may hear before this one has the call
     * on record, and can tell nobody.
     */
    answering(): void {
      if (finishing || leg || answeredAt) return;
      watch(MEDIA_PATIENCE_MS, () => {
        failure ??= CALLER_GONE;
        end('cancelled');
      });
    },
    /** A call that could not be placed or answered, with a sentence that says why. */
    fail(reason: EndedReason, sentence: string): void {
      failure = sentence;
      void finish(reason, null);
    },
    /** Something the carrier tells; twice is once. */
    progress(eventId: string, event: CarrierEvent): void {
      if (event.type === 'cost') {
        const { type: _type, ...said } = event;
        steps.run(() => lifecycle.carrierCost(call.id, { vendor: call.carrier, ...said }));
        return;
      }
      if (finishing || seen.has(eventId)) return;
      if (seen.size < MOST_EVENT_IDS) seen.add(eventId);
      if (event.type === 'ringing') {
        steps.run(() => lifecycle.ringing(call.id));
        note('ringing');
      } else if (event.type === 'answered') answered();
      else if (event.type === 'machine-detection') {
        note('machine_detection', { result: event.result });
        told(event);
      } else if (event.type === 'greeting-ended') {
        note('greeting_ended', { beep: event.beep });
        told(event);
      } else if (event.type === 'transferred') transfer.succeeded();
      else if (event.type === 'transfer-failed') transfer.failed(event.commandId, event.cause);
      else goneBecause(event.cause, event.sentence);
    },
    /** The line is open: the conversation begins. */
    media(line: Leg): void {
      if (finishing || leg) {
        line.hangup();
        return;
      }
      leg = line;
      answered();
      converse(line).catch((error) => {
        logger.error({ err: error }, 'a call broke');
        failure = 'The call broke on our side.';
        force('provider_failed');
      });
    },
    end,
    /** @returns false when there is no conversation, it is ending, or a transfer is under way already. */
    transfer: (plan: TransferPlan, announcement?: string): boolean => !finishing && (session?.transfer(plan, announcement) ?? false),
    /** News of a call that asks whether somebody takes this one. */
    consulted: transfer.consulted,
    /** Whoever is asked in it has agreed: the call that it asks about may be connected with it from now on, by whichever node has that. */
    async agreed(): Promise<void> {
      if (ref) await carrier.expectBridge?.(ref);
    },
    /** Presses keys towards the far end. Rejects with CarrierError. */
    async sendDigits(digits: string): Promise<void> {
      if (finishing || !ref) return;
      await carrier.sendDigits?.(ref, { digits, commandId: randomUUID() });
      note('digits_sent', { digits });
    },
    /** Another node has it now: nothing more happens here. */
    release(): void {
      if (finishing || session) return;
      finishing = true;
      released = true;
      watchdog.cancel();
      warm.close();
      onOver();
      over.resolve();
    },
  };
}
