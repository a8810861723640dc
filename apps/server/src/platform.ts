import {
  type Carrier,
  type CarrierId,
  type CarrierListener,
  createLocalNetwork,
  createUnreadyTelnyx,
  createWebCarrier,
  peopleVoice,
  type Speak,
  telnyxWebhookPath,
} from '@talkturo/carriers';
import { type LocalSpeech, startLocalSpeech } from '@talkturo/providers';
import {
  type CallSession,
  type CallSessionOptions,
  type CallTimings,
  createCallSession,
  defaultTimings,
  systemClock,
} from '@talkturo/voice';
import type { Logger } from 'pino';
import { createAssistants } from './assistants/assistants.ts';
import { createBlobs } from './blobs/blobs.ts';
import { createAccountCarriers } from './calls/account-carriers.ts';
import { createCallPeople } from './calls/call-people.ts';
import { countCallDays } from './calls/call-statistics.jobs.ts';
import { createCallStatistics } from './calls/call-statistics.ts';
import { createCallsAnywhere } from './calls/calls-anywhere.ts';
import { createPriceList } from './calls/cost/price-list.ts';
import { createStartNetworkCall } from './calls/network-calls.ts';
import type { Providers, ProvidersOf } from './calls/stage-choice.ts';
import { createTelephony } from './calls/telephony.ts';
import { createTextChat } from './calls/text-chat.ts';
import { createStartWebCall } from './calls/web-calls.ts';
import { createCallDialler } from './campaigns/call-dialler.ts';
import { campaignBriefing } from './campaigns/campaign-briefing.ts';
import { createCampaignContacts } from './campaigns/campaign-contacts.ts';
import { followCalls } from './campaigns/campaign-events.ts';
import { createCampaignStreams } from './campaigns/campaign-stream.ts';
import { createCampaigns } from './campaigns/campaigns.ts';
import { createCompanyEnrolment, startEnrolling } from './campaigns/company-enrolment.ts';
import { createDialEngine } from './campaigns/dial-engine.ts';
import { startDialling } from './campaigns/dial-loop.ts';
import { databaseClock } from './campaigns/dialler.ts';
import { listenForOptOuts } from './campaigns/opt-out.ts';
import { createCarrierAccounts } from './carrier-accounts.ts';
import { createCluster } from './cluster/cluster.ts';
import { createQuestions } from './cluster/questions.ts';
import type { Config } from './config.ts';
import { createCompanies } from './crm/companies.ts';
import { createContacts } from './crm/contacts.ts';
import { createCustomFields } from './crm/custom-fields.ts';
import { createContactImport } from './crm/import/contact-import.ts';
import { createOpportunities } from './crm/opportunities.ts';
import { type Connection, connect } from './database/connect.ts';
import { createSealer } from './database/sealing.ts';
import { startDispatching } from './events/dispatch-loop.ts';
import { createDispatcher } from './events/dispatcher.ts';
import { deleteEventsBefore, deleteOldEvents, RETENTION_DAYS } from './events/events.jobs.ts';
import { AppError } from './http/app-error.ts';
import { sweepIdempotencyKeys } from './http/idempotency.jobs.ts';
import { createIdempotency } from './http/idempotency.ts';
import { nameOfAccount } from './identity/accounts.ts';
import { createIdentity } from './identity/identity.ts';
import { createCarrierSetUp } from './integrations/carrier-set-up.ts';
import { createVendorKeys } from './integrations/vendor-keys.ts';
import { createVoiceLibraries } from './integrations/voice-libraries.ts';
import { createVoicePreviews } from './integrations/voice-previews.ts';
import { createVoices } from './integrations/voices.ts';
import { createJobs } from './jobs/jobs.ts';
import { createOwnTelnyx } from './own-telnyx.ts';
import { phoneNumberUpkeep } from './phone-numbers/phone-numbers.jobs.ts';
import { createPhoneNumbers } from './phone-numbers/phone-numbers.ts';
import { createProvidersOf, createVendorQuestion, vendorsOf } from './providers.ts';
import { telnyxVendor } from './telnyx-key.ts';
import { createVoiceVendors, failureOf } from './voice-vendors.ts';
import { createAccountKeys } from './webhooks/account-keys.ts';
import { startDelivering } from './webhooks/deliver-loop.ts';
import { createDeliverer } from './webhooks/deliverer.ts';
import { createDeliveries } from './webhooks/deliveries.ts';
import { fanOut } from './webhooks/fan-out.ts';
import { giveUpDeliveries } from './webhooks/webhooks.jobs.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export type Platform = ReturnType<typeof createPlatform>;

