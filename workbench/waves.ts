// npm run waves [-- --contacts 200 --concurrent 20 --account my-team]
// Runs a whole campaign on a running server against the people of the built-in network, over the public API alone, and
// shows how it goes. TALKTURO_URL and TALKTURO_API_KEY name the server; TALKTURO_NETWORK_SPEED there makes people ring faster.
import { parseArgs } from 'node:util';
import type { CampaignDashboard } from '@talkturo/contract';
import { type Api, apiFromEnvironment } from './phone/api.ts';
import { runProgram, SentenceError } from './phone/sentence-error.ts';

interface Options {
  /** Slug of the workspace the key belongs to. */
  account: string;
  contacts: number;
  concurrent: number;
}

function optionsFrom(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      account: { type: 'string', default: 'my-team' },
      contacts: { type: 'string', default: '100' },
      concurrent: { type: 'string', default: '10' },
    },
  });
  const [contacts, concurrent] = [Number(values.contacts), Number(values.concurrent)];
  if (!Number.isInteger(contacts) || contacts < 1 || contacts > 70_000) throw new SentenceError('--contacts is a number from 1 to 70000.');
  if (!Number.isInteger(concurrent) || concurrent < 1 || concurrent > 1_000)
    throw new SentenceError('--concurrent is a number from 1 to 1000.');
  return { account: values.account, contacts, concurrent };
}

/** +1 NPA 555 01xx: the last two digits choose the person, the area code tells them apart. */
const numberOf = (at: number): string => `+1${200 + Math.floor(at / 100)}55501${String(at % 100).padStart(2, '0')}`;

/** Makes what a campaign needs: assistant, company, contacts. @returns the campaign's id. */
async function prepare(api: Api, { account, contacts, concurrent }: Options): Promise<string> {
  const { assistant } = await api.post<{ assistant: { id: string; account_id: string } }>('/api/assistants', {
    accountSlug: account,
    name: 'Waves',
    templateId: 'outbound-setter',
  });
  // A team and its account are one workspace.
  const teamId = assistant.account_id.replace(/^acct_/, 'team_');
  const { company } = await api.post<{ company: { id: string } }>('/api/crm/companies', { teamId, name: 'Waves' });
  const people = Array.from({ length: contacts }, (_one, at) => ({
    companyId: company.id,
    firstName: 'Person',
    lastName: String(at),
    phone: numberOf(at),
    timezone: 'Etc/UTC',
  }));
  for (let at = 0; at < people.length; at += 1_000) {
    await api.post(`/api/crm/contacts/import?teamId=${teamId}`, { contacts: people.slice(at, at + 1_000) });
  }
  const { campaign } = await api.post<{ campaign: { id: string } }>('/api/crm/campaigns', {
    teamId,
    name: `Waves ${new Date().toISOString()}`,
    assistantId: assistant.id,
    companyId: company.id,
    callWindowStart: '00:00',
    callWindowEnd: '00:00',
    maxConcurrentCalls: concurrent,
    maxAttemptsPerContact: 2,
    retryDelayNoAnswerMinutes: 0.1,
    retryDelayBusyMinutes: 0.1,
  });
  return campaign.id;
}

function line(dashboard: CampaignDashboard, seconds: number): string {
  const { contacts, outcomes } = dashboard;
  const reached = Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ');
  const waiting = contacts.pending + contacts.queued;
  return `${String(seconds).padStart(4)} s  on the phone ${contacts.calling}, waiting ${waiting}, done ${contacts.completed}, failed ${contacts.failed}, skipped ${contacts.skipped}  (${reached || 'nobody yet'})`;
}

/** One in a hundred of the network's people never stops talking: once nobody else is left, such a call is hung up. */
const ENOUGH_TALK_MS = 120_000;

async function endEndlessCalls(api: Api, { contacts, live_calls: live, at }: CampaignDashboard): Promise<void> {
  if (contacts.pending + contacts.queued > 0) return;
  const endless = live.filter((call) => Date.parse(at) - Date.parse(call.started_at) > ENOUGH_TALK_MS);
  for (const { call_id: id } of endless) await api.post(`/api/calls/${id}/hangup`, {});
}

await runProgram(async () => {
  const options = optionsFrom(process.argv.slice(2));
  const api = apiFromEnvironment(process.env);
  const id = await prepare(api, options);
  await api.post(`/api/crm/campaigns/${id}/run`, { action: 'start' });
  console.log(`Campaign ${id} calls ${options.contacts} people, ${options.concurrent} at a time. Ctrl-C leaves it running.`);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  for await (const dashboard of api.follow<CampaignDashboard>(`/api/crm/campaigns/${id}/dashboard/stream`, interrupt.signal)) {
    console.log(line(dashboard, seconds()));
    await endEndlessCalls(api, dashboard);
    if (dashboard.status !== 'completed') continue;
    console.log(`${dashboard.attempts} calls in ${seconds()} s, ${dashboard.answer_rate_percent ?? 0}% of those called answered.`);
    return;
  }
});
