import { chatWithAssistant, streamAssistantChat } from '@talkturo/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../http/app-error.ts';
import { serve } from '../http/serve.ts';
import type { TextChat } from './text-chat.ts';

/** A reader who has left needs no reply. */
function untilClosed({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.on('close', () => gone.abort());
  return gone.signal;
}

export function textChatRoutes(app: FastifyInstance, { textChat }: { textChat: TextChat }): void {
  const nobody = { text: () => {}, tool: () => {} };

  serve(app, chatWithAssistant, async ({ caller, params, body, reply }) => {
    const request = { ...body, accountId: caller.accountId, assistantId: params.assistantId };
    return { reply: await textChat(request, nobody, untilClosed(reply)) };
  });

  serve(app, streamAssistantChat, async ({ caller, params, body, reply }) => {
    const { raw } = reply;
    let open = false;
    const send = (type: string, data: unknown) => {
      if (!open) {
        open = true;
        reply.hijack();
        raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'x-accel-buffering': 'no',
          connection: 'close',
          ...(reply.getHeaders() as Record<string, string>),
        });
      }
      raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const request = { ...body, accountId: caller.accountId, assistantId: params.assistantId };
    try {
      const whole = await textChat(
        request,
        {
          text: (text) => send('text', { text }),
          tool: ({ name, ok, durationMs }) => send('tool', { name, ok, duration_ms: durationMs }),
        },
        untilClosed(reply),
      );
      send('reply', whole);
    } catch (error) {
      // What is refused before the first word is an answer like any other.
      if (!open) throw error;
      send('error', { error: error instanceof AppError ? error.message : 'Something went wrong on our side. Please try again.' });
    }
    raw.end();
    return reply;
  });
}
