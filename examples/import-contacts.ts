// Imports a CSV file of contacts and tells what became of each row.
//   TALKTURO_API_KEY=tk_… node examples/import-contacts.ts team_… contacts.csv
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createTalkturo, type Talkturo } from '@talkturo/client';

export async function importFile(talkturo: Talkturo, teamId: string, file: string, say: (line: string) => void): Promise<void> {
  const told = await talkturo.importContactsFile({ teamId }, await readFile(file, 'utf8'));
  say(`${told.imported} new, ${told.updated} known (${told.unchanged} of them unchanged), ${told.failed} left out`);
  for (const { row, path, message } of told.errors) say(`row ${row}: ${path} ${message}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , teamId = '', file = ''] = process.argv;
  const talkturo = createTalkturo({
    baseUrl: process.env.TALKTURO_URL ?? 'http://localhost:3000',
    apiKey: process.env.TALKTURO_API_KEY ?? '',
  });
  await importFile(talkturo, teamId, file, console.log);
}
