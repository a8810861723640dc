import { apiFromEnvironment } from './phone/api.ts';
import { runProgram } from './phone/sentence-error.ts';
import { talk } from './phone/talk.ts';
import { talkOptions } from './phone/talk-options.ts';

/** npm runs scripts in the project; file names are meant from where the person stands. */
const home = process.env.INIT_CWD ?? process.cwd();

await runProgram(async () => {
  const options = talkOptions(process.argv.slice(2), process.env, home);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  await talk(options, apiFromEnvironment(process.env), console.log, interrupt.signal);
});
