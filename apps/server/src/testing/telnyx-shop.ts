import { type SimulatedCallState, startTelnyxSimulator } from '@talkturo/carriers/testing';
import { settingsFor } from './carrier-settings.ts';
import { startFlowerShop } from './flower-shop.ts';
import { startTunnel } from './tunnel.ts';

/** A flower shop whose calls go over a simulated Telnyx. */
export async function startTelnyxShop(settings: Record<string, string> = {}, ours = '+14155550101') {
  const tunnel = await startTunnel();
  const telnyx = await startTelnyxSimulator({ webhookUrl: () => `${tunnel.url}/webhooks/telnyx` });
  telnyx.numbers.stock(ours);
  const shop = await startFlowerShop({
    tunnel,
    settings: {
      ...settingsFor.telnyx(telnyx),
      ...settings,
    },
    ours,
  });
  return {
    ...shop,
    telnyx,
    talk: (line: SimulatedCallState, callId: string) => shop.talk(line, callId, () => telnyx.calls.hangUp(line.ref)),
    async close() {
      await shop.close();
      await telnyx.close();
      await tunnel.close();
    },
  };
}
