import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.ts';

export default defineConfig({
  test: {
    include: [
      'apps/server/src/**/*.test.ts',
      'apps/dashboard/src/**/*.test.ts',
      'packages/*/src/**/*.test.ts',
      'workbench/**/*.test.ts',
      'examples/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    globalSetup: ['apps/server/src/testing/global-setup.ts'],
    // Many tests wait for sound that takes its time, and many speak and listen: three files keep two cores busy, four make speech late.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Loading the server anew for each of its hundred files took a third of the processor's time. No file changes what a module keeps.
    isolate: false,
    // Only a test that hangs is ended: how fast one is depends on what else the machine does.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Whole calls run in real time, several beside one another on two cores: what fails twice in a row has failed.
    retry: 1,
    expect: { poll: { timeout: 60_000 } },
  },
});
