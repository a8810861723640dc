import path from 'node:path';
import {
  CarrierError,
  createTelnyxApi,
  setUpTelnyxAccount,
  setUpTwilioAccount,
  type TelnyxAccountReport,
  type TwilioAccountReport,
} from '@talkturo/carriers';
import { isCountry, isId } from '@talkturo/contract';
import { type Config, ConfigError, readConfig } from './config.ts';
import { twilioApiOf } from './twilio.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const DESTINATIONS = 'US,CA';

const NOBODY =
  'No carrier is set up: numbers and calls are on the built-in network. Set TELNYX_API_KEY, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.';

// Numbers are ordered under the id of their row.
const isOurs = (reference: string) => isId('pn', reference);

/**
 * Sets the accounts at the carriers of the settings up for calls and says what there is and what is still to do, line by line.
 * @param args `--to US,GB`: countries that may be called over Telnyx, for a profile that is made
 * @throws ConfigError or CarrierError with a sentence
 */
export async function examine(config: Config, args: readonly string[]): Promise<string[]> {
  const destinations = destinationsOf(args);
  const lines = [...(await examineTelnyx(config, destinations)), ...(await examineTwilio(config))];
  return lines.length === 0 ? [NOBODY] : lines;
}

function reachedAt({ PUBLIC_URL: publicUrl }: Config, carrier: string): string {
  if (!publicUrl) throw new ConfigError(`PUBLIC_URL is missing: ${carrier} has to reach this server, so say where.`);
  return publicUrl;
}

async function examineTwilio(config: Config): Promise<string[]> {
  const api = twilioApiOf(config);
  if (!api) return [];
  return twilioLines(await setUpTwilioAccount(api, { publicUrl: reachedAt(config, 'Twilio'), isOurs }), config);
}

function twilioLines({ name, isTrial, balance, webhookUrl, numbers }: TwilioAccountReport, config: Config): string[] {
  const now = numbers.pointedNow;
  const todo = config.PUBLIC_URL?.startsWith('https://') ? [] : ['  PUBLIC_URL=https://…   (Twilio reaches media streams over TLS)'];
  return [
    `Twilio takes the account ${name}${balance === null ? '' : `; ${balance} are left`}.`,
    ...(isTrial ? ['It is a trial account: it calls verified numbers only. Upgrade it at Twilio.'] : []),
    `Numbers bought here: ${numbers.pointedBefore} lead to ${webhookUrl}, ${now.length} put right now${now.map((number) => ` ${number}`).join('')}.`,
    ...(todo.length === 0 ? ['Calls over Twilio are ready.'] : ['Set this and start again:', ...todo]),
  ];
}

async function examineTelnyx(config: Config, destinations: readonly string[]): Promise<string[]> {
  const { TELNYX_API_KEY: apiKey, TELNYX_API_URL: apiUrl } = config;
  if (!apiKey) return [];
  const publicUrl = reachedAt(config, 'Telnyx');
  const report = await setUpTelnyxAccount(createTelnyxApi({ apiKey, apiUrl }), {
    publicUrl,
    connectionId: config.TELNYX_CONNECTION_ID,
    destinations,
    isOurs,
  });
  return [...foundLines(report), ...todoLines(report, config)];
}

function destinationsOf(args: readonly string[]): string[] {
  const [flag, list = ''] = args.length === 0 ? ['--to', DESTINATIONS] : args;
  const countries = list.split(',');
  if (flag !== '--to' || args.length > 2 || !countries.every(isCountry)) {
    throw new ConfigError('Usage: npm run doctor [-- --to US,CA,GB]   (countries that may be called, ISO 3166-1)');
  }
  return countries;
}

function foundLines({ balance, profile, application, numbers }: TelnyxAccountReport): string[] {
  const was = (made: boolean, changed = false) => (made ? 'made now' : changed ? 'put right now' : 'there');
  return [
    `Telnyx takes the key; ${balance} are left.`,
    `Outbound voice profile ${profile.id}: ${was(profile.made)}.`,
    `Call control application ${application.id}: ${was(application.made, application.changed)}; its webhook is ${application.webhookUrl}.`,
    `Numbers bought here: ${numbers.attachedBefore} attached, ${numbers.attachedNow.length} attached now${numbers.attachedNow.map((number) => ` ${number}`).join('')}.`,
  ];
}

function todoLines({ application }: TelnyxAccountReport, config: Config): string[] {
  const todo = [];
  if (config.TELNYX_CONNECTION_ID !== application.id) todo.push(`TELNYX_CONNECTION_ID=${application.id}`);
  if (!config.TELNYX_PUBLIC_KEY) todo.push('TELNYX_PUBLIC_KEY=…   (Telnyx portal: Keys & Credentials, Public key)');
  if (!config.PUBLIC_URL?.startsWith('https://')) todo.push('PUBLIC_URL=https://…   (Telnyx reaches servers over TLS)');
  return todo.length === 0 ? ['Calls over Telnyx are ready.'] : ['Set these and start again:', ...todo.map((line) => `  ${line}`)];
}

if (import.meta.main) {
  examine(readConfig(process.env, ROOT), process.argv.slice(2)).then(
    (lines) => console.log(lines.join('\n')),
    (error: unknown) => {
      const expected = error instanceof ConfigError || error instanceof CarrierError;
      console.error(expected ? error.message : error);
      process.exit(1);
    },
  );
}
