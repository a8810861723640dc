/**
 * What people read in German of the server's sentences, by the English one. `{…}` stands for what a sentence names; a word of
 * GERMAN_WORDS among it is translated as well.
 */
export const GERMAN_FAILURES: Readonly<Record<string, string>> = {
  Unauthorized: 'Bitte melden Sie sich an.',
  Forbidden: 'Das dürfen Sie nicht.',
  'Something went wrong on our side. Please try again.': 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es nochmal.',
  'The request is not valid.': 'Die Anfrage ist nicht gültig.',

  // Carriers
  '{carrier} has to reach this server: whoever runs it needs to set PUBLIC_URL first.':
    '{carrier} muss diesen Server erreichen: Wer ihn betreibt, muss zuerst PUBLIC_URL setzen.',

  // Things that are not there
  'There is no such API key.': 'Diesen API-Schlüssel gibt es nicht.',
  'There is no such assistant.': 'Diesen Assistenten gibt es nicht.',
  'There is no such call.': 'Diesen Anruf gibt es nicht.',
  'There is no such campaign.': 'Diese Kampagne gibt es nicht.',
  'There is no such company.': 'Diese Firma gibt es nicht.',
  'There is no such contact.': 'Diesen Kontakt gibt es nicht.',
  'There is no such contact: {ids}.': 'Diesen Kontakt gibt es nicht: {ids}.',
  'There is no such custom field.': 'Dieses eigene Feld gibt es nicht.',
  'There is no such delivery.': 'Diese Zustellung gibt es nicht.',
  'There is no such invitation.': 'Diese Einladung gibt es nicht.',
  'There is no such invitation: it was withdrawn, used or is over seven days old.':
    'Diese Einladung gibt es nicht: sie wurde zurückgezogen, benutzt oder ist älter als sieben Tage.',
  'There is no such member.': 'Dieses Mitglied gibt es nicht.',
  'There is no such number that takes calls.': 'Eine solche Nummer, die Anrufe annimmt, gibt es nicht.',
  'There is no such opportunity.': 'Diese Verkaufschance gibt es nicht.',
  'There is no such phone number.': 'Diese Rufnummer gibt es nicht.',
  'There is no such phone number as {id}.': 'Die Rufnummer {id} gibt es nicht.',
  'There is no such recording.': 'Diese Aufnahme gibt es nicht.',
  'There is no such session.': 'Diese Sitzung gibt es nicht.',
  'There is no such vendor.': 'Diesen Anbieter gibt es nicht.',
  'There is no such vendor of voices.': 'Diesen Anbieter von Stimmen gibt es nicht.',
  'There is no such voice.': 'Diese Stimme gibt es nicht.',
  'There is no such webhook.': 'Diesen Webhook gibt es nicht.',
  'There is no such {what}.': 'Das gibt es nicht: {what}.',
  'There is nothing at {path}.': 'Unter {path} gibt es nichts.',
  'There is nothing with an id of that length.': 'Es gibt nichts mit einer so langen ID.',

  // Signing in, people and their rights
  'The e-mail or the password is wrong.': 'Die E-Mail-Adresse oder das Passwort ist falsch.',
  'The password is wrong.': 'Das Passwort ist falsch.',
  'The code is wrong.': 'Der Code ist falsch.',
  'Sign in again: this took too long.': 'Melden Sie sich nochmal an: das hat zu lange gedauert.',
  'This password is among the first that are tried: choose another one.':
    'Dieses Passwort gehört zu denen, die zuerst ausprobiert werden: wählen Sie ein anderes.',
  'Too many tries: wait {seconds} seconds and try again.': 'Zu viele Versuche: warten Sie {seconds} Sekunden und versuchen Sie es nochmal.',
  'There is an account with this e-mail already: sign in instead.':
    'Zu dieser E-Mail-Adresse gibt es schon ein Konto: melden Sie sich damit an.',
  'Two-factor sign-in is on already: switch it off first.': 'Die Zwei-Faktor-Anmeldung ist schon an: schalten Sie sie zuerst aus.',
  'Signing up is by invitation only here.': 'Hier kann man sich nur mit einer Einladung anmelden.',
  'This invitation was made for another e-mail address.': 'Diese Einladung gilt für eine andere E-Mail-Adresse.',
  'This invitation was made for another e-mail address: sign in with that one.':
    'Diese Einladung gilt für eine andere E-Mail-Adresse: melden Sie sich mit jener an.',
  'This person is a member already.': 'Diese Person ist schon Mitglied.',
  'You are a member of this workspace already.': 'Sie sind schon Mitglied dieses Arbeitsbereichs.',
  'A workspace needs an owner: make somebody else owner first.':
    'Ein Arbeitsbereich braucht einen Inhaber: machen Sie zuerst jemand anderen dazu.',
  'Only an owner may make or unmake owners.': 'Nur Inhaber können Inhaber ernennen oder absetzen.',
  'Only an owner or admin may remove others.': 'Nur Inhaber und Admins können andere entfernen.',
  'Only a signed-in owner or admin may do this.': 'Das können nur angemeldete Inhaber und Admins.',
  'Only a signed-in person may do this.': 'Das kann nur, wer angemeldet ist.',
  'Only an owner or admin may change and check the keys of vendors.':
    'Nur Inhaber und Admins können die Schlüssel von Anbietern ändern und prüfen.',
  'Requests with a session cookie must come from the dashboard’s own pages, or carry the header x-talkturo-client.':
    'Anfragen mit einem Sitzungs-Cookie müssen von den Seiten des Dashboards kommen oder den Header x-talkturo-client tragen.',
  'You belong to several workspaces: say which one in the header x-account-slug.':
    'Sie gehören zu mehreren Arbeitsbereichen: nennen Sie einen im Header x-account-slug.',
  'The slug {slug} is taken: choose another one.': 'Der Kurzname {slug} ist vergeben: wählen Sie einen anderen.',
  'This token lacks the scope {scope}.': 'Diesem Schlüssel fehlt die Berechtigung {scope}.',
  'This API key may make {limit} requests an hour: wait {seconds} seconds, or raise its limit.':
    'Dieser API-Schlüssel darf {limit} Anfragen je Stunde stellen: warten Sie {seconds} Sekunden, oder erhöhen Sie seine Grenze.',

  // Assistants and calls
  'This was changed by somebody else in the meantime: read it again, then repeat your change.':
    'Das hat inzwischen jemand anders geändert: laden Sie es neu und wiederholen Sie Ihre Änderung.',
  'This assistant may not place calls: set its outbound_enabled to true first.':
    'Dieser Assistent darf nicht anrufen: erlauben Sie ihm zuerst ausgehende Anrufe.',
  'This assistant may not take calls: set its inbound_enabled to true first.':
    'Dieser Assistent darf keine Anrufe annehmen: erlauben Sie ihm zuerst eingehende Anrufe.',
  'This account has no number to call from: buy one first, or name it with fromNumberId.':
    'Dieser Arbeitsbereich hat keine Nummer, von der aus angerufen werden kann: holen Sie zuerst eine.',
  'This contact is marked as do-not-call.': 'Dieser Kontakt möchte nicht angerufen werden.',
  'This call is still going on: hang up first.': 'Dieser Anruf läuft noch: legen Sie zuerst auf.',
  'This call is not in progress: it rings still, or is over.': 'Dieser Anruf läuft nicht: er klingelt noch oder ist vorbei.',
  'This call is about to end, or is being connected with somebody already.':
    'Dieser Anruf endet gerade oder wird schon mit jemandem verbunden.',
  'The carrier of this call cannot {action}.': 'Der Netzbetreiber dieses Anrufs kann das nicht ({action}).',
  'The caller cannot be connected with the number they are calling from.':
    'Der Anrufer lässt sich nicht mit der Nummer verbinden, von der er anruft.',
  'No assistant is assigned to this number.': 'Dieser Nummer ist kein Assistent zugewiesen.',
  'The assistant of this call is gone.': 'Den Assistenten dieses Anrufs gibt es nicht mehr.',
  'This account has {count} web calls going on, the most it may have at once; try again when one has ended.':
    'Dieser Arbeitsbereich führt {count} Gespräche im Browser, mehr sind nicht zugleich möglich; versuchen Sie es, sobald eines beendet ist.',
  '{count} replies are being written for this account; try again when one is there.':
    'Für diesen Arbeitsbereich werden schon {count} Antworten geschrieben; versuchen Sie es, sobald eine da ist.',
  'messages: the last one must be the caller’s (role user).': 'messages: die letzte muss vom Anrufer sein (role user).',
  'messages: a conversation may have {count} letters in all.': 'messages: ein Gespräch darf insgesamt {count} Zeichen haben.',
  'All lines are busy; try again in a moment.': 'Alle Leitungen sind belegt; versuchen Sie es gleich nochmal.',
  'This server takes no calls: voice is not among its TALKTURO_ROLES.':
    'Dieser Server nimmt keine Anrufe an: voice gehört nicht zu seinen TALKTURO_ROLES.',
  'The recording has {size} bytes; the range asked for lies outside.':
    'Die Aufnahme hat {size} Bytes; der angefragte Bereich liegt außerhalb.',
  'The voice said nothing.': 'Die Stimme hat nichts gesagt.',
  'Too many voices are being prepared just now; try again in a moment.':
    'Gerade werden zu viele Stimmen vorbereitet; versuchen Sie es gleich nochmal.',
  'There is no key for {vendor} yet: set one under Settings → Integrations.':
    'Für {vendor} gibt es noch keinen Schlüssel: hinterlegen Sie einen unter Einstellungen → Integrationen.',
  'There is no key for {vendor} yet: set one first.': 'Für {vendor} gibt es noch keinen Schlüssel: hinterlegen Sie zuerst einen.',

  // Phone numbers
  '{number} is already bought. Search for another number.': '{number} ist schon vergeben. Suchen Sie eine andere Nummer.',
  '{number} is already bought: it is yours as {id}, and its status is {status}.':
    '{number} ist schon gekauft: sie gehört Ihnen als {id} und ist {status}.',
  '{number} is not offered by the carrier. Search for another number.':
    '{number} wird vom Netzbetreiber nicht angeboten. Suchen Sie eine andere Nummer.',
  '{number} is still being bought. Try again when its status is active.':
    '{number} wird noch gekauft. Versuchen Sie es wieder, sobald sie aktiv ist.',
  '{number} could not be bought, so there is nothing to release.': '{number} konnte nicht gekauft werden, es gibt also nichts freizugeben.',
  '{number} is {status}, so it cannot be used.': '{number} ist {status} und lässt sich deshalb nicht benutzen.',
  'Your {plan} plan allows {count} trial phone number, and you have had it. Choose a paid plan to buy phone numbers.':
    'Ihr Tarif {plan} erlaubt {count} Rufnummer auf Probe, und die hatten Sie schon. Wählen Sie einen bezahlten Tarif, um Rufnummern zu kaufen.',
  'Your {plan} plan allows {count} trial phone number and you own {owned}. Release one or choose a larger plan.':
    'Ihr Tarif {plan} erlaubt {count} Rufnummer auf Probe, und Sie haben {owned}. Geben Sie eine frei oder wählen Sie einen größeren Tarif.',
  'Your {plan} plan allows {count} phone numbers and you own {owned}. Release one or choose a larger plan.':
    'Ihr Tarif {plan} erlaubt {count} Rufnummern, und Sie haben {owned}. Geben Sie eine frei oder wählen Sie einen größeren Tarif.',
  'Your {plan} plan allows {count} and you own {owned}. Release one or choose a larger plan.':
    'Ihr Tarif {plan} erlaubt {count}, und Sie haben {owned}. Geben Sie eine frei oder wählen Sie einen größeren Tarif.',
  'The carrier did not confirm the purchase. We keep asking and it will not be bought twice: look at GET /api/phone-numbers/{id} in a minute.':
    'Der Netzbetreiber hat den Kauf nicht bestätigt. Wir fragen weiter nach, und die Nummer wird nicht zweimal gekauft: sehen Sie in einer Minute wieder nach.',
  '{number} belongs to {carrier}, which is not set up on this server: call from another number.':
    '{number} gehört zu {carrier}, das auf diesem Server nicht eingerichtet ist: rufen Sie von einer anderen Nummer an.',
  'This server does not sell numbers of {carrier}: choose {carriers}.':
    'Dieser Server bietet keine Nummern von {carrier} an: wählen Sie {carriers}.',
  'The carrier takes no more requests for now. Try again in a minute.':
    'Der Netzbetreiber nimmt gerade keine Anfragen mehr an. Versuchen Sie es in einer Minute nochmal.',
  'The carrier did not answer in time. Try again in a minute.':
    'Der Netzbetreiber hat nicht rechtzeitig geantwortet. Versuchen Sie es in einer Minute nochmal.',
  'The carrier cannot be reached. Try again in a minute.':
    'Der Netzbetreiber ist nicht erreichbar. Versuchen Sie es in einer Minute nochmal.',
  'The carrier does not accept this server’s account. The operator has to check its key and verification.':
    'Der Netzbetreiber erkennt das Konto dieses Servers nicht an. Der Betreiber muss Schlüssel und Verifizierung prüfen.',
  'The carrier does not accept the account of your workspace: check its key under Settings → Integrations.':
    'Der Netzbetreiber erkennt das Konto Ihres Arbeitsbereichs nicht an: Prüfen Sie dessen Schlüssel unter Einstellungen → Integrationen.',
  'The account of your workspace at the carrier has no funds or numbers left.':
    'Das Konto Ihres Arbeitsbereichs beim Netzbetreiber hat kein Guthaben oder keine Nummern mehr.',
  'The carrier account of this server has no funds or numbers left. The operator has to raise them.':
    'Das Konto dieses Servers beim Netzbetreiber hat kein Guthaben oder keine Nummern mehr. Der Betreiber muss sie aufstocken.',
  'The carrier refused the request.': 'Der Netzbetreiber hat die Anfrage abgelehnt.',
  'The carrier does not know this number.': 'Der Netzbetreiber kennt diese Nummer nicht.',

  // Contacts, companies, import
  'The contact {first} {last} ({id}) already has the phone number {phone}.': 'Der Kontakt {first} {last} hat schon die Rufnummer {phone}.',
  'There is already a custom field with the key {key}.': 'Es gibt schon ein eigenes Feld mit dem Schlüssel {key}.',
  'There are already {most} custom fields of this kind; delete one first.':
    'Es gibt schon {most} eigene Felder dieser Art; löschen Sie zuerst eines.',
  'The company still has {count} {contacts}: delete or move them first, or send deleteContacts=true.':
    'Die Firma hat noch {count} {contacts}: löschen oder verschieben Sie sie zuerst.',
  'The company is still used, for example by a campaign: delete that first.':
    'Die Firma wird noch gebraucht, zum Beispiel von einer Kampagne: löschen Sie diese zuerst.',
  'Row {row} of the file cannot be read: {reason}.': 'Zeile {row} der Datei lässt sich nicht lesen: {reason}.',
  'The charset {name} is not known; use utf-8 or windows-1252.':
    'Der Zeichensatz {name} ist unbekannt; nehmen Sie utf-8 oder windows-1252.',
  'The file has more than {most} columns.': 'Die Datei hat mehr als {most} Spalten.',
  'The file is empty: send a header row and at least one contact.':
    'Die Datei ist leer: sie braucht eine Kopfzeile und mindestens einen Kontakt.',
  'The file is not {encoding} text. Save it as "CSV UTF-8", or send its charset, for example Content-Type: text/csv; charset=windows-1252.':
    'Die Datei ist kein {encoding}-Text. Speichern Sie sie als „CSV UTF-8“.',
  'The first row must name the columns, for example: first_name,last_name,phone,email,company_name.':
    'Die erste Zeile muss die Spalten benennen, zum Beispiel: Vorname,Nachname,Telefon,E-Mail,Firma.',
  'The header row of the file has no end.': 'Die Kopfzeile der Datei hat kein Ende.',

  // Campaigns
  'A campaign that is {status} cannot be told to {action}.': 'Eine Kampagne, die {status} ist, kann man nicht {action}.',
  'A {status} campaign cannot be deleted: stop it first.':
    'Eine Kampagne, die {status} ist, lässt sich nicht löschen: beenden Sie sie zuerst.',
  'The campaign is {status}: that is final.': 'Die Kampagne ist {status}: das ist endgültig.',
  'The settings of a {status} campaign cannot be changed: pause it first.':
    'Die Einstellungen einer Kampagne, die {status} ist, lassen sich nicht ändern: halten Sie sie zuerst an.',
  'The settings of a {status} campaign cannot be changed.': 'Die Einstellungen einer Kampagne, die {status} ist, lassen sich nicht ändern.',
  'The campaign has no contacts yet: add some first.': 'Die Kampagne hat noch keine Kontakte: fügen Sie zuerst welche hinzu.',

  // The server and its requests
  'This server is stopping and takes no more calls; try again in a moment.':
    'Dieser Server wird beendet und nimmt keine Anrufe mehr an; versuchen Sie es gleich nochmal.',
  'This server is stopping: try again in a moment.': 'Dieser Server wird beendet: versuchen Sie es gleich nochmal.',
  'This node runs another version of Talkturo; try again in a moment.':
    'Dieser Server läuft mit einer anderen Version von Talkturo; versuchen Sie es gleich nochmal.',
  'The server that should do this failed; try again in a moment.':
    'Der zuständige Server ist ausgefallen; versuchen Sie es gleich nochmal.',
  'The server is starting; try again in a moment.': 'Der Server startet noch; versuchen Sie es gleich nochmal.',
  'The speech models of this server are not running yet; try again in a moment.':
    'Die Sprachmodelle dieses Servers laufen noch nicht; versuchen Sie es gleich nochmal.',
  'The body is larger than this endpoint takes.': 'Das ist zu groß.',
  'The body is not as long as its Content-Length says.': 'Die Anfrage ist nicht so lang, wie ihr Content-Length sagt.',
  'The body broke off before its end.': 'Die Anfrage brach vor ihrem Ende ab.',
  'The body is not valid JSON.': 'Die Anfrage ist kein gültiges JSON.',
  'Send the body as JSON with Content-Type: application/json.': 'Senden Sie die Anfrage als JSON mit Content-Type: application/json.',
  'The address of the request is not a valid one.': 'Die Adresse der Anfrage ist nicht gültig.',
  'The request holds characters that are not text (NUL or half a surrogate pair).':
    'Die Anfrage enthält Zeichen, die kein Text sind (NUL oder ein halbes Ersatzzeichenpaar).',
  '{method} is not possible here; use {methods}.': '{method} ist hier nicht möglich; nehmen Sie {methods}.',
  'The first request with this Idempotency-Key still runs: ask again in a moment.':
    'Die erste Anfrage mit diesem Idempotency-Key läuft noch: fragen Sie gleich nochmal.',
  'The first request with this Idempotency-Key succeeded; its answer held a secret that is shown only once.':
    'Die erste Anfrage mit diesem Idempotency-Key ist gelungen; ihre Antwort enthielt ein Geheimnis, das nur einmal gezeigt wird.',
  'This Idempotency-Key was used for another request within the last day: choose a new one.':
    'Dieser Idempotency-Key wurde am letzten Tag für eine andere Anfrage benutzt: wählen Sie einen neuen.',
  'Idempotency-Key: must have 1 to 255 characters.': 'Idempotency-Key: muss 1 bis 255 Zeichen haben.',
};

/** Words that stand in for `{…}`. */
export const GERMAN_WORDS: Readonly<Record<string, string>> = {
  draft: 'ein Entwurf',
  scheduled: 'geplant',
  running: 'gestartet',
  paused: 'angehalten',
  completed: 'abgeschlossen',
  cancelled: 'beendet',
  active: 'aktiv',
  pending: 'in Arbeit',
  expired: 'abgelaufen',
  released: 'freigegeben',
  failed: 'fehlgeschlagen',
  start: 'starten',
  pause: 'anhalten',
  resume: 'fortsetzen',
  stop: 'beenden',
  contact: 'Kontakt',
  contacts: 'Kontakte',
};
