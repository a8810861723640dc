/** The name of the draft of a form: of a stored record for its version alone, so that newer facts are never covered. */
export const draftName = (slug: string, kind: string, stored: { id: string; updated_at: string } | null): string =>
  `${slug}.${kind}.${stored ? `${stored.id}.${stored.updated_at}` : 'new'}`;
