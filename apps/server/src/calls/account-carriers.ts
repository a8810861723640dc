import { type Carrier, type CarrierCall, CarrierError, type CarrierListener } from '@talkturo/carriers';
import { isId } from '@talkturo/contract';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

/** An account's own access to a carrier, ready to be used. */
export interface OwnCarrier {
  /** Changes with everything the carrier is built from. */
  identity: string;
  build(listener: CarrierListener): Carrier;
}

export interface AccountCarriersGround {
  /** The carrier with the server's own access, and its paths; it refuses with a sentence where nothing is set. */
  server: Carrier;
  /** Where the server's webhook is, also while the server has no access itself. */
  webhookPath: string;
  listener: CarrierListener;
  /** What an account has set up itself at this moment; null: nothing. */
  ownOf(accountId: string): Promise<OwnCarrier | null>;
  /** Whose own access a number was bought with, and calls from it leave by; null: the server's. */
  accountOfNumber(phoneNumber: string): Promise<string | null>;
  /** Whose call it is, and which number it was placed from. */
  callById(callId: string): Promise<{ accountId: string; fromNumber: string | null } | null>;
  logger: Logger;
}

/** Built ones that may still have calls; the oldest goes first. */
const MOST_BUILT = 500;
/** Calls whose account is remembered. */
const MOST_CALLS = 10_000;

/** Outside, a call at an account's own carrier is named `acct_…/ref`, so that every node and every record knows whose it is. */
const SEPARATOR = '/';

/**
 * One carrier with several accounts at it: the server's, and those that accounts of this installation have themselves. Calls leave by the one
 * that owns their from-number; webhooks and media sockets of an account have it in their paths and speak for its own calls alone.
 */
