import type { TelnyxSimulator, TwilioSimulator } from '@talkturo/carriers/testing';

/** The settings by which a server has its own account at a simulated carrier. */
export const settingsFor = {
  twilio: ({ accountSid, authToken, url }: TwilioSimulator) => ({
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_URL: url,
    TWILIO_PRICING_URL: url,
  }),
  telnyx: ({ apiKey, url, post, connectionId }: TelnyxSimulator) => ({
    TELNYX_API_KEY: apiKey,
    TELNYX_API_URL: url,
    TELNYX_PUBLIC_KEY: post.publicKey,
    TELNYX_CONNECTION_ID: connectionId,
  }),
};
