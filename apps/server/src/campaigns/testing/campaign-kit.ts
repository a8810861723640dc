import { pino } from 'pino';
import { createTestServer, type TestServer, type TestTenant } from '../../testing/test-server.ts';
import type { ClaimRules } from '../claim.ts';
import { createDialEngine, type DialEngine } from '../dial-engine.ts';
import type { Dialler } from '../dialler.ts';
import { settle } from '../settle.ts';
import { createSimulatedNetwork, type Placing, type SimulatedCall, type SimulatedNetwork } from './simulated-network.ts';

/** A node that dials: an engine on the simulated network. */
export interface DialNode {
  engine: DialEngine;
  dialler: Dialler & { dead: boolean };
  /** How the next calls are placed; `taken` once the list is used up. */
  next: Placing[];
}

export interface CampaignKit {
  server: TestServer;
  network: SimulatedNetwork;
  /** The time everybody goes by. */
  now(): Date;
  setTime(time: Date): void;
  pass(ms: number): void;
  node(capacity?: number): DialNode;
  /** The network tells how a call ended; once more is the same. */
  tell(callId: string, outcome: string): Promise<boolean>;
  tenant(): Promise<CampaignTenant>;
  close(): Promise<void>;
}

export interface CampaignTenant extends TestTenant {
  companyId: string;
  assistantId: string;
  contact(more?: Record<string, unknown>): Promise<string>;
  campaign(more?: Record<string, unknown>): Promise<string>;
  run(campaignId: string, action: string): Promise<void>;
  contactsOf(
    campaignId: string,
  ): Promise<Record<string, { status: string; outcome: string | null; attempts: number; skip_reason: string | null }>>;
}

/** Campaigns on a simulated network and a clock moved by hand. */
export async function createCampaignKit(
  rules: Partial<ClaimRules> & { onDial?: (call: SimulatedCall) => void } = {},
  start = new Date('2026-01-15T15:00:00Z'),
): Promise<CampaignKit> {
  const server = await createTestServer();
  const { db } = server.platform;
  let time = start;
  let tenants = 0;
  let people = 0;
  const now = () => time;
  const network = createSimulatedNetwork({ now, ...(rules.onDial ? { onDial: rules.onDial } : {}) });
  const tell = async (callId: string, outcome: string) => {
    const endedAt = network.calls.get(callId)?.ended?.at ?? now();
    return (await db.transaction((tx) => settle(tx, [{ callId, outcome, endedReason: null, endedAt }]))).length > 0;
  };

  return {
    server,
    network,
    now,
    setTime: (to) => {
      time = to;
    },
    pass: (ms) => {
      time = new Date(time.getTime() + ms);
    },
    node: (capacity = 1_000) => {
      const next: Placing[] = [];
      const dialler = network.node({
        capacity,
        behaviour: () => next.shift() ?? 'taken',
        onEnd: (call) => tell(call.callId, call.ended!.outcome),
      });
      const engine = createDialEngine({
        db,
        dialler,
        logger: pino({ level: 'silent' }),
        clock: async () => now(),
        maxCallsPerAccount: 100,
        callsPerSecond: () => 1_000,
        lendsNumbers: true,
        ...rules,
      });
      return { engine, dialler, next };
    },
    tell: (callId, outcome) => {
      network.end(callId, outcome);
      return tell(callId, outcome);
    },
    tenant: async () => {
      const tenant = await server.tenant(`dialling-${++tenants}`);
      const { teamId, slug, post } = tenant;
      const companyId = (await post('/api/crm/companies', { teamId, name: 'Acme' })).body.company.id as string;
      const assistant = await post('/api/assistants', { accountSlug: slug, name: 'Setter', templateId: 'outbound-setter' });
      const assistantId = assistant.body.assistant.id as string;
      const ok = (answer: { status: number; text: string }) => {
        if (answer.status !== 200) throw new Error(answer.text);
      };
      return {
        ...tenant,
        companyId,
        assistantId,
        async contact(more = {}) {
          const phone = `+1212555${String(1000 + (++people % 9000))}`;
          const answer = await post('/api/crm/contacts', { teamId, companyId, firstName: 'P', lastName: String(people), phone, ...more });
          ok(answer);
          return answer.body.contact.id as string;
        },
        async campaign(more = {}) {
          const answer = await post('/api/crm/campaigns', { teamId, name: 'C', assistantId, companyId, ...more });
          ok(answer);
          return answer.body.campaign.id as string;
        },
        async run(campaignId, action) {
          ok(await post(`/api/crm/campaigns/${campaignId}/run`, { action }));
        },
        async contactsOf(campaignId) {
          const { contacts } = (await tenant.get(`/api/crm/campaigns/${campaignId}/contacts?limit=200`)).body;
          return Object.fromEntries((contacts as { contact_id: string }[]).map((one) => [one.contact_id, one])) as never;
        },
      };
    },
    close: () => server.close(),
  };
}
