/** A page of a list that goes on to the next ones when it is iterated: `for await (const contact of talkturo.listContacts({ teamId }))`. */
export interface Listing<Page, Item> extends Promise<Page>, AsyncIterable<Item> {}

interface Paged {
  count: number;
  limit: number;
  offset: number;
}

/**
 * @param fetchPage asks for the page at an offset; the first without one, as the caller put it
 * @param items the field of a page with its items
 */
export function createListing<Page, Item>(fetchPage: (offset?: number) => Promise<Page>, items: string): Listing<Page, Item> {
  const first = fetchPage();
  return Object.assign(first, {
    async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
      // Lists are newest first: what is added meanwhile pushes items onto the next page, where they are known again.
      let seen = new Set<unknown>();
      for (let page = await first; ; ) {
        const { [items]: list, count, offset } = page as unknown as Paged & Record<string, Item[]>;
        const current = list ?? [];
        yield* current.filter((item) => !seen.has(idOf(item)));
        seen = new Set(current.map(idOf));
        if (current.length === 0 || offset + current.length >= count) return;
        page = await fetchPage(offset + current.length);
      }
    },
  });
}

const idOf = (item: unknown): unknown => (item as { id?: unknown }).id ?? item;
