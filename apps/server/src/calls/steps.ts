import type { Logger } from 'pino';

const RETRY_MS = 1_000;
const MOST_TRIES = 60;

/** Things written down one after the other. */
export interface Steps {
  /** Runs after all earlier ones. Resolves when it is done, or was given up; never rejects. */
  run(step: () => Promise<unknown>): Promise<void>;
}

/**
 * Keeps the steps of one call's record in order. A step that fails (the database is away) is tried again for a minute:
 * the call goes on meanwhile, and its record catches up.
 */
export function createSteps(logger: Logger, waitMs = RETRY_MS): Steps {
  let last: Promise<void> = Promise.resolve();

  async function insist(step: () => Promise<unknown>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await step();
        return;
      } catch (error) {
        const givenUp = tries === MOST_TRIES;
        logger.error({ err: error, tries }, givenUp ? 'a step of a call could not be stored' : 'a step of a call is not stored yet');
        if (givenUp) return;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  return {
    run(step) {
      last = last.then(() => insist(step));
      return last;
    },
  };
}
