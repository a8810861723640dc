// The import directions of docs/decisions/0001: what may know what. Type imports count.
const server = '^apps/server/src/';
const foundations = `${server}(http|database|jobs|events|cluster|blobs)/`;
const features = 'identity|assistants|knowledge|crm|billing|phone-numbers|integrations|calls|campaigns|workflows|webhooks';
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: '\\.test\\.ts$|/testing/' },
  to,
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'A cycle has no beginning to read from.', from: {}, to: { circular: true } },
    only(
      'contract-imports-zod-only',
      '^packages/contract/src/',
      { pathNot: '^packages/contract/src/|node_modules/zod/' },
      'The contract is read by browsers and clients.',
    ),
    {
      name: 'voice-imports-nothing-of-ours',
      severity: 'error',
      comment: 'The engine knows no vendor, no carrier, no server.',
      from: { path: '^packages/voice/' },
      to: { path: '^(apps|workbench|packages/(?!voice/))' },
    },
    {
      name: 'providers-know-voice-only',
      severity: 'error',
      from: { path: '^packages/providers/' },
      to: { path: '^(apps|workbench|packages/(?!voice/|providers/))' },
    },
    {
      name: 'carriers-know-voice-only',
      severity: 'error',
      from: { path: '^packages/carriers/' },
      to: { path: '^(apps|workbench|packages/(?!voice/|carriers/))' },
    },
    {
      name: 'client-knows-contract-only',
      severity: 'error',
      from: { path: '^packages/(client|web-call)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(apps|workbench|packages/(?!client/|web-call/|contract/))' },
    },
    {
      name: 'dashboard-knows-client-and-contract-only',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^(apps/server|workbench|packages/(?!client/|web-call/|contract/))' },
    },
    { name: 'nobody-imports-the-workbench', severity: 'error', from: { path: '^(apps|packages)/' }, to: { path: '^workbench/' } },
    only(
      'only-platform-names-vendors',
      `${server}(?!platform\\.ts|providers\\.ts|voice-vendors\\.ts|node-speech\\.ts|main\\.ts)(?!calls/carriers)`,
      { path: '^packages/providers/' },
      'Providers are composed beside platform.ts alone.',
    ),
    only(
      'foundations-know-no-feature',
      foundations,
      { path: `${server}(${features})/` },
      'Foundations are used by features, never the other way round.',
    ),
    only('identity-knows-no-other-feature', `${server}identity/`, { path: `${server}(?!identity/)(${features})/` }),
    only('middle-features-know-identity-only', `${server}(assistants|knowledge|crm|billing|phone-numbers|integrations)/`, {
      path: `${server}(calls|campaigns|workflows|webhooks)/`,
    }),
    only('calls-know-no-campaigns', `${server}calls/`, { path: `${server}(campaigns|workflows|webhooks)/` }),
    only('webhooks-know-events-only', `${server}webhooks/`, {
      path: `${server}(assistants|knowledge|crm|billing|phone-numbers|integrations|calls|campaigns|workflows)/`,
    }),
    only('features-do-not-know-the-platform', `${server}(http|database|jobs|events|cluster|blobs|${features})/`, {
      path: `${server}(platform|server|main)\\.ts`,
    }),
    only('voice-audio-first', '^packages/voice/src/audio/', { path: '^packages/voice/src/(ports|listening|thinking|speaking|session)/' }),
    only('voice-ports-second', '^packages/voice/src/ports/', { path: '^packages/voice/src/(listening|thinking|speaking|session)/' }),
    only('voice-stages-know-no-session', '^packages/voice/src/(listening|thinking|speaking)/', { path: '^packages/voice/src/session/' }),
    {
      name: 'only-nouns-and-tables-across-features',
      severity: 'error',
      comment: 'The suffix is the visibility: another feature imports only the noun and its table.',
      from: { path: `${server}(${features})/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}(${features})/.*\\.(routes|jobs)\\.ts$`, pathNot: `${server}$1/` },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|/testing/|^workbench/|^examples/|^scripts/' },
      to: { path: '\\.test\\.ts$|/testing/' },
    },
    // Vite's own way to an audio worklet's address.
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '[?]worker&url$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|^workbench/bench/(workload|livekit|ideal)/|/stubs/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
