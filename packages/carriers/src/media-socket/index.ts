export { type MediaCounts, type MediaLegOptions, openMediaLeg } from './media-leg.ts';
export { type Encoding, MAX_MESSAGE_BYTES, TOKEN_HEADER } from './media-message.ts';
export { serveMedia } from './media-server.ts';
export { type NetworkEnd, type NetworkEndOptions, openNetworkEnd } from './network-end.ts';
