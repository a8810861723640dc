/** What a simulated realtime model answers: a text, a call of a tool, or a text of which the sound stops after so many pieces of 100 ms. */
export type RealtimeAnswer = string | { call: { name: string; input: unknown }; text?: string } | { stopsAfter: number; text: string };

/** The answers of a simulated realtime model over all its sessions; the last one is repeated. */
export interface RealtimeScript {
  answers(...answers: RealtimeAnswer[]): void;
  next(): Exclude<RealtimeAnswer, string> | { text: string };
}

export function createRealtimeScript(): RealtimeScript {
  const script: RealtimeAnswer[] = [];
  return {
    answers: (...answers) => void script.push(...answers),
    next() {
      const answer = (script.length > 1 ? script.shift() : script[0]) ?? 'I see.';
      return typeof answer === 'string' ? { text: answer } : answer;
    },
  };
}

/** The text that a request to say something exactly is about. */
export const exactText = (instructions: string): string => instructions.split('\n').slice(1).join('\n');
