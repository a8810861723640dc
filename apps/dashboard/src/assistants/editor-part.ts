import type { Assistant } from './assistants.queries.ts';

/** What a tab gets: the assistant as edited, a setter for some of its fields, and what the server found wrong. */
export interface EditorPart {
  draft: Assistant;
  change: (fields: Partial<Assistant>) => void;
  errorOf: (field: keyof Assistant) => string | undefined;
}
