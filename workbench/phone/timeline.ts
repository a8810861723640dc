import type { AnswerOf, CallMessage, getCall } from '@talkturo/contract';

export type CallDetail = AnswerOf<typeof getCall>['call'];
type TurnLatency = CallDetail['latency']['turns'][number];

const COLUMNS = 40;

const MARKS: readonly [name: string, words: string][] = [
  ['caller_stopped', 'caller stopped'],
  ['turn_decided', 'turn decided'],
  ['first_token', 'first token'],
  ['first_sentence', 'first sentence'],
  ['first_audio', 'first audio'],
  ['first_sound_out', 'first sound out'],
];

const seconds = (value: number) => value.toFixed(2).padStart(7);
const milliseconds = (value: number | null) => (value === null ? '—' : `${Math.round(value)} ms`);

const bar = ({ start_seconds: start, end_seconds: end }: CallMessage, total: number): string => {
  const from = Math.min(COLUMNS - 1, Math.floor((start / total) * COLUMNS));
  const to = Math.max(from + 1, Math.min(COLUMNS, Math.ceil((end / total) * COLUMNS)));
  return ' '.repeat(from) + '█'.repeat(to - from) + ' '.repeat(COLUMNS - to);
};

/** The six marks of a turn, each with its distance from the one before that was reached. */
const marksOf = ({ marks }: TurnLatency): string[] => {
  let before: number | null = null;
  return MARKS.map(([name, words]) => {
    const at = marks[name] ?? null;
    if (at === null) return `      —          ${words}`;
    const step = before === null ? '' : `+${Math.round(at - before)} ms`;
    before = at;
    return `${seconds(at / 1000)} ${step.padStart(9)}  ${words}`;
  });
};

const heading = (call: CallDetail): string[] => {
  const people = [call.from_number ?? 'unknown', call.to_number ?? call.assistant_id ?? 'unknown'].join(' → ');
  const length = call.duration_seconds === null ? call.status : `${call.duration_seconds.toFixed(1)} s`;
  const end = (call.ended_reason ?? 'not over').replaceAll('_', ' ');
  return [`${call.id}   ${call.direction}, ${people}, ${length}, ${end}`, ...(call.error === null ? [] : [call.error]), ''];
};

/** A call as text: who spoke when, and the six marks of every answer. */
export const timelineOf = (call: CallDetail): string => {
  const total = Math.max(0.001, call.duration_seconds ?? 0, ...call.messages.map(({ end_seconds: end }) => end));
  const latencies = new Map(call.latency.turns.map((turn) => [turn.turn, turn]));
  const lines = heading(call);
  if (call.messages.length === 0) lines.push('Nothing was said.');
  for (const message of call.messages) {
    const { index, speaker, text, interrupted, start_seconds: start, end_seconds: end } = message;
    const latency = latencies.get(index);
    if (latency) lines.push(...marksOf(latency).map((line) => `        ${line}`));
    lines.push(
      `${seconds(start)}–${end.toFixed(2).padEnd(7)} ${speaker.padEnd(9)} ${bar(message, total)} ${text}${interrupted ? ' —' : ''}`,
    );
  }
  const { p50, p95 } = call.latency;
  if (p50.voice_to_voice_ms !== null) {
    const both = `${milliseconds(p50.voice_to_voice_ms)}, p95 ${milliseconds(p95.voice_to_voice_ms)}`;
    lines.push('', `From the caller’s last sound to the first sound sent: p50 ${both}`);
  }
  return lines.join('\n');
};
