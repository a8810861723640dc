import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';

const text = z.string().trim().min(1);
const onOff = z.enum(['on', 'off', 'true', 'false', '1', '0', 'yes', 'no']).transform((word) => ['on', 'true', '1', 'yes'].includes(word));
const seconds = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** JSON by a setting; what is none stays text, which the schema then refuses. */
const asJson = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};
const PRICED =
  /^(carrier|transcription|language_model|voice)\/[\w.-]{1,50}\/[^/\s]{1,100}\/(seconds|input_tokens|output_tokens|characters)$/;
/** Decimal USD by what it is for: kind/vendor/model/unit, `*` for every model. */
const prices = z
  .string()
  .transform(asJson)
  .pipe(
    z.record(
      z.string().regex(PRICED, 'must be kind/vendor/model/unit, for example carrier/telnyx/*/seconds'),
      z.string().regex(/^\d{1,6}(\.\d{1,8})?$/, 'must be a decimal number in quotes, for example "0.007"'),
    ),
  );

/** One setting: how it is read, its default as a reader understands it, and a sentence. */
interface Setting<S extends z.ZodType> {
  schema: S;
  sentence: string;
  /** The default in words where it is not a plain value. */
  fallback?: string;
}
const setting = <S extends z.ZodType>(schema: S, sentence: string, fallback?: string): Setting<S> =>
  fallback === undefined ? { schema, sentence } : { schema, sentence, fallback };

/**
 * Every setting of Talkturo. This is the only reader of the environment; docs/configuration.md is generated from it.
 */
