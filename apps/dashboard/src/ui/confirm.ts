export interface Question {
  text: string;
  /** What the button that does it says. */
  action: string;
  danger: boolean;
  answer: (sure: boolean) => void;
}

let ask: ((question: Question) => void) | null = null;

/** Who shows the questions from now on. */
export function answerWith(shown: (question: Question) => void): void {
  ask = shown;
}

/** Asks before something that cannot be taken back; true when the person is sure. */
export function sure(text: string, action: string, danger = true): Promise<boolean> {
  return new Promise((answer) => {
    if (ask) ask({ text, action, danger, answer });
    else answer(confirm(text));
  });
}
