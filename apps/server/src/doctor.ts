import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  CarrierError,
  createTelnyxApi,
  type RefusedNumber,
  setUpTelnyxAccount,
  setUpTwilioAccount,
  type TelnyxAccountReport,
  type TwilioAccountReport,
} from '@talkturo/carriers';
import { e164, isCountry, isId } from '@talkturo/contract';
import { type Config, ConfigError, readConfig } from './config.ts';
import { placeTestCall, TestCallError } from './test-call.ts';
import { twilioApiOf } from './twilio.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const DESTINATIONS = 'US,CA';

const NOBODY =
  'No carrier is set up: numbers and calls are on the built-in network. Set TELNYX_API_KEY, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.';

// Numbers are ordered under the id of their row.
const isOurs = (reference: string) => isId('pn', reference);

/**
 * Sets the accounts at the carriers of the settings up for calls and says what there is and what is still to do, line by line.
 * @param destinations countries that may be called over Telnyx, for a profile that is made
 * @param takeOver what leads to another server is to lead to this one from now on
 * @throws ConfigError, also for a setting that a carrier does not take, or CarrierError, with a sentence
 */
export async function examine(config: Config, destinations: readonly string[], takeOver = false): Promise<string[]> {
  const lines = [...(await examineTelnyx(config, destinations, takeOver)), ...(await examineTwilio(config, takeOver))];
  return lines.length === 0 ? [NOBODY] : lines;
}

function reachedAt({ PUBLIC_URL: publicUrl }: Config, carrier: string): string {
  if (!publicUrl) throw new ConfigError(`PUBLIC_URL is missing: ${carrier} has to reach this server, so say where.`);
  return publicUrl;
}

async function examineTwilio(config: Config, takeOver: boolean): Promise<string[]> {
  const api = twilioApiOf(config);
  if (!api) return [];
  const publicUrl = reachedAt(config, 'Twilio');
  const report = await setUpTwilioAccount(api, { publicUrl, isOurs, takeOver }).catch(
    blaming('Twilio', 'TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN'),
  );
  return twilioLines(report, config);
}

/** A carrier that refuses who asks does not say what was wrong with it here. */
const blaming = (carrier: string, setting: string) => (error: unknown) => {
  if (!(error instanceof CarrierError) || error.kind !== 'auth') throw error;
  throw new ConfigError(`${carrier} does not take ${setting}. ${error.message}`);
};

function twilioLines({ name, isTrial, balance, webhookUrl, numbers }: TwilioAccountReport, config: Config): string[] {
  const now = numbers.pointedNow;
  const todo = config.PUBLIC_URL?.startsWith('https://') ? [] : ['  PUBLIC_URL=https://…   (Twilio reaches media streams over TLS)'];
  return [
    `Twilio takes the account ${name}${balance === null ? '' : `; ${balance} are left`}.`,
    ...(isTrial ? ['It is a trial account: it calls verified numbers only. Upgrade it at Twilio.'] : []),
    `Numbers bought here: ${numbers.pointedBefore} lead to ${webhookUrl}, ${now.length} put right now${now.map((number) => ` ${number}`).join('')}.`,
    ...refusalLines('Twilio', numbers.refused),
    ...leftLines(numbers.elsewhere),
    ...(todo.length === 0 ? ['Calls over Twilio are ready.'] : ['Set this and start again:', ...todo]),
  ];
}

async function examineTelnyx(config: Config, destinations: readonly string[], takeOver: boolean): Promise<string[]> {
  const { TELNYX_API_KEY: apiKey, TELNYX_API_URL: apiUrl } = config;
  if (!apiKey) return [];
  const publicUrl = reachedAt(config, 'Telnyx');
  const report = await setUpTelnyxAccount(createTelnyxApi({ apiKey, apiUrl }), {
    publicUrl,
    connectionId: config.TELNYX_CONNECTION_ID,
    destinations,
    isOurs,
    takeOver,
  }).catch(blaming('Telnyx', 'TELNYX_API_KEY'));
  return [...foundLines(report), ...todoLines(report, config)];
}

const USAGE = `Usage: npm run doctor [-- --to US,CA,GB] [--take-over] [--call +14155550101 [--assistant asst_…]]
  --to         countries that may be called over Telnyx, ISO 3166-1
  --take-over  numbers and the application that lead to another server are to lead to this one
  --call       then lets the running server call this number (TALKTURO_API_KEY; TALKTURO_URL where it is not at PORT on this machine)`;

