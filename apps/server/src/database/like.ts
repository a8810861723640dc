/** A pattern for LIKE that finds the text anywhere, with the wildcards in it taken literally. */
export const likePart = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
