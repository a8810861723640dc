import { type Carrier, CarrierError, type CarrierId } from './carrier.ts';

/** Stands where a carrier is not set up for calls: every command rejects with a sentence that says what is missing. */
export function createUnreadyCarrier(id: CarrierId, mediaPath: string, sentence: string): Carrier {
  const refuse = async () => {
    throw new CarrierError(id, 'auth', sentence);
  };
  return {
    id,
    media: { path: mediaPath, allows: () => false, accept: (socket) => socket.terminate() },
    dial: refuse,
    answer: refuse,
    reject: refuse,
    hangup: refuse,
    close: async () => {},
  };
}
