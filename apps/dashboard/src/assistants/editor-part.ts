import type { EditedAssistant } from './assistants.queries.ts';

/** What a tab gets: the assistant as edited, a setter for some of its fields, and what the server found wrong. */
export interface EditorPart {
  draft: EditedAssistant;
  change: (fields: Partial<EditedAssistant>) => void;
  errorOf: (field: keyof EditedAssistant | `${keyof EditedAssistant}.${string}`) => string | undefined;
}
