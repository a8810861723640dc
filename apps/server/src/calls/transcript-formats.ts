import type { CallMessage } from '@talkturo/contract';

const two = (value: number): string => String(value).padStart(2, '0');

/** `mm:ss`, or `h:mm:ss` from an hour on. */
function shortTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole < 3600 ? rest : `${Math.floor(whole / 3600)}:${rest}`;
}

/** WebVTT's `hh:mm:ss.ttt`. */
function cueTime(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const whole = Math.floor(ms / 1000);
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

const nameOf = (message: CallMessage): string => (message.speaker === 'caller' ? 'Caller' : 'Assistant');
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Plain text, a line a turn. */
export const transcriptText = (messages: readonly CallMessage[]): string =>
  messages
    .map(
      (message) => `[${shortTime(message.start_seconds)}] ${nameOf(message)}: ${oneLine(message.text)}${message.interrupted ? ' —' : ''}\n`,
    )
    .join('');

/** WebVTT (https://www.w3.org/TR/webvtt1/): a cue a turn, the speaker as its voice. `&`, `<` and `>` are escaped as its text wants. */
export function transcriptVtt(messages: readonly CallMessage[]): string {
  const cues = messages.map((message) => {
    const text = oneLine(message.text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    // A cue must end after it began.
    const end = Math.max(message.end_seconds, message.start_seconds + 0.001);
    return `${message.index + 1}\n${cueTime(message.start_seconds)} --> ${cueTime(end)}\n<v ${nameOf(message)}>${text}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}