export const SETTINGS = {
  PORT: setting(z.coerce.number().int().min(0).max(65535).default(3000), 'TCP port of the API and the dashboard; 0 takes any free one.'),
  HOST: setting(text.default('127.0.0.1'), 'Address to listen on. Use 0.0.0.0 behind a proxy or in a container.'),
  PUBLIC_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'The address people and carriers reach this server at.',
    'http://localhost:PORT',
  ),
  TALKTURO_NODE_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'The address browsers reach this very node at, for web calls where several nodes share PUBLIC_URL.',
    'PUBLIC_URL',
  ),
  TALKTURO_ENV: setting(
    z.enum(['development', 'production']).optional(),
    'Decides whether missing vendor keys fall back to the local models, and whether outgoing URLs may point at private addresses.',
    'production when DATABASE_URL is set, else development',
  ),
  TALKTURO_DATA_DIR: setting(text.default('.talkturo'), 'Folder of recordings, secrets and the embedded database.'),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
      .optional(),
    'Connection string of a PostgreSQL from version 15 on, instead of the embedded one. Needed for more than one node.',
    'the embedded PostgreSQL',
  ),
  TALKTURO_DATABASE_POOL: setting(z.coerce.number().int().min(2).max(200).default(20), 'Connections to PostgreSQL this node may open.'),
  TALKTURO_ROLES: setting(
    z
      .string()
      .default('api,voice,worker')
      .transform((list) => list.split(',').map((role) => role.trim()))
      .pipe(z.array(z.enum(['api', 'voice', 'worker'])).min(1)),
    'What this node does, separated by commas: api (REST and dashboard), voice (calls), worker (jobs).',
  ),
  TALKTURO_BOOTSTRAP_API_KEY: setting(
    z
      .string()
      .regex(/^tk_(live|test)_[A-Za-z0-9_-]{16,200}$/, 'must look like tk_live_… or tk_test_… with at least 16 characters after it')
      .optional(),
    'The value of the first API key, made on the first start.',
    'a random key, printed once',
  ),
  TALKTURO_ADMIN_EMAIL: setting(z.email().default('owner@talkturo.local'), 'E-mail of the owner made on the first start.'),
  TALKTURO_ADMIN_PASSWORD: setting(
    z.string().min(8).max(128).optional(),
    'Password of the owner made on the first start.',
    'a random one, printed once',
  ),
  TALKTURO_SIGN_UP: setting(
    onOff.default(true),
    'Whether anybody who reaches the dashboard may sign up and make a workspace; off: only people with an invitation.',
    'on',
  ),
  TALKTURO_TRUSTED_PROXIES: setting(
    z
      .string()
      .transform((list) => list.split(',').map((address) => address.trim()))
      .pipe(z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], 'must be addresses or networks like 10.0.0.0/8')).min(1))
      .optional(),
    'Addresses or networks of proxies, separated by commas, whose word on a client’s address (X-Forwarded-For) is believed.',
    'none',
  ),
  TALKTURO_DEFAULT_PLAN: setting(z.enum(['free', 'starter', 'growth', 'scale']).default('growth'), 'Plan of a new account.'),
  TALKTURO_SECRET: setting(
    z.string().min(32).optional(),
    'Signs sessions and encrypts stored vendor keys. Must be the same on every node and never change.',
    'made on the first start and kept in the data folder, or in the database of DATABASE_URL',
  ),
  TALKTURO_LOCAL_FALLBACK: setting(
    onOff.optional(),
    'Whether a call whose vendor has no key runs on the local models instead of failing.',
    'on in development, off in production',
  ),
  TALKTURO_NETWORK_SPEED: setting(
    z.coerce.number().min(0.1).max(1000).default(1),
    'Divides ring and pause times of the built-in phone network. For tests.',
  ),
  TALKTURO_DRAIN_SECONDS: setting(seconds(0, 3600).default(30), 'How long live calls may go on after SIGTERM before they are ended.'),
  TALKTURO_MAX_CALL_SECONDS: setting(seconds(10, 14_400).default(3600), 'Absolute cap on the length of a call.'),
  TALKTURO_MAX_CALLS: setting(
    z.coerce.number().int().min(1).max(10_000).default(100),
    'Live calls this node takes at once; more are refused as busy.',
  ),
  TALKTURO_MAX_CALLS_PER_ACCOUNT: setting(
    z.coerce.number().int().min(1).max(10_000).default(100),
    'Live calls of one account, over all nodes, up to which its campaigns place new ones.',
  ),
  TALKTURO_MAX_WEB_CALLS_PER_ACCOUNT: setting(
    z.coerce.number().int().min(1).max(10_000).default(50),
    'Web calls one account may have at once, over all nodes; more are refused.',
  ),
  TALKTURO_CALLS_PER_SECOND: setting(
    z.coerce.number().int().min(1).max(1_000).default(10),
    'Campaign calls placed in any second on one carrier connection, over all nodes.',
  ),
  TALKTURO_CARRIER_DETECTION: setting(
    onOff.default(true),
    'Whether carriers are asked to tell people from machines, which some charge for. What is heard in the call is judged either way.',
  ),
  TALKTURO_PRICES: setting(
    prices.optional(),
    'What vendors charge, as JSON, for the cost of calls: {"carrier/telnyx/*/seconds": "0.007"}. See docs/operating.md.',
    'list prices that are built in',
  ),
  TALKTURO_LOG_LEVEL: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
    'How much is logged.',
    'warn in development, info in production',
  ),
  TALKTURO_LOG_PII: setting(onOff.default(false), 'Whether callers’ words and numbers appear in the log.'),
  LLM_BASE_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of an OpenAI-compatible server (Ollama, llama.cpp, a hosted model); replaces the local answers once set.',
    'none',
  ),
  LLM_MODEL: setting(text.optional(), 'Model asked for at LLM_BASE_URL.', 'none'),
  LLM_API_KEY: setting(text.optional(), 'Key for LLM_BASE_URL, if it wants one.', 'none'),
  OPENAI_API_KEY: setting(text.optional(), 'Key of OpenAI.', 'none'),
  OPENAI_API_URL: setting(z.url({ protocol: /^https?$/ }).optional(), 'Address of the API of OpenAI.', 'https://api.openai.com/v1'),
  ANTHROPIC_API_KEY: setting(text.optional(), 'Key of Anthropic.', 'none'),
  ANTHROPIC_API_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of the API of Anthropic.',
    'https://api.anthropic.com/v1',
  ),
  GOOGLE_API_KEY: setting(text.optional(), 'Key of Google’s language models.', 'none'),
  GOOGLE_API_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of the API of Google’s language models.',
    'https://generativelanguage.googleapis.com/v1beta',
  ),
  DEEPSEEK_API_KEY: setting(text.optional(), 'Key of DeepSeek.', 'none'),
  DEEPSEEK_API_URL: setting(z.url({ protocol: /^https?$/ }).optional(), 'Address of the API of DeepSeek.', 'https://api.deepseek.com'),
  QWEN_API_KEY: setting(text.optional(), 'Key of Qwen (Alibaba Cloud).', 'none'),
  QWEN_API_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of the API of Qwen (the region of the key).',
    'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  ),
  DEEPGRAM_API_KEY: setting(text.optional(), 'Key of Deepgram.', 'none'),
  DEEPGRAM_API_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of the Deepgram API, for another region or an installation of one’s own.',
    'https://api.deepgram.com',
  ),
  ASSEMBLYAI_API_KEY: setting(text.optional(), 'Key of AssemblyAI.', 'none'),
  ASSEMBLYAI_API_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of AssemblyAI’s streaming API, for another region.',
    'https://streaming.assemblyai.com',
  ),
  CARTESIA_API_KEY: setting(text.optional(), 'Key of Cartesia.', 'none'),
  CARTESIA_API_URL: setting(z.url({ protocol: /^https?$/ }).optional(), 'Address of the Cartesia API.', 'https://api.cartesia.ai'),
  ELEVENLABS_API_KEY: setting(text.optional(), 'Key of ElevenLabs.', 'none'),
  ELEVENLABS_API_URL: setting(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of the ElevenLabs API, for another region.',
    'https://api.elevenlabs.io',
  ),
  ELEVENLABS_TRANSPORT: setting(
    z.enum(['websocket', 'http']).optional(),
    'How ElevenLabs is asked to speak; `http` where WebSockets do not get through. Models without WebSockets are asked over HTTP anyway.',
    'websocket',
  ),
  TALKTURO_NUMBER_SUPPLIER: setting(
    z.enum(['telnyx', 'twilio']).optional(),
    'Where numbers are searched and bought unless the request says so, where several carriers are set up.',
    'telnyx before twilio; with neither, the built-in network',
  ),
  TELNYX_API_KEY: setting(text.optional(), 'Key of Telnyx; numbers are then searched and bought there.', 'none'),
  TELNYX_API_URL: setting(z.url({ protocol: /^https?$/ }).default('https://api.telnyx.com/v2'), 'Address of the Telnyx API.'),
  TELNYX_PUBLIC_KEY: setting(
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be the public key of the Telnyx account as its portal shows it, 44 characters of base64')
      .optional(),
    'Public key of the Telnyx account, by which its webhooks are verified.',
    'none',
  ),
  TELNYX_CODEC: setting(
    z.enum(['PCMU', 'PCMA', 'G722', 'L16']).default('PCMU'),
    'Codec of the sound between Telnyx and this server. G722 and L16 carry 16 kHz instead of 8, which only helps where lines are wideband.',
  ),
  TELNYX_L16_ORDER: setting(
    z.enum(['auto', 'big', 'little']).default('auto'),
    'Which end of a sample comes first in L16: auto finds it out from the sound of each call.',
  ),
  TELNYX_MACHINE_DETECTION: setting(
    z.enum(['standard', 'premium']).default('standard'),
    'How Telnyx finds out whether a machine answers; premium is more accurate and costs more.',
  ),
  TELNYX_CONNECTION_ID: setting(
    z
      .string()
      .regex(/^\d{1,25}$/, 'must be the id of a Telnyx call control application, digits only')
      .optional(),
    'Id of the Telnyx call control application whose webhook points at this server; calls leave by it and bought numbers are attached to it.',
    'none',
  ),
  TWILIO_ACCOUNT_SID: setting(
    z
      .string()
      .regex(/^AC[0-9a-fA-F]{32}$/, 'must be the SID of a Twilio account, AC and 32 hexadecimal digits')
      .optional(),
    'SID of the Twilio account; with TWILIO_AUTH_TOKEN numbers are searched and bought there too, and calls leave by it.',
    'none',
  ),
  TWILIO_AUTH_TOKEN: setting(
    text.optional(),
    'Primary auth token of the Twilio account; its webhooks and media streams are verified with it.',
    'none',
  ),
  TWILIO_API_URL: setting(
    z.url({ protocol: /^https?$/ }).default('https://api.twilio.com'),
    'Address of the Twilio API, for another region.',
  ),
  TWILIO_PRICING_URL: setting(z.url({ protocol: /^https?$/ }).default('https://pricing.twilio.com'), 'Address of Twilio’s price list.'),
  TWILIO_CALLS_PER_SECOND: setting(
    z.coerce.number().int().min(1).max(1_000).default(1),
    'Campaign calls placed in any second over Twilio, by each account there: what it allows. Twilio queues what is more.',
  ),
  TWILIO_ADDRESS_SID: setting(
    z
      .string()
      .regex(/^AD[0-9a-fA-F]{32}$/, 'must be the SID of an address at Twilio, AD and 32 hexadecimal digits')
      .optional(),
    'An address in the Twilio account, which numbers of some countries demand of their buyer.',
    'none',
  ),
  TWILIO_BUNDLE_SID: setting(
    z
      .string()
      .regex(/^BU[0-9a-fA-F]{32}$/, 'must be the SID of a regulatory bundle at Twilio, BU and 32 hexadecimal digits')
      .optional(),
    'A regulatory bundle in the Twilio account, which numbers of some countries demand of their buyer.',
    'none',
  ),
} as const;

