import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
/** A project of a stranger who has installed our packages. */
let project: string;
beforeAll(() => {
  project = mkdtempSync(path.join(os.tmpdir(), 'talkturo-packages-'));
  const modules = path.join(project, 'node_modules');
  mkdirSync(modules);
  expect(run(process.execPath, path.join(root, 'scripts/build-packages.mjs'), path.join(modules, '@talkturo'))).toEqual({ status: 0 });
  symlinkSync(path.join(root, 'node_modules/zod'), path.join(modules, 'zod'));
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ type: 'module' }));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(program: string, ...args: string[]): { status: number | null; said?: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, encoding: 'utf8' });
  return status === 0 ? { status } : { status, said: stdout + stderr };
}

test('the client runs as installed, and its types tell right from wrong', () => {
  const file = path.join(project, 'program.ts');
  writeFileSync(
    file,
    `import { createTalkturo, TalkturoError } from '@talkturo/client';
     const answers = (async () => new Response('{"success":false,"error":"Unauthorized"}', { status: 401 })) as typeof fetch;
     const talkturo = createTalkturo({ baseUrl: 'http://localhost:1', apiKey: 'tk_test_0123456789abcdef', fetch: answers });
     try {
       const { assistant } = await talkturo.getAssistant({ assistantId: 'asst_1' });
       const name: string = assistant.name;
       throw new Error(name);
     } catch (error) {
       if (!(error instanceof TalkturoError) || error.status !== 401) throw error;
     }
     // @ts-expect-error an assistant needs a name
     void (() => talkturo.createAssistant({ accountSlug: 'x' }));`,
  );
  expect(run(process.execPath, file)).toEqual({ status: 0 });
  const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,dom,dom.iterable'];
  const compiler = path.join(root, 'node_modules/typescript-checker/bin/tsc');
  expect(run(process.execPath, compiler, ...strict, '--types', '', file)).toEqual({ status: 0 });
});
