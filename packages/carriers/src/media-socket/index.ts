export type { Encoding, MediaFraming } from './media-framing.ts';
export { type MediaCounts, type MediaLegOptions, type MediaSocket, openMediaLeg } from './media-leg.ts';
export { MAX_MESSAGE_BYTES, TOKEN_HEADER, telnyxFraming } from './media-message.ts';
export { serveMedia } from './media-server.ts';
export { type NetworkEnd, type NetworkEndOptions, openNetworkEnd } from './network-end.ts';