type Values = { [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['schema']> };

/** All settings, plus what follows from several of them. */
export interface Config extends Values {
  env: 'development' | 'production';
  dataDir: string;
  localFallback: boolean;
  logLevel: string;
}

/** A setting that cannot be used. The message is one sentence that names it. */
export class ConfigError extends Error {}

/**
 * Reads the settings. Empty values count as not set.
 * @throws ConfigError naming the first wrong setting.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(SETTINGS)) {
    const raw = env[name]?.trim();
    const parsed = (schema as z.ZodType).safeParse(raw === undefined || raw === '' ? undefined : raw);
    if (!parsed.success) throw new ConfigError(`${name} is wrong: ${parsed.error.issues[0]?.message ?? 'invalid value'}.`);
    values[name] = parsed.data;
  }
  const typed = values as Values;
  if (typed.LLM_BASE_URL && !typed.LLM_MODEL)
    throw new ConfigError('LLM_MODEL is missing: LLM_BASE_URL is set, so say which model to ask for.');
  if (typed.LLM_MODEL && !typed.LLM_BASE_URL)
    throw new ConfigError('LLM_BASE_URL is missing: LLM_MODEL is set, so say where to ask for it.');
  if (Boolean(typed.TWILIO_ACCOUNT_SID) !== Boolean(typed.TWILIO_AUTH_TOKEN)) {
    const [there, missing] = typed.TWILIO_ACCOUNT_SID
      ? ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN']
      : ['TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID'];
    throw new ConfigError(`${missing} is missing: ${there} is set, and Twilio needs both.`);
  }
  const supplierKeys = { telnyx: 'TELNYX_API_KEY', twilio: 'TWILIO_ACCOUNT_SID' } as const;
  const supplier = typed.TALKTURO_NUMBER_SUPPLIER;
  if (supplier && !typed[supplierKeys[supplier]]) {
    throw new ConfigError(`${supplierKeys[supplier]} is missing: TALKTURO_NUMBER_SUPPLIER is ${supplier}.`);
  }
  const known = new Set(Object.keys(SETTINGS));
  for (const name of Object.keys(env)) {
    if (name.startsWith('TALKTURO_') && !known.has(name) && name !== 'TALKTURO_URL' && name !== 'TALKTURO_API_KEY') {
      throw new ConfigError(`${name} is not a setting of Talkturo: see docs/configuration.md for those that are.`);
    }
  }
  const production = (typed.TALKTURO_ENV ?? (typed.DATABASE_URL ? 'production' : 'development')) === 'production';
  return {
    ...typed,
    env: production ? 'production' : 'development',
    dataDir: path.resolve(cwd, typed.TALKTURO_DATA_DIR),
    logLevel: typed.TALKTURO_LOG_LEVEL ?? (production ? 'info' : 'warn'),
    localFallback: typed.TALKTURO_LOCAL_FALLBACK ?? !production,
  };
}

/** A secret of 256 bits as text. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
