import type { auditEn } from './audit.en.ts';

export const auditDe: typeof auditEn = {
  audit: {
    title: 'Änderungsprotokoll',
    about: 'Wer was geändert hat, Neuestes zuerst.',
    when: 'Wann',
    who: 'Wer',
    byKey: 'mit einem API-Schlüssel',
    action: 'Aktion',
    changes: 'Änderungen',
    empty: 'Noch wurde nichts geändert',
    actions: {
      account: {
        created: 'Arbeitsbereich angelegt',
        updated: 'Arbeitsbereich umbenannt',
        plan_changed: 'Tarif geändert',
      },
      api_key: {
        created: 'API-Schlüssel erstellt',
        updated: 'API-Schlüssel geändert',
        revoked: 'API-Schlüssel widerrufen',
      },
      assistant: {
        created: 'Assistent angelegt',
        updated: 'Assistent geändert',
        deleted: 'Assistent gelöscht',
        phone_numbers_assigned: 'Rufnummern zugewiesen',
      },
      call: {
        placed: 'Anruf getätigt',
        started: 'Anruf aus dem Browser begonnen',
        hung_up: 'Anruf beendet',
        erased: 'Anruf gelöscht',
      },
      campaign: {
        created: 'Kampagne angelegt',
        updated: 'Kampagne geändert',
        deleted: 'Kampagne gelöscht',
        start: 'Kampagne gestartet',
        pause: 'Kampagne angehalten',
        resume: 'Kampagne fortgesetzt',
        stop: 'Kampagne beendet',
        contacts_added: 'Kontakte zu einer Kampagne hinzugefügt',
        contacts_removed: 'Kontakte aus einer Kampagne genommen',
      },
      company: {
        created: 'Firma angelegt',
        updated: 'Firma geändert',
        deleted: 'Firma gelöscht',
      },
      contact: {
        created: 'Kontakt angelegt',
        updated: 'Kontakt geändert',
        deleted: 'Kontakt gelöscht',
        erased: 'Person gelöscht',
        imported: 'Kontakte importiert',
      },
      custom_field: {
        created: 'Eigenes Feld angelegt',
        updated: 'Eigenes Feld geändert',
        deleted: 'Eigenes Feld gelöscht',
      },
      invitation: {
        created: 'Einladung erstellt',
        revoked: 'Einladung zurückgezogen',
      },
      member: {
        added: 'Mitglied beigetreten',
        updated: 'Rolle geändert',
        removed: 'Mitglied entfernt',
      },
      opportunity: {
        created: 'Verkaufschance angelegt',
        updated: 'Verkaufschance geändert',
        deleted: 'Verkaufschance gelöscht',
      },
      phone_number: {
        ordered: 'Rufnummer gekauft',
        released: 'Rufnummer freigegeben',
      },
      provider_key: {
        set: 'Schlüssel eines Anbieters hinterlegt',
        removed: 'Schlüssel eines Anbieters entfernt',
      },
      webhook: {
        created: 'Webhook angelegt',
        updated: 'Webhook geändert',
        deleted: 'Webhook gelöscht',
        secret_rotated: 'Geheimnis eines Webhooks erneuert',
      },
    },
  },
};
