/** Webhooks. */
export const WEBHOOKS = {
  Webhooks: 'Webhooks',
  'Events sent to your own servers, signed and retried.': 'Ereignisse an Ihre eigenen Server, signiert und wiederholt.',
  'List webhooks': 'Webhooks auflisten',
  'Set: only events of this assistant. Null: of the whole account':
    'Gesetzt: nur Ereignisse dieses Assistenten. null: die des ganzen Kontos',
  'Types that are sent; empty: all': 'Arten, die gesendet werden; leer: alle',
  'Why it was switched off by us: it answered 410, or failed for days':
    'Warum wir ihn abgeschaltet haben: er antwortete mit 410 oder scheiterte tagelang',
  'Since when no delivery has succeeded, or null': 'Seit wann keine Zustellung gelang, oder null',
  'After a rotation both secrets sign until then': 'Nach einem Wechsel signieren bis dahin beide Geheimnisse',
  'Create a webhook': 'Einen Webhook anlegen',
  'Events are posted as JSON {id, type, created_at, data}. Answer with 200 (any 2xx counts) within 5 seconds; otherwise it is tried again with growing delays for a day. Each delivery carries Telnyx-Signature-Ed25519 (base64 Ed25519 over the raw body with the key of your account; billing events: X-Signature, base64 HMAC-SHA256 with the secret) and the Standard Webhooks headers.':
    'Ereignisse kommen als JSON {id, type, created_at, data} per POST. Antworten Sie binnen 5 Sekunden mit 200 (jeder 2xx zählt); sonst wird es einen Tag lang in wachsenden Abständen wiederholt. Jede Zustellung trägt Telnyx-Signature-Ed25519 (base64, Ed25519 über den rohen Inhalt mit dem Schlüssel Ihres Kontos; Abrechnungsereignisse: X-Signature, base64 HMAC-SHA256 mit dem Geheimnis) und die Header der Standard Webhooks.',
  'Where events are posted to': 'Wohin Ereignisse gesendet werden',
  'Types to send; empty sends all': 'Zu sendende Arten; leer sendet alle',
  'Only events of this assistant': 'Nur Ereignisse dieses Assistenten',
  'whsec_… Shown this once: keep it to check signatures':
    'whsec_… Nur dieses eine Mal gezeigt: bewahren Sie es zum Prüfen der Signaturen auf',
  'Get the public key of your account': 'Den öffentlichen Schlüssel Ihres Kontos abrufen',
  'Ed25519; checks the header Telnyx-Signature-Ed25519 over the raw body.':
    'Ed25519; prüft den Header Telnyx-Signature-Ed25519 über den rohen Inhalt.',
  'The raw 32 bytes as base64': 'Die rohen 32 Bytes als base64',
  'Get a webhook': 'Einen Webhook abrufen',
  'The id of the webhook (whk_…)': 'Die ID des Webhooks (whk_…)',
  'Update a webhook': 'Einen Webhook ändern',
  'Enabling a webhook that was switched off clears the reason.': 'Wird ein abgeschalteter Webhook eingeschaltet, verschwindet der Grund.',
  'Delete a webhook': 'Einen Webhook löschen',
  'With its delivery log. What was on its way may still arrive.': 'Samt seinem Zustellprotokoll. Was unterwegs war, kann noch ankommen.',
  'Give a webhook a new secret': 'Einem Webhook ein neues Geheimnis geben',
  'For the overlap both secrets sign, so that a receiver can change over without losing a delivery.':
    'Während der Überlappung signieren beide Geheimnisse, sodass ein Empfänger wechseln kann, ohne eine Zustellung zu verlieren.',
  'How long the old secret signs too': 'Wie lange das alte Geheimnis mitsigniert',
  'Send a test event': 'Ein Testereignis senden',
  'A real delivery of the type webhook.test, at once; the answer says how it went. A failed one is tried again like any other.':
    'Eine echte Zustellung der Art webhook.test, sofort; die Antwort sagt, wie sie ausging. Eine gescheiterte wird wie jede andere wiederholt.',
  'The webhook-id header of every attempt': 'Der Header webhook-id jedes Versuchs',
  'HTTP status of the last answer': 'HTTP-Status der letzten Antwort',
  'The exact text that is signed and sent': 'Der genaue Text, der signiert und gesendet wird',
  'Every attempt, newest first': 'Jeder Versuch, neuester zuerst',
  'The beginning of what the receiver answered': 'Der Anfang dessen, was der Empfänger antwortete',
  'List deliveries of a webhook': 'Die Zustellungen eines Webhooks auflisten',
  'Kept for 30 days.': 'Werden 30 Tage aufbewahrt.',
  'Get a delivery with every attempt': 'Eine Zustellung mit jedem Versuch abrufen',
  'The id of the event (evt_…)': 'Die ID des Ereignisses (evt_…)',
  'Send a delivery again': 'Eine Zustellung noch einmal senden',
  'The same body under the same webhook-id, with a day of retries of its own.':
    'Derselbe Inhalt unter derselben webhook-id, mit einem eigenen Tag von Wiederholungen.',
} as const;