/** What the platform stands on: settings, a migrated database, the log. */
export interface Ground {
  config: Config;
  databaseUrl: string;
  logger: Logger;
}

/** What stands in for the world outside, in tests. */
export interface StandIns {
  /** Instead of vendors and the local models, which are then not loaded. */
  providers?: Providers;
  /** Instead of the network, where vendors are asked about keys and voices. */
  fetch?: typeof fetch;
  /** Milliseconds since 1970, for lists of vendors that grow old. */
  now?(): number;
  speak?: Speak;
  timings?: Partial<CallTimings>;
  createSession?(options: CallSessionOptions): CallSession;
  /** Takes the calls of the built-in network. */
  createCarrier?(listener: CarrierListener): Carrier;
}

/**
 * The composition root: builds every feature by hand, in the order in which they stand on each other.
 * It alone names providers and carriers.
 */
export function createPlatform({ config, databaseUrl, logger }: Ground, standIns: StandIns = {}) {
  const connection: Connection = connect(databaseUrl, config.TALKTURO_DATABASE_POOL);
  const { db } = connection;
  const jobs = createJobs({ pool: connection.pool, databaseUrl, logger });
  const dispatcher = createDispatcher(db, logger);
  const identity = createIdentity(db, databaseUrl, identitySettings(config), logger);
  const { apiKeys, authorize } = identity;
  const idempotency = createIdempotency(db);
  jobs.handle(sweepIdempotencyKeys, () => idempotency.sweep());
  const assistants = createAssistants(db);
  const sealer = createSealer(secretOf(config));
  const guard = config.env === 'production';
  const keys = createAccountKeys(db, sealer);
  const vendorKeys = createVendorKeys({
    db,
    sealer,
    logger,
    guard,
    vendors: [...vendorsOf(config), telnyxVendor(config)],
    ask: createVendorQuestion(config, standIns.fetch),
  });
  const ownTelnyx = createOwnTelnyx(config, secretOf(config), vendorKeys, logger);
  const { all: carrierAccounts, suppliers, lendsNumbers } = createCarrierAccounts(config, secretOf(config), logger, ownTelnyx.suppliersOf);
  const phoneNumbers = createPhoneNumbers({ db, assistants, suppliers, logger });
  jobs.handle(phoneNumberUpkeep, phoneNumbers.upkeep);
  const setUpCarrier = createCarrierSetUp({
    vendorKeys,
    telnyxUrl: config.TELNYX_API_URL,
    publicUrl: config.PUBLIC_URL,
    ownNumbers: (accountId) => phoneNumbers.forCall.ofOwnCarrier(accountId, 'telnyx'),
  });
  const accountOfAssistant = async (id: string) => {
    const assistant = await assistants.find(id);
    return assistant && assistant.deletedAt === null ? assistant.accountId : null;
  };
  const webhooks = createWebhooks({ db, sealer, guard, accountOfAssistant });
  const deliverer = createDeliverer({ db, keys, sealer, logger, guard });
  const deliveries = createDeliveries({ db, webhooks, deliverer });
  dispatcher.subscribe(fanOut);
  jobs.handle(deleteOldEvents, async () => void (await deleteEventsBefore(db, new Date(Date.now() - RETENTION_DAYS * 86_400_000))));
  jobs.handle(giveUpDeliveries, async () => void (await deliveries.giveUpExpired(new Date())));
  const companies = createCompanies(db);
  const contacts = createContacts(db);
  const contactImport = createContactImport(db);
  const customFields = createCustomFields(db);
  const opportunities = createOpportunities(db, contacts);

  const campaigns = createCampaigns({ db, assistants, contacts, lendsNumbers });
  const campaignContacts = createCampaignContacts(db, campaigns);
  contacts.linkCampaigns(campaignContacts.link);
  contacts.whenErased(campaignContacts.erasePerson);
  const companyEnrolment = createCompanyEnrolment(db, contacts);
  const campaignStreams = createCampaignStreams(databaseUrl);

  const voiced = config.TALKTURO_ROLES.includes('voice');
  const cluster = createCluster({ db, databaseUrl, logger, dataDir: config.dataDir });
  let speech: LocalSpeech | null = null;
  let port = config.PORT;
  const carriers = new Map<CarrierId, Carrier>();
  const blobs = createBlobs(config.dataDir);
  const { providers: scripted } = standIns;
  const { accessOf } = vendorKeys;
  const providersOf: ProvidersOf = scripted
    ? async () => scripted
    : createProvidersOf({ config, speech: () => speech, accessOf, fetch: standIns.fetch });
  const voiceVendors = createVoiceVendors({ config, accessOf, providersOf, fetch: standIns.fetch });
  const libraries = createVoiceLibraries({ now: standIns.now ?? Date.now, failureOf });
  const voices = createVoices({ libraries, libraryOf: voiceVendors.libraryOf });
  const voicePreviews = createVoicePreviews({ blobs, voices, ...voiceVendors });
  const telephony = createTelephony({
    db,
    cluster,
    blobs,
    logger,
    assistants,
    numbers: phoneNumbers.forCall,
    people: createCallPeople(
      contacts,
      (id) => campaignBriefing(db, id),
      (id) => nameOfAccount(db, id),
    ),
    callerSaid: listenForOptOuts(db, logger),
    providersOf,
    carriers,
    lendsNumbers,
    maxCalls: voiced ? config.TALKTURO_MAX_CALLS : 0,
    machineDetection: config.TALKTURO_CARRIER_DETECTION,
    clock: systemClock,
    timings: { ...defaultTimings, maxCallMs: config.TALKTURO_MAX_CALL_SECONDS * 1000, ...standIns.timings },
    tools: [],
    prices: createPriceList(config.TALKTURO_PRICES),
    createSession: standIns.createSession ?? createCallSession,
  });
  contacts.whenErased(telephony.calls.erasePerson);
  const callStatistics = createCallStatistics(db);
  jobs.handle(countCallDays, async () => void (await callStatistics.countDays(new Date())));
  const dialEngine = createDialEngine({
    db,
    dialler: createCallDialler(db, telephony, cluster.nodeId),
    logger,
    clock: databaseClock,
    maxCallsPerAccount: config.TALKTURO_MAX_CALLS_PER_ACCOUNT,
    callsPerSecond: (connection) => (connection === 'twilio' ? config.TWILIO_CALLS_PER_SECOND : config.TALKTURO_CALLS_PER_SECOND),
    lendsNumbers,
  });
  dispatcher.subscribe(followCalls);
  const network = createLocalNetwork({
    listener: telephony.listener,
    // The people live in this process: they come in over loopback.
    mediaUrl: () => `ws://${loopbackOf(config.HOST)}:${port}${network.media.path}`,
    speak: standIns.speak ?? ((text) => peopleVoice(runningSpeech(speech).textToSpeech)(text)),
    isOurs: phoneNumbers.forCall.isBought,
    speed: config.TALKTURO_NETWORK_SPEED,
  });
  for (const account of carrierAccounts) carriers.set(account.numbers.id, account.carrier(telephony.listener));
  const telnyx = createAccountCarriers({
    server: carriers.get('telnyx') ?? createUnreadyTelnyx('Telnyx is not set up on this server.'),
    webhookPath: telnyxWebhookPath(),
    listener: telephony.listener,
    ownOf: ownTelnyx.carrierOf,
    accountOfNumber: phoneNumbers.forCall.ownerOfCarrier,
    callById: async (id) => (await telephony.lifecycle.find(id)) ?? null,
    logger,
  });
  carriers.set('telnyx', telnyx);
  carriers.set('local', standIns.createCarrier?.(telephony.listener) ?? network);
  const publicMediaUrl = () =>
    `${(config.PUBLIC_URL ?? `http://localhost:${port}`).replace(/^http/, 'ws').replace(/\/$/, '')}${network.media.path}`;
  const startNetworkCall = createStartNetworkCall(telephony.placing, network, publicMediaUrl);
  const web = createWebCarrier({
    listener: telephony.listener,
    secret: secretOf(config),
    nodeId: cluster.nodeId,
    observe: telephony.noteConnection,
  });
  carriers.set('web', web);
  const nodeUrl = config.TALKTURO_NODE_URL ?? config.PUBLIC_URL ?? null;
  const callsAnywhere = createCallsAnywhere({
    cluster,
    questions: createQuestions(cluster, systemClock, logger),
    lifecycle: telephony.lifecycle,
    place: telephony.place,
    startWebCall: createStartWebCall(telephony.placing, {
      web,
      log: telephony.log,
      mostPerAccount: config.TALKTURO_MAX_WEB_CALLS_PER_ACCOUNT,
    }),
    nodeUrl,
  });
  const textChat = createTextChat({
    assistants,
    people: telephony.placing.people,
    providersOf,
    clock: systemClock,
    timings: telephony.timings,
    tools: [],
  });
  cluster.describe(() => ({ takesCalls: voiced, room: telephony.live.room, url: nodeUrl }));

  let draining = false;
  const working: { stop(): Promise<void> }[] = [];
  /** Begins what nodes with the role worker do: jobs, schedules, events. `close` ends it. */
  const startWorker = async () => {
    working.push(
      startDispatching(dispatcher, databaseUrl, logger),
      startDelivering(deliverer, databaseUrl, logger),
      startEnrolling(companyEnrolment, databaseUrl, logger),
    );
    await jobs.start();
    // What a killed node left open is not to wait for the next minute.
    await jobs.send(db, phoneNumberUpkeep, {}, { key: phoneNumberUpkeep.name });
  };

  return {
    config,
    logger,
    connection,
    db,
    jobs,
    dispatcher,
    identity,
    idempotency,
    apiKeys,
    authorize,
    assistants,
    phoneNumbers,
    sealer,
    webhooks,
    keys,
    vendorKeys,
    setUpCarrier,
    voices,
    voicePreviews,
    deliverer,
    deliveries,
    companies,
    contacts,
    contactImport,
    customFields,
    opportunities,
    campaigns,
    campaignContacts,
    companyEnrolment,
    campaignStreams,
    dialEngine,
    lendsNumbers,
    cluster,
    blobs,
    carriers,
    network,
    ...telephony,
    callStatistics,
    startNetworkCall,
    callsAnywhere,
    webPath: web.media.path,
    textChat,
    /** Why this node takes no work, or null. */
    notReady: async () => {
      if (draining) return 'The server is stopping.';
      try {
        await connection.pool.query('select 1');
        return null;
      } catch {
        return 'The database cannot be reached.';
      }
    },
    startWorker,
    /** Begins the work of this node's roles; the server listens on `port`. */
    start: async (listeningOn: number) => {
      port = listeningOn;
      if (voiced && !standIns.providers) speech = await startSpeech(logger);
      identity.start();
      await cluster.start();
      if (config.TALKTURO_ROLES.includes('worker')) await startWorker();
      if (voiced) working.push(startDialling(dialEngine, databaseUrl, logger));
    },
    /** Takes no new calls and lets the live ones end. */
    drain: () => {
      draining = true;
      return telephony.live.drain(config.TALKTURO_DRAIN_SECONDS * 1000);
    },
    close: async () => {
      campaignStreams.close();
      await network.close();
      for (const { numbers } of carrierAccounts) await carriers.get(numbers.id)?.close();
      await web.close();
      await cluster.stop();
      await speech?.stop();
      for (const part of working.toReversed()) await part.stop();
      await jobs.stop();
      await identity.close();
      await connection.close();
    },
  };
}

const identitySettings = (config: Config) => ({
  secret: secretOf(config),
  publicUrl: config.PUBLIC_URL,
  plan: config.TALKTURO_DEFAULT_PLAN,
  openSignUp: config.TALKTURO_SIGN_UP,
  production: config.env === 'production',
});

/** A machine that cannot run the models can still hold calls with vendors. */
async function startSpeech(logger: Logger): Promise<LocalSpeech | null> {
  try {
    return await startLocalSpeech();
  } catch (error) {
    logger.error({ err: error }, 'the local speech models did not start: only assistants whose vendors have keys can take calls');
    return null;
  }
}

function runningSpeech(speech: LocalSpeech | null): LocalSpeech {
  if (!speech) throw new AppError('starting', 503, 'The speech models of this server are not running yet; try again in a moment.');
  return speech;
}

/** Where this process reaches itself, given the address it listens on. */
function loopbackOf(host: string): string {
  if (host === '0.0.0.0' || host === 'localhost') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function secretOf(config: Config): string {
  if (!config.TALKTURO_SECRET) throw new Error('The platform needs TALKTURO_SECRET: whoever starts it reads or makes one.');
  return config.TALKTURO_SECRET;
}
