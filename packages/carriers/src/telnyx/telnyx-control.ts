import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CarrierError, type DialRequest, type TransferRequest } from '../carrier.ts';
import type { MediaEncoding } from '../media-socket/media-framing.ts';
import { rateOf } from '../media-socket/sound-codec.ts';
import { readClientState, writeClientState } from './client-state.ts';
import type { TelnyxApi } from './telnyx-api.ts';
import { TELNYX_CODES, TelnyxRefusal } from './telnyx-errors.ts';

/** How an account detects machines: https://developers.telnyx.com/docs/voice/programmable-voice/answering-machine-detection */
export type MachineDetection = 'standard' | 'premium';

export interface ControlSettings {
  /** The call control application that calls leave by. */
  connectionId: string;
  machineDetection: MachineDetection;
  /** Of the sound towards Telnyx, and asked of Telnyx for the sound towards us. */
  codec: MediaEncoding;
  /** https: address of our webhook. */
  webhookUrl(): string;
}

/** Where the sound of a call goes. */
export interface StreamAddress {
  /** wss: address. */
  url: string;
  /** Comes back as a header of the upgrade; only dialling takes it. */
  token?: string;
}

/** Telnyx's codec towards us is asked for, and read again from the start message of each stream. */
const streamOf = (codec: MediaEncoding) => ({
  stream_track: 'inbound_track',
  stream_codec: codec,
  // Without rtp Telnyx expects MP3 files and our sound is silently not heard.
  stream_bidirectional_mode: 'rtp',
  stream_bidirectional_codec: codec,
});

/** Of the sound towards Telnyx: 8000 Hz unless said, which is right for all but L16. */
const rateOfStream = (codec: MediaEncoding) => (codec === 'L16' ? { stream_bidirectional_sampling_rate: rateOf(codec) } : {});

/** From the answer's acceptance to the call being answered; it takes a second at the most. */
const ANSWERED_EVERY_MS = 100;
const ANSWERED_TRIES = 50;

/** A caller hears every moment a command takes: shorter than the general time, and repeated. */
const COMMAND_TIMEOUT_MS = 2_000;
/** Bounds of Telnyx. */
const RING_SECONDS = [5, 600] as const;
const CALL_SECONDS = [60, 14_400] as const;
const E164 = /^\+[1-9]\d{6,14}$/;

const dialled = z.object({ data: z.object({ call_control_id: z.string().min(1) }) });
const activeCalls = z.object({ data: z.array(z.object({ call_control_id: z.string(), client_state: z.string().nullish() })) });
/** The most Telnyx gives at once; as many pages as there could be calls. */
const PAGE_SIZE = 250;
const MAX_PAGES = 40;

const secondsWithin = (ms: number, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, Math.ceil(ms / 1000)));

