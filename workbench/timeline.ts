import { apiFromEnvironment } from './phone/api.ts';
import { runProgram, SentenceError } from './phone/sentence-error.ts';
import { type CallDetail, timelineOf } from './phone/timeline.ts';

await runProgram(async () => {
  const [callId, ...rest] = process.argv.slice(2);
  if (!callId || callId.startsWith('-') || rest.length > 0) throw new SentenceError('Usage: npm run timeline -- <call id>');
  const { call } = await apiFromEnvironment(process.env).get<{ call: CallDetail }>(`/api/calls/${encodeURIComponent(callId)}`);
  console.log(timelineOf(call));
});
