import { openNetworkEnd } from '../media-socket/network-end.ts';
import type { Clips } from './clips.ts';
import type { Exchange, LocalCall } from './exchange.ts';
import { type Line, LineEnded, type Message, openLine } from './line.ts';
import type { Behaviour, Notes } from './people/behaviour.ts';
import type { Ticker } from './ticker.ts';

/** What the people of the network do, for a log or a test. */
export type Happening =
  | { type: 'said'; text: string }
  | { type: 'message-left'; message: Message }
  | { type: 'digits'; digits: string }
  | { type: 'failed'; reason: string };

export interface TelephoneOptions {
  exchange: Exchange;
  ticker: Ticker;
  clips: Clips;
  speed: number;
  keepSound: boolean;
  mediaUrl(): string;
  observe(call: LocalCall, happening: Happening): void;
}

/** Adds a token to the address of a media socket. */
export const withToken = (url: string, token: string): string => `${url}${url.includes('?') ? '&' : '?'}token=${token}`;

const NO_NOTES: Notes = { greetingEnded: () => {}, messageLeft: () => {} };

/** Lets a person speak in an answered call: connects the media socket, and hangs up when the person is done. */
export const putOnTheLine = (
  { exchange, ticker, clips, speed, keepSound, mediaUrl, observe }: TelephoneOptions,
  call: LocalCall,
  behave: (line: Line, notes: Notes) => ReturnType<Behaviour>,
  notes: Partial<Notes> = {},
): void => {
  let stop = () => {};
  const fail = (reason: string) => {
    observe(call, { type: 'failed', reason });
    exchange.end(call, 'carrier_error', 'network');
  };

  const live = async () => {
    const opened = openLine({
      end,
      encoding: call.encoding,
      ticker,
      clips,
      speed,
      keepSound,
      onSaid: (text) => observe(call, { type: 'said', text }),
    });
    stop = opened.end;
    try {
      await behave(opened.line, {
        ...NO_NOTES,
        ...notes,
        messageLeft: (message) => observe(call, { type: 'message-left', message }),
      });
      exchange.end(call, 'normal', 'far-end');
    } catch (error) {
      if (!(error instanceof LineEnded)) fail(`The person could not speak: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const end = openNetworkEnd({
    url: mediaUrl(),
    token: exchange.issueToken(call),
    callRef: call.ref,
    from: call.from,
    to: call.to,
    encoding: call.encoding,
    loopback: true,
    onOpen: () => void live(),
    onClosed(why) {
      stop();
      // The server's side closed it: the exchange has been told by the leg, unless the socket never came to be.
      if (exchange.find(call.ref)) fail(`The media socket ${why}.`);
    },
  });
  call.onDigits = (digits) => observe(call, { type: 'digits', digits });
  call.onOver = () => {
    stop();
    end.hangup();
  };
};
