import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take a minute and more, mostly since calls in them last as long as calls do; the longest first. */
const LONGEST = [
  'workbench/process/process.test.ts',
  'workbench/browser/transfers.test.ts',
  'apps/server/src/telnyx.test.ts',
  'workbench/browser/work.test.ts',
  'workbench/browser/dashboard.test.ts',
  'apps/server/src/twilio.test.ts',
  'apps/server/src/calls/realtime-calls.test.ts',
  'apps/server/src/testing/fuzz/endpoints.test.ts',
  'apps/server/src/telnyx-codecs.test.ts',
  'apps/server/src/calls/whole-call.test.ts',
  'workbench/browser/integrations.test.ts',
];

/** Begins with the files that take longest, so that no worker is left alone with one at the end. Vitest goes by size on a new machine. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
