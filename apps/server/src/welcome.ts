import type { Platform } from './platform.ts';

export interface Welcome {
  platform: Platform;
  /** Where people reach this server. */
  address: string;
  /** What was made on a first start, to be shown once. */
  first: { slug: string; email: string; password: string | null; apiKey: string | null } | null;
  /** Where the database lies. */
  databaseAt: string;
}

/** Tells the operator what runs where, and on a first start the secrets that are never shown again. */
export function printWelcome({ platform, address, first, databaseAt }: Welcome): void {
  const { config } = platform;
  const lines = [
    '',
    `Talkturo is ready on ${address}`,
    `  dashboard      ${address}`,
    `  API reference  ${address}/docs`,
    `  data           ${config.dataDir}`,
    `  database       ${databaseAt}`,
  ];
  if (first) {
    lines.push('', `First start: workspace '${first.slug}' was made. These are shown only now:`);
    lines.push(`  sign in        ${first.email}${first.password ? `  password ${first.password}` : ''}`);
    if (first.apiKey) lines.push(`  API key        ${first.apiKey}`);
  }
  console.log(`${lines.join('\n')}\n`);
}
