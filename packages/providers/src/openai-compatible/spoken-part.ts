/** Takes the thoughts out that some local models write before their answer: `<think> … </think>`. */
export interface SpokenPart {
  /** What of the text so far is for the caller's ears. */
  push(text: string): string;
  /** What was held back, at the end. */
  rest(): string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/** Only thoughts at the very beginning count: later the mark is text like any other. */
export function createSpokenPart(): SpokenPart {
  let state: 'beginning' | 'thinking' | 'speaking' = 'beginning';
  let held = '';

  function push(text: string): string {
    if (state === 'speaking') return text;
    held += text;
    if (state === 'beginning') {
      const start = held.trimStart();
      if (start.startsWith(OPEN)) state = 'thinking';
      else if (OPEN.startsWith(start)) return '';
      else return speak(held);
    }
    const end = held.indexOf(CLOSE);
    if (end >= 0) return speak(held.slice(end + CLOSE.length).trimStart());
    // Enough to find the closing mark when it is split over two pieces.
    held = OPEN + held.slice(OPEN.length).slice(-CLOSE.length);
    return '';
  }

  function speak(text: string): string {
    // White space before the first word would be a piece without words.
    if (text === '') {
      state = 'beginning';
      held = '';
      return '';
    }
    state = 'speaking';
    held = '';
    return text;
  }

  return { push, rest: () => (state === 'beginning' ? held : '') };
}
