export interface Question {
  text: string;
  /** What the button that does it says. */
  action: string;
  danger: boolean;
  answer: (sure: boolean) => void;
}

let ask: ((question: Question) => void) | null = null;
/** Asked before the dialog was loaded, which is after the first page. */
let waiting: Question | null = null;

/** Who shows the questions from now on. */
export function answerWith(shown: (question: Question) => void): void {
  ask = shown;
  if (waiting) shown(waiting);
  waiting = null;
}

/** Asks before something that cannot be taken back; true when the person is sure. */
export function sure(text: string, action: string, danger = true): Promise<boolean> {
  return new Promise((answer) => {
    const question = { text, action, danger, answer };
    if (ask) return ask(question);
    waiting?.answer(false);
    waiting = question;
  });
}
