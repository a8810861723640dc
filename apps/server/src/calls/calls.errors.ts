import { AppError, conflict } from '../http/app-error.ts';

export const outboundDisabled = () =>
  conflict('outbound_disabled', 'This assistant may not place calls: set its outbound_enabled to true first.');

export const inboundDisabled = () =>
  conflict('inbound_disabled', 'This assistant may not take calls: set its inbound_enabled to true first.');

/** A stage of the assistant cannot run here; the sentence says which setting is missing. */
export const notConfigured = (sentence: string) => conflict('not_configured', sentence);

export const noCallerId = () =>
  conflict('no_caller_id', 'This account has no number to call from: buy one first, or name it with fromNumberId.');

/** The number was bought at a carrier whose settings are no longer there. */
export const carrierNotSetUp = (number: string, carrier: string) =>
  conflict('carrier_not_set_up', `${number} belongs to ${carrier}, which is not set up on this server: call from another number.`);

export const doNotCall = () => conflict('do_not_call', 'This contact is marked as do-not-call.');

export const callIsLive = () => conflict('call_is_live', 'This call is still going on: hang up first.');

export const notInProgress = () => conflict('not_in_progress', 'This call is not in progress: it rings still, or is over.');

export const cannotBeTransferred = () =>
  conflict('cannot_be_transferred', 'This call is about to end, or is being connected with somebody already.');

export const carrierCannot = (what: string) => conflict('carrier_cannot', `The carrier of this call cannot ${what}.`);

export const ownNumber = () => conflict('own_number', 'The caller cannot be connected with the number they are calling from.');

/** The carrier was asked, and did not. */
export const carrierRefused = (sentence: string) => conflict('carrier_refused', sentence);

/** All lines are busy or the node is on its way out: worth trying again. */
export const noCapacity = (draining: boolean) =>
  new AppError(
    draining ? 'draining' : 'no_capacity',
    503,
    draining ? 'This server is stopping and takes no more calls; try again in a moment.' : 'All lines are busy; try again in a moment.',
    { headers: { 'Retry-After': '5' } },
  );

/** So many web calls of one account go on at once. */
export const tooManyWebCalls = (most: number) =>
  new AppError(
    'too_many_web_calls',
    429,
    `This account has ${most} web calls going on, the most it may have at once; try again when one has ended.`,
    {
      headers: { 'Retry-After': '10' },
    },
  );

const busyElsewhere = (code: string, message: string) => new AppError(code, 503, message, { headers: { 'Retry-After': '5' } });

/** This node takes no calls, and there is none that does. */
export const noVoiceNode = () =>
  busyElsewhere('no_voice_node', 'No server that takes calls is running: start one with voice among its TALKTURO_ROLES.');

export const linesBusyEverywhere = () => busyElsewhere('no_capacity', 'All lines of all servers are busy; try again in a moment.');

/** Those that take calls cannot be named to a browser. */
export const noNodeForBrowsers = () =>
  busyElsewhere(
    'no_node_for_browsers',
    'The servers that take calls do not say where browsers reach them: set TALKTURO_NODE_URL or PUBLIC_URL on them.',
  );

export const notTakenInTime = () =>
  busyElsewhere('not_taken', 'The server that should take this call did not answer in time; the call was not placed.');

/** An API node without lines. */
export const takesNoCalls = () => new AppError('takes_no_calls', 503, 'This server takes no calls: voice is not among its TALKTURO_ROLES.');
