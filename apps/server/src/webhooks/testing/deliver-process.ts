// A node that delivers what is due and nothing else, to be killed by a test. Arguments: database URL, TALKTURO_SECRET.
import { pino } from 'pino';
import { connect } from '../../database/connect.ts';
import { createSealer } from '../../database/sealing.ts';
import { createAccountKeys } from '../account-keys.ts';
import { createDeliverer } from '../deliverer.ts';

const [url, secret] = process.argv.slice(2);
const { db } = connect(url!, 2);
const sealer = createSealer(secret!);
await createDeliverer({ db, sealer, keys: createAccountKeys(db, sealer), logger: pino({ level: 'silent' }), guard: false }).pump();
