/** An event of a stream: a live call's, or a campaign's dashboard. */
export interface ServerEvent {
  id: string | null;
  type: string;
  data: unknown;
}

/**
 * The server-sent events of an answer as they come; it ends with the stream.
 * `for await (const event of readEvents(await talkturo.followCall({ callId })))`
 */
export async function* readEvents(answer: Response): AsyncGenerator<ServerEvent> {
  if (!answer.body) return;
  let text = '';
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text = (text + (value ?? '')).replaceAll('\r\n', '\n');
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = parse(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Null for a block without data, such as the comments that keep a connection open. */
function parse(block: string): ServerEvent | null {
  const event = { id: null as string | null, type: 'message', data: '' };
  let data: string | null = null;
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'data') data = data === null ? value : `${data}\n${value}`;
    if (field === 'event') event.type = value;
    if (field === 'id') event.id = value;
  }
  return data === null ? null : { ...event, data: JSON.parse(data) };
}
