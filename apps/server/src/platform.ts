import type { Carrier, CarrierId } from '@talkturo/carriers';
import { createCallSession, defaultTimings, systemClock } from '@talkturo/voice';
import { createAssistants } from './assistants/assistants.ts';
import { createBlobs } from './blobs/blobs.ts';
import { createCallPeople } from './calls/call-people.ts';
import { countCallDays } from './calls/call-statistics.jobs.ts';
import { createCallStatistics } from './calls/call-statistics.ts';
import { createCallsAnywhere } from './calls/calls-anywhere.ts';
import { createPriceList } from './calls/cost/price-list.ts';
import { createTelephony } from './calls/telephony.ts';
import { createTextChat } from './calls/text-chat.ts';
import { createStartWebCall } from './calls/web-calls.ts';
import { createCampaigning } from './campaigning.ts';
import { campaignBriefing } from './campaigns/campaign-briefing.ts';
import { followCalls } from './campaigns/campaign-events.ts';
import { startEnrolling } from './campaigns/company-enrolment.ts';
import { startDialling } from './campaigns/dial-loop.ts';
import { listenForOptOuts } from './campaigns/opt-out.ts';
import { createCarrierSetUps, createKnownCarriers, noneHasAccount, suppliersOf } from './carrier-accounts.ts';
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
import { type Ground, type StandIns, secretOf } from './ground.ts';
import { sweepIdempotencyKeys } from './http/idempotency.jobs.ts';
import { createIdempotency } from './http/idempotency.ts';
import { nameOfAccount } from './identity/accounts.ts';
import { createIdentity } from './identity/identity.ts';
import { createJobs } from './jobs/jobs.ts';
import { createNodeSpeech } from './node-speech.ts';
import { createOwnCarriers } from './own-carriers.ts';
import { phoneNumberUpkeep } from './phone-numbers/phone-numbers.jobs.ts';
import { createPhoneNumbers } from './phone-numbers/phone-numbers.ts';
import { createTelephoneNetworks } from './telephone-networks.ts';
import { createVendorFeatures } from './vendor-features.ts';
import { createAccountKeys } from './webhooks/account-keys.ts';
import { startDelivering } from './webhooks/deliver-loop.ts';
import { createDeliverer } from './webhooks/deliverer.ts';
import { createDeliveries } from './webhooks/deliveries.ts';
import { fanOut } from './webhooks/fan-out.ts';
import { giveUpDeliveries } from './webhooks/webhooks.jobs.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export type Platform = ReturnType<typeof createPlatform>;

/**
 * The composition root: builds every feature by hand, in the order in which they stand on each other. What belongs together is built
 * in a file beside it; these files alone name providers and carriers.
 */
export function createPlatform({ config, databaseUrl, logger }: Ground, standIns: StandIns = {}) {
  const connection: Connection = connect(databaseUrl, config.TALKTURO_DATABASE_POOL);
  const { db } = connection;
  const secret = secretOf(config);
  const jobs = createJobs({ pool: connection.pool, databaseUrl, logger });
  const dispatcher = createDispatcher(db, logger);
  const identity = createIdentity(db, databaseUrl, identitySettings(config), logger);
  const { apiKeys, authorize } = identity;
  const idempotency = createIdempotency(db);
  jobs.handle(sweepIdempotencyKeys, () => idempotency.sweep());
  const assistants = createAssistants(db);
  const sealer = createSealer(secret);
  const blobs = createBlobs(config.dataDir);
  const speech = createNodeSpeech(logger);

  const knownCarriers = createKnownCarriers({ config, secret, logger });
  const lendsNumbers = noneHasAccount(knownCarriers);
  const { providersOf, ...vendors } = createVendorFeatures({ config, logger, db, sealer, blobs, knownCarriers, speech, standIns });
  const { vendorKeys } = vendors;
  const ownCarriers = createOwnCarriers(knownCarriers, vendorKeys);
  const phoneNumbers = createPhoneNumbers({ db, assistants, suppliers: suppliersOf(knownCarriers, ownCarriers.suppliersOf), logger });
  jobs.handle(phoneNumberUpkeep, phoneNumbers.upkeep);
  const carrierSetUps = createCarrierSetUps(config, {
    vendorKeys,
    ownNumbers: phoneNumbers.forCall.ofOwnCarrier,
    noteHeld: phoneNumbers.forCall.noteHeld,
  });

  const keys = createAccountKeys(db, sealer);
  const guard = config.env === 'production';
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

  const voiced = config.TALKTURO_ROLES.includes('voice');
  const cluster = createCluster({ db, databaseUrl, logger, dataDir: config.dataDir });
  let port = config.PORT;
  const carriers = new Map<CarrierId, Carrier>();
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
    clock: standIns.clock ?? systemClock,
    timings: { ...defaultTimings, maxCallMs: config.TALKTURO_MAX_CALL_SECONDS * 1000, ...standIns.timings },
    tools: [],
    prices: createPriceList(config.TALKTURO_PRICES),
    createSession: standIns.createSession ?? createCallSession,
  });
  const { nodeId } = cluster;
  const campaigning = createCampaigning({ config, databaseUrl, logger, db, assistants, contacts, telephony, nodeId, lendsNumbers });
  contacts.whenErased(telephony.calls.erasePerson);
  dispatcher.subscribe(followCalls);
  const callStatistics = createCallStatistics(db);
  jobs.handle(countCallDays, async () => void (await callStatistics.countDays(new Date())));

  const networks = createTelephoneNetworks({
    config,
    logger,
    telephony,
    knownCarriers,
    ownCarriers,
    numbers: phoneNumbers.forCall,
    nodeId,
    speech: speech.running,
    port: () => port,
    standIns,
  });
  for (const [id, carrier] of networks.all) carriers.set(id, carrier);
  const { network, web } = networks;
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
      startEnrolling(campaigning.companyEnrolment, databaseUrl, logger),
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
    ...vendors,
    carrierSetUps,
    deliverer,
    deliveries,
    companies,
    contacts,
    contactImport,
    customFields,
    opportunities,
    ...campaigning,
    lendsNumbers,
    cluster,
    blobs,
    carriers,
    network,
    ...telephony,
    callStatistics,
    startNetworkCall: networks.startNetworkCall,
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
      if (voiced && !standIns.providers) await speech.start();
      identity.start();
      await cluster.start();
      if (config.TALKTURO_ROLES.includes('worker')) await startWorker();
      if (voiced) working.push(startDialling(campaigning.dialEngine, databaseUrl, logger));
    },
    /** Takes no new calls and lets the live ones end. */
    drain: () => {
      draining = true;
      return telephony.live.drain(config.TALKTURO_DRAIN_SECONDS * 1000);
    },
    close: async () => {
      campaigning.campaignStreams.close();
      await networks.close();
      await cluster.stop();
      await speech.stop();
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
