import type { CallLogEvent } from '@talkturo/contract';

const seconds = (value: number) => `${value.toFixed(1).padStart(6)} s`;
const margin = ' '.repeat(20);
const later = (from: number, to: unknown) => (typeof to === 'number' ? `+${((to - from) / 1000).toFixed(2)}` : 'never');

const MARKS: readonly [field: string, words: string][] = [
  ['turn_decided', 'turn decided'],
  ['first_token', 'first token'],
  ['first_sentence', 'first sentence'],
  ['first_audio', 'first audio'],
  ['first_sound_out', 'first sound out'],
];

/** One line, or none, for something that happened in a call. */
export const lineFor = ({ type, at_seconds: at, data }: CallLogEvent): string | null => {
  const head = (who: string) => `${at === null ? ' '.repeat(8) : seconds(at)}  ${who.padEnd(9)} `;
  switch (type) {
    case 'turn': {
      const start = typeof data.start_seconds === 'number' ? seconds(data.start_seconds) : seconds(at ?? 0);
      return `${start}  ${String(data.speaker).padEnd(9)} ${String(data.text)}${data.interrupted ? ' —' : ''}`;
    }
    case 'latency': {
      const stopped = Number(data.caller_stopped);
      const steps = MARKS.filter(([field]) => field in data).map(([field, words]) => `${words} ${later(stopped, data[field])}`);
      return `${margin}after the caller’s last sound: ${steps.join(', ')} s`;
    }
    case 'barge_in':
      return `${head('')}the caller interrupts`;
    case 'nudge':
      return `${head('')}silence: the assistant asks whether anybody is there`;
    case 'fallback':
      return `${head('')}${String(data.stage)} falls back from ${String(data.from)} to ${String(data.to)}`;
    case 'stage_failed':
      return `${head('')}${String(data.stage)} ${String(data.provider)} failed: ${String(data.message)}`;
    case 'tool':
      return `${head('')}tool ${String(data.name)} ${data.ok ? 'ran' : 'failed'} in ${Math.round(Number(data.duration_ms))} ms`;
    case 'ended':
      return `${head('')}over: ${String(data.reason).replaceAll('_', ' ')}`;
    default:
      return null;
  }
};
