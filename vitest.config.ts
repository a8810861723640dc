import { defineConfig } from 'vitest/config';

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
    // Only a test that hangs is ended: how fast one is depends on what else the machine does.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Whole calls run in real time, several beside one another on two cores: what fails twice in a row has failed.
    retry: 1,
    expect: { poll: { timeout: 60_000 } },
  },
});
