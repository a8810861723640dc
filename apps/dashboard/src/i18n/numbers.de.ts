import type { numbersEn } from './numbers.en.ts';

export const numbersDe: typeof numbersEn = {
  numbers: {
    plan: 'Nutzung des Tarifs',
    planUse: '{{used}} von {{most}} Rufnummern belegt',
    planName: 'Tarif {{plan}}',
    planFull: 'geben Sie eine frei oder wählen Sie einen größeren Tarif',
    trialUsed: 'ein kostenloser Arbeitsbereich hat eine Nummer, auf Probe',
    trialLeft: {
      days: 'Probe: noch {{count}} Tage',
      hours: 'Probe: noch {{count}} Stunden',
      minutes: 'Probe: noch {{count}} Min.',
      over: 'Probe ist vorbei',
    },
    providers: { local: 'Eingebautes Netz', telnyx: 'Telnyx', twilio: 'Twilio' },
    accounts: { account: '{{name}} (Ihr Konto)', server: '{{name}} (Konto des Servers)' },
    about: 'Die Nummern, von denen und auf denen Ihre Assistenten telefonieren.',
    buy: 'Nummer holen',
    empty: 'Noch keine Nummern',
    emptyAbout: 'Suchen Sie nach Land und Vorwahl. Ohne Konto bei einem Netzbetreiber gehören sie zum eingebauten Netz.',
    number: 'Nummer',
    provider: 'Netz',
    release: 'Freigeben',
    releaseSure: '{{number}} freigeben? Sie geht zurück und nimmt keine Anrufe mehr an.',
    trialUntil: 'Test bis {{when}}',
    country: 'Land',
    areaCode: 'Vorwahl',
    type: 'Art',
    local: 'Ortsnetz',
    tollFree: 'Gebührenfrei',
    price: '{{price}} USD im Monat',
    buyThis: 'Kaufen',
    bought: '{{number}} gehört Ihnen ({{count}} von {{most}}).',
    boughtWithoutPapers:
      '{{number}} ist bestellt, aber ihr Land verlangt Nachweise vom Käufer, etwa eine Anschrift. Sie müssen beim Netzbetreiber eingereicht werden, sonst verfällt die Bestellung.',
    offAccount: 'Nicht im Konto',
    offAccountHint:
      'Diese Nummer war nicht in Ihrem Konto beim Anbieter, als es zuletzt eingerichtet wurde; sie nimmt keine Anrufe an und macht keine. Das Konto, mit dem sie gekauft wurde, zahlt weiter: Setzen Sie dessen Schlüssel wieder ein, oder geben Sie sie beim Anbieter zurück.',
    papersMissing: 'Nachweise fehlen',
    papersMissingHint:
      'Das Land dieser Nummer verlangt Nachweise vom Käufer, etwa eine Anschrift. Reichen Sie sie beim Netzbetreiber ein, dann wird die Nummer von selbst aktiv; oder geben Sie sie frei, dann wird die Bestellung zurückgezogen.',
    noneFound: 'So etwas bietet das Netz nicht an.',
    statuses: { active: 'Aktiv', pending: 'In Arbeit', expired: 'Abgelaufen', released: 'Freigegeben', failed: 'Fehlgeschlagen' },
  },
};
