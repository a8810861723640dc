/**
 * The reason of every abort the engine makes. One value for all: an abort without a reason builds a new DOMException with
 * its stack each time, which shows at hundreds of calls.
 */
export const ABORTED = new DOMException('The turn is over.', 'AbortError');
