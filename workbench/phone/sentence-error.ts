/** Something the person at the terminal can put right. The message is one sentence for them; no stack is shown. */
export class SentenceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SentenceError';
  }
}

/** Runs a program of the workbench: what it throws as a sentence is printed as one, anything else is a bug and keeps its stack. */
export const runProgram = async (main: () => Promise<void>): Promise<void> => {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SentenceError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
