export type { Api, EndpointName, InputOf } from './api-types.ts';
export { type CsvFile, createTalkturo, type Talkturo } from './client.ts';
export type { Listing } from './listing.ts';
export { readEvents, type ServerEvent } from './server-events.ts';
export { TalkturoError } from './talkturo-error.ts';
export { type ClientSettings, createTransport, type Outgoing, type RequestOptions, type Transport } from './transport.ts';
