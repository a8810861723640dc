// `npm run build:packages [-- <folder>]`: the packages that others install, as JavaScript with type declarations, each in a folder that
// `npm publish` takes as it is. Within this repository they are used from their sources.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
/** In the order in which they stand on each other. */
const PUBLISHED = ['contract', 'client', 'web-call'].filter((name) => existsSync(path.join(root, 'packages', name)));

const target = path.resolve(process.argv[2] ?? path.join(root, 'dist/packages'));
rmSync(target, { recursive: true, force: true });
for (const name of PUBLISHED) build(name);
console.log(`${PUBLISHED.join(', ')}: ${target}`);

function build(name) {
  const from = path.join(root, 'packages', name);
  const to = path.join(target, name);
  mkdirSync(to, { recursive: true });
  const config = path.join(to, 'tsconfig.json');
  writeFileSync(config, JSON.stringify(settings(from, to)));
  const compiler = path.join(root, 'node_modules/typescript-checker/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', config], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  rmSync(config);
  for (const file of ['README.md']) if (existsSync(path.join(from, file))) cpSync(path.join(from, file), path.join(to, file));
  cpSync(path.join(root, 'LICENSE'), path.join(to, 'LICENSE'));
  const { private: _, exports, ...rest } = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8'));
  writeFileSync(path.join(to, 'package.json'), `${JSON.stringify({ ...rest, exports: published(exports) }, null, 2)}\n`);
}

function settings(from, to) {
  return {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      rootDir: path.join(from, 'src'),
      outDir: to,
      lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
      types: [],
      // Packages of ours are taken as they will be published.
      paths: Object.fromEntries(readdirSync(target).map((name) => [`@talkturo/${name}`, [path.join(target, name, 'index.d.ts')]])),
    },
    include: [path.join(from, 'src')],
    exclude: [path.join(from, 'src/**/*.test.ts'), path.join(from, 'src/testing/**')],
  };
}

/** `./src/x.ts` → `./x.js` with its declarations. */
function published(exports) {
  if (typeof exports !== 'string') return Object.fromEntries(Object.entries(exports).map(([name, file]) => [name, published(file)]));
  const file = exports.replace('./src/', './');
  return { types: file.replace(/\.ts$/, '.d.ts'), default: file.replace(/\.ts$/, '.js') };
}
