import { defineConfig } from 'vitest/config';

/** The adapters against the real services, for those whose key is in the environment: `npm run test:live`. */
export default defineConfig({
  test: { include: ['packages/*/src/**/*.live.ts'], testTimeout: 60_000, reporters: ['verbose'] },
});
