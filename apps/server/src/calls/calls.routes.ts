import { Readable } from 'node:stream';
import {
  deleteCall,
  followCall,
  getCall,
  getCallRecording,
  getCallStatistics,
  getCallTranscript,
  getUsageStats,
  hangUpCall,
  listCalls,
  placeCall,
  sendCallDigits,
  startNetworkCall,
  startWebCall,
  testAssistantCall,
  transferCall,
} from '@talkturo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Assistants } from '../assistants/assistants.ts';
import type { Database } from '../database/connect.ts';
import { notFound } from '../http/app-error.ts';
import { sameAccount } from '../http/caller.ts';
import { sentenceFor } from '../http/language/failure-language.ts';
import { serve } from '../http/serve.ts';
import { audit } from '../identity/audit.ts';
import type { CallLog } from './call-log.ts';
import { callRecord } from './call-record.ts';
import type { CallStatisticsOf } from './call-statistics.ts';
import { isFinal } from './call-status.ts';
import { lastSeen, streamCall } from './call-stream.ts';
import type { Calls } from './calls.ts';
import type { CallsAnywhere } from './calls-anywhere.ts';
import type { LiveCalls } from './live-calls.ts';
import type { StartNetworkCall } from './network-calls.ts';
import { byteRange } from './recording-file.ts';
import type { Recordings } from './recordings.ts';
import type { SteerCall } from './steering-calls.ts';
import { transcriptText, transcriptVtt } from './transcript-formats.ts';
import { usageStats } from './usage-stats.ts';

export interface CallRoutes {
  db: Database;
  assistants: Assistants;
  calls: Calls;
  callStatistics: CallStatisticsOf;
  log: CallLog;
  live: LiveCalls;
  recordings: Recordings;
  steer: SteerCall;
  callsAnywhere: CallsAnywhere;
  /** Path of the sockets of web calls. */
  webPath: string;
  startNetworkCall: StartNetworkCall;
}

export function callRoutes(app: FastifyInstance, on: CallRoutes): void {
  const { calls, live, recordings } = on;
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of open) end();
  });

  serve(app, listCalls, async ({ caller, query, request }) => {
    const { teamId, ...filter } = query;
    sameAccount(caller, { teamId });
    const { rows, count } = await calls.list(caller, filter);
    return { calls: rows.map((row) => toldTo(request, callRecord(row))), count, limit: query.limit, offset: query.offset };
  });

  serve(app, getCallStatistics, async ({ caller, query }) => {
    const { teamId, ...filter } = query;
    sameAccount(caller, { teamId });
    return { statistics: await on.callStatistics.of(caller.accountId, filter, new Date()) };
  });

  serve(app, getCall, async ({ caller, params, request }) => ({ call: toldTo(request, await calls.detail(caller, params.callId)) }));

  serve(app, placeCall, async ({ caller, body }) => {
    const { fromNumberId, ...rest } = body;
    const call = await on.callsAnywhere.place({ ...rest, accountId: caller.accountId, from: { numberId: fromNumberId } });
    await audit(on.db, caller, 'call.placed', call.id);
    return { call: callRecord(call) };
  });

  serve(app, testAssistantCall, async ({ caller, params, body }) => {
    sameAccount(caller, { accountSlug: body.accountSlug });
    const { id } = await on.assistants.get(caller, params.assistantId);
    const { accountId } = caller;
    const call = await on.callsAnywhere.place({ accountId, assistantId: id, toNumber: body.toNumber, from: { number: body.fromNumber } });
    await audit(on.db, caller, 'call.placed', call.id);
    return { call: callRecord(call) };
  });

  serve(app, startNetworkCall, async ({ caller, body }) => {
    const { call, mediaUrl } = await on.startNetworkCall({ ...body, accountId: caller.accountId });
    return { call: callRecord(call), mediaUrl };
  });

  serve(app, startWebCall, async ({ caller, body, request }) => {
    const here = `${request.protocol}://${request.host}`;
    // A page of ours asks for itself: what it gets is good on this page alone.
    const ownPage = caller.via === 'session' && request.headers.origin ? [request.headers.origin] : undefined;
    const started = await on.callsAnywhere.startWebCall({ ...body, origins: body.origins ?? ownPage, accountId: caller.accountId });
    await audit(on.db, caller, 'call.placed', started.call.id);
    const base = (started.nodeUrl ?? here).replace(/^http/, 'ws').replace(/\/$/, '');
    return {
      call: callRecord(started.call),
      url: `${base}${on.webPath}?token=${encodeURIComponent(started.token)}`,
      expiresAt: started.expiresAt.toISOString(),
    };
  });

  serve(app, hangUpCall, async ({ caller, params }) => {
    const { id, status } = await calls.own(caller, params.callId);
    if (!isFinal(status)) {
      await live.hangUp(id);
      await audit(on.db, caller, 'call.hung_up', id);
    }
    return { call: callRecord(await calls.own(caller, id)) };
  });

  serve(app, transferCall, async ({ caller, params, body }) => ({
    call: callRecord(await on.steer.transfer(caller, params.callId, body)),
  }));

  serve(app, sendCallDigits, async ({ caller, params, body }) => ({
    call: callRecord(await on.steer.sendDigits(caller, params.callId, body.digits)),
  }));

  serve(app, deleteCall, async ({ caller, params }) => ({ call: callRecord(await calls.erase(caller, params.callId)) }));

  serve(app, getCallTranscript, async ({ caller, params, query, reply }) => {
    const call = await calls.own(caller, params.callId);
    const messages = await calls.messages(call.id);
    if (query.format === 'txt') return reply.type('text/plain; charset=utf-8').send(transcriptText(messages));
    if (query.format === 'vtt') return reply.type('text/vtt; charset=utf-8').send(transcriptVtt(messages));
    return reply.type('application/json; charset=utf-8').send(JSON.stringify({ success: true, transcript: messages }));
  });

  serve(app, getCallRecording, async ({ caller, params, request, reply }) => {
    const call = await calls.own(caller, params.callId);
    const found = await recordings.find(call);
    if (!found) throw notFound('recording');
    reply
      .type('audio/wav')
      .header('accept-ranges', 'bytes')
      .header('content-disposition', `inline; filename="${call.id}.wav"`)
      .header('cache-control', 'private, no-store');
    const range = byteRange(request.headers.range, found.size);
    const { start, end } = range ?? { start: 0, end: found.size - 1 };
    if (range) reply.status(206).header('content-range', `bytes ${start}-${end}/${found.size}`);
    reply.header('content-length', end - start + 1);
    return reply.send(request.method === 'HEAD' ? Readable.from([]) : found.read({ start, end }));
  });

  serve(app, followCall, async ({ caller, params, request, reply }) => {
    const call = await calls.own(caller, params.callId);
    const after = lastSeen(request);
    // 204 tells a browser's EventSource to stop coming back.
    if (isFinal(call.status) && after >= call.eventCount) return reply.status(204).send();
    if (request.method === 'HEAD') return reply.type('text/event-stream; charset=utf-8').send(Readable.from([]));
    await streamCall(reply, call.id, after, { ...on, open });
    return reply;
  });

  serve(app, getUsageStats, async ({ caller, params, query }) => {
    sameAccount(caller, { accountId: query.accountId });
    const { id } = await on.assistants.get(caller, params.assistantId);
    return { usageStats: await usageStats(on.db, id) };
  });
}

/** A call whose error people read in their language; programs read it as it is stored. */
const toldTo = <C extends { error: string | null }>(request: FastifyRequest, call: C): C => ({
  ...call,
  error: call.error === null ? null : sentenceFor(request, call.error),
});
