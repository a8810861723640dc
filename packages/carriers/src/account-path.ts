/** A path of a carrier at this server; where one of several accounts at it is meant, that account has its own below. */
export const accountPath = (path: string, account: string | undefined): string => (account === undefined ? path : `${path}/${account}`);
