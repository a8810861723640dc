/** Codecs of telephone lines: G.711 µ-law and A-law, 8 kHz, mono. */
export type Encoding = 'PCMU' | 'PCMA';
/** Codecs we speak on a media socket, each direction its own. G.722 carries 16 kHz; L16 is plain PCM16 at 16 kHz. */
export type MediaEncoding = Encoding | 'G722' | 'L16';

/** What a network says on a media socket, whatever its words are. */
export type MediaMessage<Start> =
  /** `encoding` is null for a codec we do not speak. */
  | { event: 'start'; streamId: string; encoding: MediaEncoding | null; start: Start }
  | { event: 'media'; track?: string | undefined; chunk?: string | undefined; payload: string }
  | { event: 'dtmf'; digit: string }
  | { event: 'stop' }
  /** The sound sent before this mark has been played, or dropped. */
  | { event: 'mark'; name: string }
  /** It could not take something of ours. */
  | { event: 'error'; title: string }
  /** Of the framing, and nothing to us. */
  | { event: 'other' };

/** What the other side is told about a frame that cannot be taken. */
export type FrameErrorTitle = 'malformed_frame' | 'invalid_media' | 'rate_limit_reached';

/**
 * The words of a vendor's media socket. All of them speak JSON text messages whose `media` carries base64 sound; they name the rest
 * differently. `Start` is what the vendor's start message says.
 */
export interface MediaFraming<Start> {
  /** Null for what is no message of the framing. */
  parse(message: Buffer): MediaMessage<Start> | null;
  /** What stands around the base64 of the app's sound. */
  sound(streamId: string): readonly [head: string, tail: string];
  /** Drops what was not played yet. */
  clear(streamId: string): string;
  /** Asks to be told when everything sent before has been played. */
  mark(streamId: string, name: string): string;
  /** Tells the other side of a frame that cannot be taken; left out where the framing has no words for it. */
  error?(streamId: string, title: FrameErrorTitle, detail: string): string;
}
