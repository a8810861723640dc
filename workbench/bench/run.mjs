// The voice-engine workload against this project's engine, and with --peer against LiveKit Agents in the same run.
//   npm run bench                                   the main suite (about 15 minutes; with --peer about 40)
//   npm run bench -- --suite quick | main | capacity [--peer] [--drivers talkturo,ideal] [--repeats 3] [--rt 1]
//   npm run bench -- --suite capacity --vads energy,silero --modes single,split2 --ladder 60,120,200,300,400,500,600,800
//   npm run bench -- --suite local [--sessions 1,16] [--turns 4]      our local speech models, caller's last word to first sound
//     with --stt deepgram|flux|assemblyai, --llm openai|anthropic|google|deepseek|qwen, --tts cartesia|elevenlabs|elevenlabs-http
//     that stage is the vendor's own adapter against its simulator
//   npm run bench -- --suite warm-start [--calls 20] [--tts …]        an answered call to the greeting's first sound, with each voice vendor
//     with --through server [--carriers telnyx,twilio]: through the whole server, from the answer at the carrier's simulator
//   npm run bench -- --driver talkturo --vad silero --sessions 20 [--mode single|procs|split2] [--replies IIFIIE]
// Prints one JSON line a run (also appended to results/<name>.jsonl) and a table of medians over repeats.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { arg, flag } from './arguments.mjs';
import { waitQuiet } from './machine-load.mjs';
import { installPeer } from './peer.mjs';
import { keyOf, leastDisturbed, passes, table } from './report.mjs';
import { runOnce } from './run-once.mjs';
import { round } from './workload/metrics.mjs';

const alone = arg('driver') || (arg('sessions') && !arg('suite'));
const suite = arg('suite') ?? (alone ? undefined : 'main');
const folder = path.join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
const outFile = path.join(folder, `${arg('name') ?? suite ?? 'run'}.jsonl`);
const keep = (row) => {
  console.log(JSON.stringify(row));
  appendFileSync(outFile, `${JSON.stringify(row)}\n`);
};
const readResults = (file) =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
const rows = [];

const configuration = (driver, vad, sessions, mode = 'single', extra = {}) => {
  const named = path.basename(driver) === 'driver.mjs' ? path.basename(path.dirname(path.resolve(driver))) : driver;
  return {
    name: extra.name ?? named + (vad ? `/${vad}` : ''),
    driver,
    engine: { ...(vad ? { vad } : {}), ...(extra.engine ?? {}) },
    sessions,
    mode,
    ...extra.cfg,
  };
};

/** One run, on a quiet machine if that can be had within --wait seconds. */
async function emit(config, repeat) {
  const many = config.mode === 'procs' || config.mode === 'split2';
  const quiet = await waitQuiet(many ? +arg('wait-procs', 60) : +arg('wait', 60));
  const started = Date.now();
  try {
    const row = { ...(await runOnce(config, repeat)), tookS: round((Date.now() - started) / 1000), waitedQuietS: quiet.waitedS };
    keep(row);
    rows.push(row);
    return row;
  } catch (error) {
    keep({ name: config.name, mode: config.mode, sessions: config.sessions, repeat, error: String(error).slice(0, 800) });
    return null;
  }
}

/** The most calls that pass: climbs until a step fails, then halves the gap down to about 10 %. */
async function capacity(driver, vad, mode, ladder) {
  let lastPass = 0;
  let firstFail = Number.POSITIVE_INFINITY;
  const attempt = async (n) => {
    // Calls start 40 ms apart and only turns count that end while all are up: many calls must be longer ones.
    const row = await emit(configuration(driver, vad, n, mode, { cfg: { replies: n > 350 ? 'IIFIIFIIE' : 'IIIE' } }), 1);
    return row !== null && passes(row);
  };
  for (const n of ladder) {
    if (await attempt(n)) lastPass = n;
    else {
      firstFail = n;
      break;
    }
  }
  while (firstFail < Number.POSITIVE_INFINITY && firstFail - lastPass > Math.max(5, lastPass * 0.1)) {
    const middle = Math.round((lastPass + firstFail) / 10) * 5;
    if (middle <= lastPass || middle >= firstFail) break;
    if (await attempt(middle)) lastPass = middle;
    else firstFail = middle;
  }
  keep({ capacity: { driver, vad, mode, lastPass, firstFail } });
}

/** The detectors an engine brings, and how it is deployed on more than one core. */
const own = (driver) => (driver === 'livekit' ? ['silero', 'silero-native'] : ['silero']);
const spread = (driver) => (driver === 'livekit' ? 'procs' : 'split2');