export function createAccountCarriers(ground: AccountCarriersGround): Carrier {
  const { server, webhookPath, listener, ownOf, accountOfNumber, callById, logger } = ground;
  const { id } = server;
  const built = new LRUCache<string, { identity: string; carrier: Carrier }>({
    max: MOST_BUILT,
    // What one still waits for cannot be asked for with keys that were replaced; its calls go on by the next one.
    dispose: ({ carrier }) => void carrier.close(),
  });
  const owners = new LRUCache<string, string>({ max: MOST_CALLS });

  async function carrierOf(accountId: string | null): Promise<Carrier> {
    if (accountId === null) return server;
    const own = await ownOf(accountId);
    if (!own) throw new CarrierError(id, 'auth', `This account has not set up its own access to ${id}: see Settings → Integrations.`);
    const known = built.get(accountId);
    if (known?.identity === own.identity) return known.carrier;
    const carrier = own.build(listenerOf(accountId));
    built.set(accountId, { identity: own.identity, carrier });
    return carrier;
  }

  /** What an account's carrier says is told of the account's own calls alone, in the order in which it came. */
  function listenerOf(accountId: string): CarrierListener {
    let last = Promise.resolve();
    const named = (call: CarrierCall) => outside(accountId, call);
    const ifOwn = (callId: string | null, tell: () => void, refuse: () => void = () => {}) => {
      last = last.then(async () => {
        if (callId === null || (await isOf(accountId, callId))) return tell();
        logger.warn({ accountId, carrier: id }, 'the carrier of an account spoke of a call that is another account’s');
        refuse();
      });
      last = last.catch((error) => {
        logger.error({ err: error, accountId }, 'news of the carrier of an account were lost');
        refuse();
      });
    };
    return {
      incoming: (carrier, call) =>
        ifOwn(call.callId ?? null, () => listener.incoming(carrier, { ...call, ref: named({ carrier, ref: call.ref }).ref, accountId })),
      progress: (call, callId, eventId, event) => ifOwn(callId, () => listener.progress(named(call), callId, eventId, event)),
      media: (call, callId, leg) =>
        ifOwn(
          callId,
          () => listener.media(named(call), callId, leg),
          () => leg.hangup(),
        ),
    };
  }

  async function isOf(accountId: string, callId: string): Promise<boolean> {
    const known = owners.get(callId) ?? (await callById(callId))?.accountId;
    if (known !== undefined) owners.set(callId, known);
    return known === accountId;
  }

  const outside = (accountId: string | null, call: CarrierCall): CarrierCall =>
    accountId === null ? call : { ...call, ref: `${accountId}${SEPARATOR}${call.ref}` };

  /** Whose carrier a call is at, and what it is called there. */
  function inside(call: CarrierCall): { accountId: string | null; call: CarrierCall } {
    const at = call.ref.indexOf(SEPARATOR);
    const accountId = at > 0 ? call.ref.slice(0, at) : '';
    if (!isId('acct', accountId)) return { accountId: null, call };
    return { accountId, call: { ...call, ref: call.ref.slice(at + 1) } };
  }

  async function at<T>(outer: CarrierCall, act: (carrier: Carrier, call: CarrierCall) => Promise<T> | undefined): Promise<T> {
    const { accountId, call } = inside(outer);
    // A call goes on although its account has just taken its keys back.
    const carrier = await carrierOf(accountId).catch((error) => {
      const before = accountId === null ? undefined : built.get(accountId)?.carrier;
      if (before) return before;
      throw error;
    });
    const acting = act(carrier, call);
    if (!acting) throw new CarrierError(id, 'refused', `${id} cannot do this with a call.`);
    return acting;
  }

  /** By whose access a call was placed, as the number it was placed from says. */
  async function accountOfCaller(callId: string): Promise<string | null> {
    const call = await callById(callId);
    return call?.fromNumber ? accountOfNumber(call.fromNumber) : null;
  }

  /** The account in a path below the carrier's; null: it is the server's own; undefined: there is no such. */
  function accountIn(url: string | undefined, path: string): string | null | undefined {
    const asked = url?.split('?', 1)[0] ?? '';
    if (asked === path) return null;
    const accountId = asked.slice(path.length + 1);
    return isId('acct', accountId) ? accountId : undefined;
  }

  return {
    id,
    media: {
      path: server.media.path,
      ofAccounts: true,
      allows(request) {
        const accountId = accountIn(request.url, server.media.path);
        if (accountId === null) return server.media.allows(request);
        if (accountId === undefined) return false;
        // What this node has not built yet is asked once it is, before any sound is taken.
        return built.get(accountId)?.carrier.media.allows(request) ?? true;
      },
      accept(socket, request) {
        const accountId = accountIn(request.url, server.media.path);
        if (accountId === null) return server.media.accept(socket, request);
        // Its first message must not come before somebody listens.
        socket.pause();
        socket.on('error', () => socket.terminate());
        carrierOf(accountId ?? '').then(
          (carrier) => {
            // On the upgrade it was not there yet to be asked.
            if (!carrier.media.allows(request)) return socket.terminate();
            carrier.media.accept(socket, request);
            socket.resume();
          },
          () => socket.terminate(),
        );
      },
    },
    webhook: {
      path: webhookPath,
      ofAccounts: true,
      async receive(headers, body, url) {
        const accountId = accountIn(url, webhookPath);
        if (accountId === null) return server.webhook?.receive(headers, body, url) ?? 404;
        const carrier = accountId === undefined ? null : await carrierOf(accountId).catch(() => null);
        // The same as for a wrong signature: nobody learns which accounts there are.
        return carrier?.webhook ? carrier.webhook.receive(headers, body, url) : 401;
      },
    },
    async dial(request) {
      const accountId = await accountOfNumber(request.from);
      if (accountId !== null) owners.set(request.callId, accountId);
      return outside(accountId, await (await carrierOf(accountId)).dial(request));
    },
    answer: (call) => at(call, (carrier, inner) => carrier.answer(inner)),
    reject: (call, cause) => at(call, (carrier, inner) => carrier.reject(inner, cause)),
    hangup: (call) => at(call, (carrier, inner) => carrier.hangup(inner)),
    transfer: (call, request) => at(call, (carrier, inner) => carrier.transfer?.(inner, request)),
    bridge: (call, other, request) =>
      at(call, (carrier, inner) => {
        const asked = inside(other);
        return asked.accountId === inside(call).accountId ? carrier.bridge?.(inner, asked.call, request) : undefined;
      }),
    expectBridge: (call) => at(call, async (carrier, inner) => carrier.expectBridge?.(inner)),
    sendDigits: (call, request) => at(call, (carrier, inner) => carrier.sendDigits?.(inner, request)),
    async lookUp(request) {
      // The ref, where it is known, is the name outside, which says whose it is, also when the number is not theirs any more.
      const named = request.ref ? inside({ carrier: id, ref: request.ref }) : null;
      const accountId = named ? named.accountId : await accountOfCaller(request.callId);
      const found = await (await carrierOf(accountId)).lookUp?.({ ...request, ref: named?.call.ref ?? null });
      if (!found?.known) return { known: false };
      return { ...found, call: outside(accountId, found.call) };
    },
    async close() {
      await server.close();
      built.clear();
    },
  };
}
