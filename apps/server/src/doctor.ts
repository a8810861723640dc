import path from 'node:path';
import { CarrierError, createTelnyxApi, setUpTelnyxAccount, type TelnyxAccountReport } from '@talkturo/carriers';
import { isCountry, isId } from '@talkturo/contract';
import { type Config, ConfigError, readConfig } from './config.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const DESTINATIONS = 'US,CA';

/**
 * Sets a Telnyx account up for calls and says what there is and what is still to do, line by line.
 * @param args `--to US,GB`: countries that may be called, for a profile that is made
 * @throws ConfigError or CarrierError with a sentence
 */
export async function examine(config: Config, args: readonly string[]): Promise<string[]> {
  const destinations = destinationsOf(args);
  const { TELNYX_API_KEY: apiKey, TELNYX_API_URL: apiUrl, PUBLIC_URL: publicUrl } = config;
  if (!apiKey) return ['Telnyx is not set up: numbers and calls are on the built-in network. Set TELNYX_API_KEY to use it.'];
  if (!publicUrl) throw new ConfigError('PUBLIC_URL is missing: Telnyx has to reach this server, so say where.');
  const report = await setUpTelnyxAccount(createTelnyxApi({ apiKey, apiUrl }), {
    publicUrl,
    connectionId: config.TELNYX_CONNECTION_ID,
    destinations,
    // Numbers are ordered under the id of their row.
    isOurs: (reference) => isId('pn', reference),
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
