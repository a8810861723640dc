// LiveKit Agents for comparison, in a folder of its own: it is no dependency of the project.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Installs the peer where it is missing. Throws when npm refuses. */
export function installPeer() {
  const cwd = path.join(import.meta.dirname, 'livekit');
  if (existsSync(path.join(cwd, 'node_modules/@livekit/agents'))) return;
  console.log('Installing LiveKit Agents for comparison …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (status !== 0) throw new Error('LiveKit Agents could not be installed; without --peer the bench runs alone.');
}
