import type { webhooksEn } from './webhooks.en.ts';

export const webhooksDe: typeof webhooksEn = {
  webhooks: {
    aboutAssistant:
      'Was in den Anrufen dieses Assistenten geschieht, wird dorthin gesendet. Die des ganzen Arbeitsbereichs stehen in den Einstellungen.',
    eventsHint: 'Nichts angekreuzt: alle.',
    title: 'Webhooks',
    about: 'Sagt Ihren Programmen, was in Anrufen und Kampagnen geschieht.',
    new: 'Neuer Webhook',
    empty: 'Noch keine Webhooks',
    url: 'Adresse',
    events: 'Ereignisse',
    on: 'An',
    failing: 'Schlägt fehl',
    enable: 'Einschalten',
    test: 'Testereignis senden',
    tested: 'Zugestellt: der Empfänger antwortete {{status}}.',
    deleteSure: 'Diesen Webhook mit seinem Zustellprotokoll löschen?',
    publicKey: 'Öffentlicher Schlüssel',
    publicKeyAbout: 'Ed25519, base64. Prüft den Header Telnyx-Signature-Ed25519 über den rohen Inhalt.',
    secretOnce: 'Bewahren Sie dieses Geheimnis auf: es wird nicht nochmal gezeigt. Es prüft die Standard-Webhooks-Signatur.',
    deliveries: 'Zustellungen',
    deliveriesAbout: 'Was gesendet wurde und was der Empfänger antwortete, 30 Tage lang.',
    noDeliveries: 'Noch nichts gesendet',
    type: 'Ereignis',
    answer: 'Antwort',
    attempts: 'Versuche',
    resend: 'Nochmal senden',
  },
};
