// One node of chaos.ts: the engine of campaigns, whose telephone network is its parent process. Lives until it is killed.
import { pino } from 'pino';
import { createDialEngine } from '../../apps/server/src/campaigns/dial-engine.ts';
import { startDialling } from '../../apps/server/src/campaigns/dial-loop.ts';
import { databaseClock, type Fate } from '../../apps/server/src/campaigns/dialler.ts';
import { connect } from '../../apps/server/src/database/connect.ts';

export type Question = { id: number; callId: string } & ({ ask: 'place'; toNumber: string } | { ask: 'look-up' });
export interface Answer {
  id: number;
  refused?: boolean;
  fate?: Fate;
}
/** An answer that has not come by then is lost. */
const LOST_AFTER_MS = 1_000;

const url = process.argv[2]!;
const waiting = new Map<number, (answer: Answer) => void>();
let ids = 0;
process.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
process.on('disconnect', () => process.exit(0));

type Asked = { callId: string; ask: 'place'; toNumber: string } | { callId: string; ask: 'look-up' };

const ask = (question: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const id = ++ids;
    const overdue = setTimeout(() => {
      waiting.delete(id);
      reject(new Error('the answer was lost'));
    }, LOST_AFTER_MS);
    waiting.set(id, (answer) => {
      clearTimeout(overdue);
      waiting.delete(id);
      resolve(answer);
    });
    process.send!({ ...question, id });
  });

const { db } = connect(url, 8);
const logger = pino({ level: 'fatal' });
const engine = createDialEngine({
  db,
  logger,
  clock: databaseClock,
  maxCallsPerAccount: 10_000,
  callsPerSecond: () => 10_000,
  lendsNumbers: true,
  dialler: {
    capacity: () => 300,
    place: async ({ callId, toNumber }) => {
      if ((await ask({ ask: 'place', callId, toNumber })).refused) throw new Error('this call may not be placed any more');
    },
    lookUp: async (callId) => (await ask({ ask: 'look-up', callId })).fate!,
  },
});
startDialling(engine, url, logger);
