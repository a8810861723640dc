import type { numbersEn } from './numbers.en.ts';

export const numbersDe: typeof numbersEn = {
  numbers: {
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
    noneFound: 'So etwas bietet das Netz nicht an.',
    statuses: { active: 'Aktiv', pending: 'In Arbeit', expired: 'Abgelaufen', released: 'Freigegeben', failed: 'Fehlgeschlagen' },
  },
};
