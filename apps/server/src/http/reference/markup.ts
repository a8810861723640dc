/** Text that stands in HTML as it is. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Paragraphs, lists of `- ` lines and `code`: all the Markdown descriptions use. */
export function markup(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((block) => (block.startsWith('- ') ? listOf(block) : `<p>${inline(block)}</p>`))
    .join('\n');
}

const listOf = (block: string): string =>
  `<ul>${block
    .split(/\n(?=- )/)
    .map((line) => `<li>${inline(line.slice(2))}</li>`)
    .join('')}</ul>`;

/** `code` within a line. */
export const inline = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** JSON with its strings, numbers and words told apart. */
export function colouredJson(value: unknown): string {
  const text = escaped(JSON.stringify(value, null, 2));
  return text.replace(
    /(&quot;(?:\\.|(?!&quot;).)*&quot;)(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?)/g,
    (_all, string?: string, colon?: string, word?: string, number?: string) => {
      if (string) return colon ? `<span class="key">${string}</span>${colon}` : `<span class="string">${string}</span>`;
      return `<span class="word">${word ?? number}</span>`;
    },
  );
}
