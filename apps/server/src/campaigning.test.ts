import { expect, test } from 'vitest';
import { paceOf } from './campaigning.ts';
import { testConfig } from './testing/test-settings.ts';

test.each([
  ['twilio', 2],
  ['twilio of acct_01h455vb4pex5vsknk084sn02q', 2],
  ['telnyx', 30],
  ['telnyx of acct_01h455vb4pex5vsknk084sn02q', 30],
  ['local', 30],
])('calls of a campaign leave by %s as fast as that carrier takes them', (connection, perSecond) => {
  const pace = paceOf(testConfig({ TWILIO_CALLS_PER_SECOND: '2', TALKTURO_CALLS_PER_SECOND: '30' }));
  expect(pace(connection)).toBe(perSecond);
});
