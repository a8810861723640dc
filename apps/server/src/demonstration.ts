import path from 'node:path';
import type { CallLogEvent, CallMessage } from '@talkturo/contract';
import { and, eq } from 'drizzle-orm';
import { calls } from './calls/calls.table.ts';
import { teamIdOf } from './database/ids.ts';
import type { Caller } from './http/caller.ts';
import { accountBySlug } from './identity/accounts.ts';
import type { Platform } from './platform.ts';
import { SAMPLE_SCRIPT, sampleAssistant } from './sample-assistant.ts';

/** The call is on record that soon after it rings, or something is wrong. */
const RECORD_WITHIN_MS = 10_000;

/**
 * A synthesised caller calls the sample assistant through the built-in network, and the terminal shows the conversation
 * as it happens. Failing only costs the demonstration, never the server.
 */
export async function demonstrate(platform: Platform, address: string): Promise<void> {
  const account = await accountBySlug(platform.db, 'my-team');
  if (!account) return;
  const caller: Caller = {
    accountId: account.id,
    teamId: teamIdOf(account.id),
    accountSlug: account.slug,
    keyId: null,
    userId: null,
    via: 'session',
    role: 'owner',
    scopes: ['*'],
  };
  const assistantId = await sampleAssistant(platform, caller);
  console.log('A demonstration: somebody calls the sample assistant (leave it out with npm start -- --no-demo).\n');
  const { ref } = platform.network.call({ assistantId, accountId: account.id, script: SAMPLE_SCRIPT });
  const callId = await recordOf(platform, ref);
  await show(platform, callId);
  const detail = await platform.calls.detail(caller, callId);
  console.log(`\n  The call lasted ${Math.round(detail.duration_seconds ?? 0)} s.${detail.error ? ` ${detail.error}` : ''}`);
  const { voice_to_voice_ms: median } = detail.latency.p50;
  if (median !== null) console.log(`  From the caller’s last sound to the first of a reply: ${Math.round(median)} ms (median).`);
  const row = await platform.calls.find(callId);
  if (row?.recordingKey) console.log(`  Recording      ${path.join(platform.config.dataDir, row.recordingKey)}`);
  console.log(`  Transcript     ${address}/home/${account.slug}/calls/${callId}`);
  console.log('\nIt goes on serving; Ctrl-C ends it.');
}

async function recordOf({ db }: Platform, ref: string): Promise<string> {
  for (const until = Date.now() + RECORD_WITHIN_MS; Date.now() < until; ) {
    const [row] = await db
      .select({ id: calls.id })
      .from(calls)
      .where(and(eq(calls.carrier, 'local'), eq(calls.carrierRef, ref)));
    if (row) return row.id;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the call did not get on record');
}

/** Prints each line when it has been said, and each reply's time; resolves when the call is over. */
function show({ log, calls: record }: Platform, callId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    const take = (events: readonly CallLogEvent[]) => {
      for (const event of events) {
        if (event.sequence === 0 || event.sequence <= seen) continue;
        seen = event.sequence;
        print(event);
        if (event.type === 'ended') {
          unfollow();
          resolve();
        }
      }
    };
    const look = () => record.eventsAfter(callId, seen).then(take, reject);
    const unfollow = log.follow(callId, (news) => (news === 'look' ? void look() : take(news)));
    void look();
  });
}

function print({ type, data, at_seconds: at }: CallLogEvent): void {
  if (type === 'turn') {
    const line = data as unknown as CallMessage;
    console.log(
      `  ${line.start_seconds.toFixed(1).padStart(5)} s  ${line.speaker === 'caller' ? 'Caller   ' : 'Assistant'}  ${line.text}${line.interrupted ? ' —' : ''}`,
    );
  } else if (type === 'latency' && typeof data.first_sound_out === 'number' && typeof data.caller_stopped === 'number') {
    console.log(`${' '.repeat(21)}(${Math.round(data.first_sound_out - data.caller_stopped)} ms after the caller’s last sound)`);
  } else if (type === 'fallback' || type === 'stage_failed') {
    console.log(`  ${(at ?? 0).toFixed(1).padStart(5)} s  ${type.replace('_', ' ')}: ${String(data.message ?? data.to ?? '')}`);
  }
}
