// Marks everybody on a list of numbers as not to be called, whatever campaign they are in.
//   TALKTURO_API_KEY=tk_… node examples/do-not-call.ts numbers.txt
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createTalkturo, type Talkturo } from '@talkturo/client';

/** @returns how many contacts were marked */
export async function honourOptOuts(talkturo: Talkturo, numbers: readonly string[]): Promise<number> {
  let marked = 0;
  for (const number of numbers) {
    for await (const contact of talkturo.listContacts({ search: number, doNotCall: false })) {
      await talkturo.updateContact({ contactId: contact.id, doNotCall: true });
      marked++;
    }
  }
  return marked;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lines = (await readFile(process.argv[2] ?? '', 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const talkturo = createTalkturo({
    baseUrl: process.env.TALKTURO_URL ?? 'http://localhost:3000',
    apiKey: process.env.TALKTURO_API_KEY ?? '',
  });
  console.log(`${await honourOptOuts(talkturo, lines)} contacts marked.`);
}
