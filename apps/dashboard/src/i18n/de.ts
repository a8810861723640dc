import { assistantsDe } from './assistants.de.ts';
import { auditDe } from './audit.de.ts';
import { callsDe } from './calls.de.ts';
import { campaignsDe } from './campaigns.de.ts';
import { contactsDe } from './contacts.de.ts';
import { crmDe } from './crm.de.ts';
import type { Texts } from './en.ts';
import { integrationsDe } from './integrations.de.ts';
import { keysDe } from './keys.de.ts';
import { numbersDe } from './numbers.de.ts';
import { overviewDe } from './overview.de.ts';
import { settingsDe } from './settings.de.ts';
import { signDe } from './sign.de.ts';
import { talkDe } from './talk.de.ts';
import { webhooksDe } from './webhooks.de.ts';

export const de: Texts = {
  ...assistantsDe,
  ...auditDe,
  ...callsDe,
  ...campaignsDe,
  ...contactsDe,
  ...crmDe,
  ...integrationsDe,
  ...keysDe,
  ...numbersDe,
  ...overviewDe,
  ...settingsDe,
  ...signDe,
  ...talkDe,
  ...webhooksDe,
  close: 'Schließen',
  areYouSure: 'Sind Sie sicher?',
  leave: 'Verlassen',
  facts: 'Angaben',
  done: 'erledigt',
  toStart: 'Zur Startseite',
  loading: 'Wird geladen …',
  failed: 'Das hat nicht geklappt.',
  tryAgain: 'Nochmal versuchen',
  noMatch: 'Zu diesen Filtern passt nichts.',
  clearFilters: 'Filter aufheben',
  selection: 'Auswahl',
  selected: '{{count}} ausgewählt',
  selectAll: 'Alle auf dieser Seite auswählen',
  select: '{{name}} auswählen',
  clearSelection: 'Auswahl aufheben',
  draftBack: 'Ihre vorige Eingabe ist wieder da.',
  draftDiscard: 'Verwerfen',
  pages: 'Seiten',
  pageOf: '{{from}}–{{to}} von {{count}}',
  previous: 'Zurück',
  next: 'Weiter',
  save: 'Speichern',
  saved: 'Gespeichert',
  cancel: 'Abbrechen',
  create: 'Anlegen',
  delete: 'Löschen',
  edit: 'Bearbeiten',
  search: 'Suchen',
  name: 'Name',
  status: 'Status',
  created: 'Angelegt',
  actions: 'Aktionen',
  all: 'Alle',
  yes: 'Ja',
  no: 'Nein',
  none: 'Keine',
  copy: 'Kopieren',
  copied: 'Kopiert',
  unsaved: 'Es gibt ungespeicherte Änderungen. Trotzdem verlassen?',
  menu: 'Menü',
  skip: 'Zum Inhalt springen',
  unreachable: 'Der Server ist nicht erreichbar. Versuchen Sie es gleich nochmal.',
  offline: 'Der Server ist nicht erreichbar. Die Anzeige kann veraltet sein.',
  notFound: 'Hier ist nichts.',
  language: 'Sprache',
  theme: 'Hell oder dunkel',
  signOut: 'Abmelden',
  workspace: 'Arbeitsbereich',
  workspaces: 'Ihre Arbeitsbereiche',
  nav: {
    overview: 'Übersicht',
    assistants: 'Assistenten',
    talk: 'Sprechen',
    calls: 'Anrufe',
    numbers: 'Rufnummern',
    contacts: 'Kontakte',
    companies: 'Firmen',
    opportunities: 'Verkaufschancen',
    campaigns: 'Kampagnen',
    settings: 'Einstellungen',
  },
};