/** What the doctor is asked to do. @throws ConfigError with the usage */
export function readOrders(args: readonly string[]): {
  destinations: string[];
  takeOver: boolean;
  call: string | null;
  assistantId: string | undefined;
} {
  const text = { type: 'string' } as const;
  try {
    const options = { to: text, call: text, assistant: text, 'take-over': { type: 'boolean' } } as const;
    const { to, call, assistant, 'take-over': takeOver = false } = parseArgs({ args: [...args], options }).values;
    const destinations = (to ?? DESTINATIONS).split(',');
    const fits = destinations.every(isCountry) && (call === undefined ? assistant === undefined : e164.safeParse(call).success);
    if (fits) return { destinations, takeOver, call: call ?? null, assistantId: assistant };
  } catch {
    // A flag that there is not; the usage says which there are.
  }
  throw new ConfigError(USAGE);
}

/** What is wrong with single numbers, a line each. */
const refusalLines = (carrier: string, numbers: readonly RefusedNumber[]): string[] =>
  numbers.map(({ phoneNumber, said }) => `${carrier} does not let ${phoneNumber} be led here: ${said}`);

const TAKE_OVER = '`npm run doctor -- --take-over` has this server take over.';

const leftLines = (numbers: readonly string[]): string[] =>
  numbers.length === 0 ? [] : [`Left to another server: ${numbers.join(' ')}. ${TAKE_OVER}`];

function applicationLines({ id, made, changed, webhookUrl, elsewhere, another }: TelnyxAccountReport['application']): string[] {
  if (elsewhere !== null)
    return [`Call control application ${id}: it reports to another server, ${elsewhere}, and was left as it is. ${TAKE_OVER}`];
  return [
    `Call control application ${id}: ${was(made, changed)}; its webhook is ${webhookUrl}.`,
    ...(another ? [`The application ${another.id} of the same name reports to another server, ${another.url}: it was left as it is.`] : []),
  ];
}

const was = (made: boolean, changed = false): string => (made ? 'made now' : changed ? 'put right now' : 'there');

function foundLines({ balance, profile, application, numbers }: TelnyxAccountReport): string[] {
  return [
    `Telnyx takes the key; ${balance} are left.`,
    `Outbound voice profile ${profile.id}: ${was(profile.made)}.`,
    ...applicationLines(application),
    `Numbers bought here: ${numbers.attachedBefore} attached, ${numbers.attachedNow.length} attached now${numbers.attachedNow.map((number) => ` ${number}`).join('')}.`,
    ...refusalLines('Telnyx', numbers.refused),
    ...leftLines(numbers.elsewhere),
  ];
}

function todoLines({ application }: TelnyxAccountReport, config: Config): string[] {
  const todo = [];
  if (config.TELNYX_CONNECTION_ID !== application.id) todo.push(`TELNYX_CONNECTION_ID=${application.id}`);
  if (!config.TELNYX_PUBLIC_KEY) todo.push('TELNYX_PUBLIC_KEY=…   (Telnyx portal: Keys & Credentials, Public key)');
  if (!config.PUBLIC_URL?.startsWith('https://')) todo.push('PUBLIC_URL=https://…   (Telnyx reaches servers over TLS)');
  if (application.elsewhere !== null) return ['Calls over Telnyx are not ready: they come in at another server.'];
  return todo.length === 0 ? ['Calls over Telnyx are ready.'] : ['Set these and start again:', ...todo.map((line) => `  ${line}`)];
}

if (import.meta.main) {
  attend(process.argv.slice(2), process.env).then(
    (well) => process.exit(well ? 0 : 1),
    (error: unknown) => {
      const expected = error instanceof ConfigError || error instanceof CarrierError || error instanceof TestCallError;
      console.error(expected ? error.message : error);
      process.exit(1);
    },
  );
}

async function attend(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<boolean> {
  const { destinations, takeOver, call, assistantId } = readOrders(args);
  const config = readConfig(environment, ROOT);
  console.log((await examine(config, destinations, takeOver)).join('\n'));
  if (call === null) return true;
  const { TALKTURO_API_KEY: apiKey, TALKTURO_URL: url = `http://localhost:${config.PORT}` } = environment;
  if (!apiKey) throw new ConfigError('TALKTURO_API_KEY is missing: a test call is placed with an API key of your workspace.');
  return placeTestCall({
    serverUrl: url.replace(/\/+$/, ''),
    apiKey,
    toNumber: call,
    assistantId,
    say: console.log,
    wait: async (ms) => void (await pause(ms)),
  });
}
