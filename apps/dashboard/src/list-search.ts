/** What the address of a list may hold: texts by these names, and how many rows are skipped. The rest is dropped. */
export const listSearch =
  <Name extends string = never>(...names: readonly Name[]) =>
  (search: Record<string, unknown>): { [K in Name]?: string } & { offset?: number } => ({
    ...(Object.fromEntries(names.flatMap((name) => (typeof search[name] === 'string' && search[name] ? [[name, search[name]]] : []))) as {
      [K in Name]?: string;
    }),
    ...(Number(search.offset) > 0 ? { offset: Number(search.offset) } : {}),
  });
