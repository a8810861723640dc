import { describe, it } from 'vitest';
import { carrierConformance } from '../testing/conformance/carrier-conformance.ts';
import { twilioHarness } from '../testing/conformance/twilio-harness.ts';

describe('Twilio does what every carrier must', () => {
  for (const { name, run } of carrierConformance(twilioHarness())) it(name, run);
});
