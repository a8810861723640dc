import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createTalkturo, type Talkturo } from '@talkturo/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../apps/server/src/testing/test-server.ts';
import { createReachableAssistant } from './create-assistant.ts';
import { honourOptOuts } from './do-not-call.ts';
import { importFile } from './import-contacts.ts';

let server: TestServer;
let tenant: TestTenant;
let talkturo: Talkturo;
const folder = mkdtempSync(path.join(os.tmpdir(), 'talkturo-examples-'));
beforeAll(async () => {
  server = await createTestServer();
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  tenant = await server.tenant();
  const { port } = server.app.server.address() as { port: number };
  talkturo = createTalkturo({ baseUrl: `http://127.0.0.1:${port}`, apiKey: tenant.key });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test('an assistant is created and can be reached on a number of its own', async () => {
  const number = await createReachableAssistant(talkturo, tenant.slug, tenant.teamId);
  expect(number).toMatch(/^\+1415\d{7}$/);
  const { numbers } = await talkturo.listPhoneNumbers({ teamId: tenant.teamId });
  expect(numbers).toMatchObject([{ phone_number: number, assistant_name: 'Front desk' }]);
});

test('a file of contacts is imported, its bad rows told; then opt-outs are honoured', async () => {
  const file = path.join(folder, 'contacts.csv');
  writeFileSync(file, 'Vorname;Nachname;Telefon;Firma\nAda;Lovelace;+14155550101;Acme\nGrace;Hopper;12;Acme\n');
  const said: string[] = [];
  await importFile(talkturo, tenant.teamId, file, (line) => said.push(line));
  expect(said[0]).toBe('1 new, 0 known (0 of them unchanged), 1 left out');
  expect(said[1]).toContain('row 3: phone is not a phone number');
  expect(await honourOptOuts(talkturo, ['(415) 555-0101', '+49 30 1'])).toBe(1);
  expect((await talkturo.listContacts({ doNotCall: true })).contacts).toMatchObject([{ first_name: 'Ada' }]);
});