/** Engines side by side: the same size of one after the other's. */
function mainSuite(drivers) {
  const list = [];
  const each = (make) => {
    for (const driver of drivers) list.push(...make(driver));
  };
  for (const n of [1, 5, 10, 20, 40]) each((driver) => [configuration(driver, 'energy', n)]);
  for (const n of [1, 20, 40]) each((driver) => own(driver).map((vad) => configuration(driver, vad, n)));
  for (const n of [20, 40]) each((driver) => [configuration(driver, own(driver).at(-1), n, spread(driver))]);
  for (const n of [1, 40]) list.push(configuration('ideal', '', n));
  return list;
}

async function single(drivers, repeats) {
  const extra = {
    engine: arg('engine') ? JSON.parse(arg('engine')) : {},
    name: arg('label'),
    cfg: {
      ...(arg('replies') ? { replies: arg('replies') } : {}),
      format: arg('format', 'pcm16k'),
      turn: flag('preemptive') ? { preemptive: true } : {},
      nodeArgs: arg('node-args')?.split(' ') ?? [],
    },
  };
  for (let repeat = 1; repeat <= repeats; repeat++)
    for (const n of arg('sessions', '1').split(',').map(Number))
      for (const vad of arg('vad', 'energy').split(','))
        for (const driver of drivers) await emit(configuration(driver, vad, n, arg('mode', 'single'), extra), repeat);
}

if (flag('peer')) installPeer();
const drivers = (arg('driver') ?? arg('drivers') ?? (flag('peer') ? 'talkturo,livekit' : 'talkturo')).split(',');
const repeats = +arg('repeats', 3);
if (arg('table')) rows.push(...leastDisturbed(readResults(arg('table'))));
else if (suite === 'quick') {
  for (const n of [1, 10]) for (const driver of drivers) await emit(configuration(driver, 'energy', n), 1);
} else if (suite === 'capacity') {
  for (const driver of drivers)
    for (const vad of arg('vads', 'energy').split(','))
      for (const mode of arg('modes', 'single,split2').split(','))
        await capacity(driver, vad, mode, arg('ladder', '60,120,200,300,400,500,600,800').split(',').map(Number));
} else if (suite === 'local') {
  // Our own speech models, in real time: what a caller waits for on a machine without any vendor.
  const { runLocalStack } = await import('./local-stack.ts');
  const vendors = { stt: arg('stt'), llm: arg('llm'), tts: arg('tts') };
  const named = Object.values(vendors).map((vendor) => vendor ?? 'local');
  for (const n of arg('sessions', '1,16').split(',').map(Number)) {
    const quiet = await waitQuiet(+arg('wait', 60));
    const figures = await runLocalStack(n, +arg('turns', 4), vendors);
    keep({ name: `talkturo/${named.join(' + ')}`, ...figures, waitedQuietS: quiet.waitedS });
  }
} else if (suite === 'warm-start' && arg('through') === 'server') {
  const { runServerWarmStart } = await import('./warm-start-server.ts');
  for (const carrier of arg('carriers', 'telnyx,twilio').split(','))
    for (const voice of arg('tts', 'cartesia,elevenlabs').split(',')) {
      const quiet = await waitQuiet(+arg('wait', 60));
      const figures = await runServerWarmStart(carrier, voice, +arg('calls', 20));
      keep({ name: `warm start/${carrier} + ${voice}`, ...figures, waitedQuietS: quiet.waitedS });
    }
} else if (suite === 'warm-start') {
  const { runWarmStart } = await import('./warm-start.ts');
  for (const voice of arg('tts', 'cartesia,elevenlabs,elevenlabs-http').split(','))
    for (const start of ['warm', 'cold']) {
      const quiet = await waitQuiet(+arg('wait', 60));
      keep({ name: `warm start/${voice}`, ...(await runWarmStart(voice, +arg('calls', 20), start)), waitedQuietS: quiet.waitedS });
    }
} else if (suite === 'main') {
  // --resume keeps what an earlier pass already measured undisturbed. Repeats outermost: slow drift hits all alike.
  const earlier = flag('resume') ? leastDisturbed(readResults(outFile)).filter((row) => !row.disturbed) : [];
  const done = new Set(earlier.map(keyOf));
  rows.push(...earlier);
  for (let repeat = 1; repeat <= repeats; repeat++)
    for (const config of mainSuite(drivers)) if (!done.has(keyOf({ ...config, repeat }))) await emit(config, repeat);
} else await single(drivers, repeats);
if (rows.length > 0) console.log(`\n${table(rows)}`);