/** The same command of the same call has the same id, so that Telnyx drops repeats. Telnyx recommends the form of a UUID. */
function commandIdOf(ref: string, what: string): string {
  const hex = createHash('sha256').update(`${ref} ${what}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Commands to Telnyx's call control. Everything rejects with CarrierError; `ended` for a call that is over or was never there. */
export function createTelnyxControl(api: TelnyxApi, settings: ControlSettings) {
  async function command(ref: string, action: string, body: object, what = action): Promise<void> {
    try {
      await api.request({
        method: 'POST',
        path: `/calls/${encodeURIComponent(ref)}/actions/${action}`,
        body: { ...body, command_id: commandIdOf(ref, what) },
        repeatable: true,
        timeoutMs: COMMAND_TIMEOUT_MS,
      });
    } catch (error) {
      if (error instanceof TelnyxRefusal && error.status === 404) throw new CarrierError('telnyx', 'ended', 'The call is over.', error);
      throw error;
    }
  }

  /**
   * The answer is a moment under way when it has been accepted: what comes before its end is refused, and asked again. As a new command:
   * the sheet does not say whether Telnyx counts one that it refused among those whose repeats it ignores.
   */
  async function startStreaming(ref: string, { url }: StreamAddress, what: string): Promise<void> {
    const sound = { stream_url: url, ...streamOf(settings.codec), ...rateOfStream(settings.codec) };
    for (let tries = 1; ; tries++) {
      try {
        return await command(ref, 'streaming_start', sound, `streaming_start ${what} ${tries}`);
      } catch (error) {
        const early = error instanceof TelnyxRefusal && error.code === TELNYX_CODES.notAnswered;
        if (!early || tries >= ANSWERED_TRIES) throw error;
        await api.wait(ANSWERED_EVERY_MS);
      }
    }
  }

  const mustBeNumbers = (...numbers: string[]) => {
    for (const number of numbers) {
      if (!E164.test(number)) throw new CarrierError('telnyx', 'invalid-number', `${number} is not a phone number in E.164 form.`);
    }
  };

  return {
    /** Asks for a call, once: a lost answer leaves the outcome unknown. @returns Telnyx's id of it. */
    async dial(request: DialRequest, stream: StreamAddress): Promise<string> {
      mustBeNumbers(request.to, request.from);
      const detection = settings.machineDetection === 'premium' ? 'premium' : 'greeting_end';
      const answer = await api.request({
        method: 'POST',
        path: '/calls',
        body: {
          connection_id: settings.connectionId,
          to: request.to,
          from: request.from,
          command_id: request.commandId,
          client_state: writeClientState(request),
          timeout_secs: secondsWithin(request.ringMs, RING_SECONDS),
          time_limit_secs: secondsWithin(request.maxCallMs, CALL_SECONDS),
          webhook_url: settings.webhookUrl(),
          stream_url: stream.url,
          ...(stream.token === undefined ? {} : { stream_auth_token: stream.token }),
          ...streamOf(settings.codec),
          ...rateOfStream(settings.codec),
          send_silence_when_idle: true,
          ...(request.machineDetection ? { answering_machine_detection: detection } : {}),
        },
        repeatable: false,
      });
      const parsed = dialled.safeParse(answer);
      // It was taken, but under which name is not known: as unknown as no answer at all.
      if (!parsed.success) throw new CarrierError('telnyx', 'unavailable', 'Telnyx answered in a form that is not known.', parsed.error);
      return parsed.data.data.call_control_id;
    },

    /** Answers with sound. L16 takes a second command: only it can say the rate, without which our sound would be played at half its speed. */
    async answer(ref: string, stream: StreamAddress): Promise<void> {
      const separately = settings.codec === 'L16';
      await command(ref, 'answer', {
        webhook_url: settings.webhookUrl(),
        send_silence_when_idle: true,
        ...(separately ? {} : { stream_url: stream.url, ...streamOf(settings.codec) }),
      });
      if (separately) await startStreaming(ref, stream, 'answer');
    },

    reject: (ref: string, cause: 'busy' | 'declined'): Promise<void> =>
      command(ref, 'reject', { cause: cause === 'busy' ? 'USER_BUSY' : 'CALL_REJECTED' }),

    /** A call that is already over is not an error. */
    async hangup(ref: string): Promise<void> {
      await command(ref, 'hangup', {}).catch((error: unknown) => {
        if (!(error instanceof CarrierError) || error.kind !== 'ended') throw error;
      });
    },

    /** `commandId` tells equal digits pressed twice from a repeated command. */
    sendDigits: (ref: string, digits: string, commandId: string): Promise<void> =>
      command(ref, 'send_dtmf', { digits }, `send_dtmf ${commandId}`),

    /**
     * Dials a second leg that Telnyx connects with the call when it is answered; one that is not leaves the call as it was.
     * @param silent the sound of the call was stopped before; webhooks of the second leg say so
     */
    async transfer(ref: string, request: TransferRequest, silent = false): Promise<void> {
      mustBeNumbers(request.to, request.from);
      const body = {
        to: request.to,
        from: request.from,
        timeout_secs: secondsWithin(request.ringMs, RING_SECONDS),
        time_limit_secs: secondsWithin(request.maxCallMs, CALL_SECONDS),
        target_leg_client_state: writeClientState({ ...request, transferOf: ref, silent }),
        webhook_url: settings.webhookUrl(),
      };
      // The command that was refused may count as known.
      await command(ref, 'transfer', body, `transfer ${request.commandId}${silent ? ' without stream' : ''}`);
    },

    /** Connects two answered legs; when one hangs up, so does the other, as neither is to be parked. */
    bridge: (ref: string, other: string, commandId: string): Promise<void> =>
      command(ref, 'bridge', { call_control_id: other }, `bridge ${commandId}`),

    /** Sound no longer comes to us; the call goes on. One without sound is not an error. `what` tells stops of one call apart. */
    async stopStreaming(ref: string, what = 'released'): Promise<void> {
      await command(ref, 'streaming_stop', {}, `streaming_stop ${what}`).catch((error: unknown) => {
        if (!(error instanceof TelnyxRefusal) || error.code !== TELNYX_CODES.notStreaming) throw error;
      });
    },

    /** Sound comes to us again. @param what tells starts of one call apart */
    startStreaming,

    /** The live call that was dialled by a command, where its answer was lost. */
    async findLive(wanted: { callId: string; commandId: string }): Promise<string | null> {
      for (let page = 1; page <= MAX_PAGES; page++) {
        const answer = await api.request({
          method: 'GET',
          path: `/connections/${encodeURIComponent(settings.connectionId)}/active_calls`,
          query: { 'page[number]': page, 'page[size]': PAGE_SIZE },
          repeatable: true,
        });
        const parsed = activeCalls.safeParse(answer);
        if (!parsed.success) throw new CarrierError('telnyx', 'unavailable', 'Telnyx answered in a form that is not known.', parsed.error);
        const { data } = parsed.data;
        const found = data.find((call) => {
          const state = readClientState(call.client_state);
          return state?.callId === wanted.callId && state.commandId === wanted.commandId;
        });
        if (found) return found.call_control_id;
        if (data.length < PAGE_SIZE) return null;
      }
      return null;
    },
  };
}
