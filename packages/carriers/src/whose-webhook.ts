const hostOf = (address: string | null | undefined): string | null => URL.parse(address ?? '')?.host ?? null;

/** Whether an address leads to another host than ours: another installation is reached there. What is no address leads nowhere. */
export function leadsElsewhere(address: string | null | undefined, ours: string): boolean {
  const host = hostOf(address);
  return host !== null && host !== hostOf(ours);
}

/** Whether an address is the webhook of a single account of an installation, below the one of its server. @param path of the server's */
export const isOfAnAccount = (address: string | null | undefined, path: string): boolean =>
  URL.parse(address ?? '')?.pathname.includes(`${path}/`) ?? false;

/** What a set-up may take that may be somebody else's. */
export interface Claims {
  /** `isOurs` is told by the records of this installation: those of another one on the same account are not among them. Left out: by the form of the reference. */
  recorded?: boolean;
  /** What leads to another host is to lead here from now on. */
  takeOver?: boolean;
}
