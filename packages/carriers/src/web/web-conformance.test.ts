import { describe, expect, it } from 'vitest';
import { carrierConformance } from '../testing/conformance/carrier-conformance.ts';
import { webHarness } from '../testing/conformance/web-harness.ts';

describe('web calls', () => {
  const cases = carrierConformance(webHarness());
  it('are held to the promises of all carriers about calls that come in', () => expect(cases).toHaveLength(4));
  for (const { name, run } of cases) it(name, run);
});
