/** Campaigns. */
export const CAMPAIGNS = {
  Campaigns: 'Kampagnen',
  'Outbound campaigns: who is called, when, how often and by which assistant.':
    'Ausgehende Kampagnen: wer angerufen wird, wann, wie oft und von welchem Assistenten.',
  'Create a campaign': 'Eine Kampagne anlegen',
  'Made as a draft: nobody is called before it is started. It enrols all contacts of the company, or those of contactIds; those who must not or cannot be called are skipped with the reason.':
    'Entsteht als Entwurf: niemand wird angerufen, bevor sie gestartet ist. Sie nimmt alle Kontakte der Firma auf oder die aus contactIds; wer nicht angerufen werden darf oder kann, wird mit dem Grund übersprungen.',
  'Who calls': 'Wer anruft',
  'Whose contacts are called': 'Wessen Kontakte angerufen werden',
  'all unless contactIds are given': 'all, außer contactIds sind angegeben',
  'Only these contacts': 'Nur diese Kontakte',
  'Numbers to call from, in turn; empty: all of the assistant’s': 'Nummern, von denen reihum angerufen wird; leer: alle des Assistenten',
  'When it starts by itself once you start it; null: at once': 'Wann sie nach dem Starten von selbst beginnt; null: sofort',
  'HH:MM, 24 hours': 'HH:MM, 24 Stunden',
  'HH:MM; a window that starts after it ends spans midnight, one of no length is the whole day':
    'HH:MM; ein Fenster, das nach seinem Ende beginnt, reicht über Mitternacht, eines ohne Länge ist der ganze Tag',
  'The window counts where the contact is: the zone given, else by the number’s area and country, else the campaign’s':
    'Das Fenster gilt, wo der Kontakt ist: in der angegebenen Zone, sonst nach Vorwahl und Land der Nummer, sonst in der der Kampagne',
  'One delay for every outcome that has none of its own': 'Eine Wartezeit für jeden Ausgang ohne eigene',
  '5 unless given': 'Ohne Angabe 5',
  '10 unless given': 'Ohne Angabe 10',
  '60 unless given': 'Ohne Angabe 60',
  'Each further delay is so many times as long': 'Jede weitere Wartezeit ist so viel Mal so lang',
  'No delay grows beyond this': 'Keine Wartezeit wächst darüber hinaus',
  'Said after the beep; needed for leave_message': 'Nach dem Piepton gesagt; nötig für leave_message',
  'Stays open for new contacts when all have been called': 'Bleibt für neue Kontakte offen, wenn alle angerufen sind',
  'The first number it calls from': 'Die erste Nummer, von der sie anruft',
  'Called at least once': 'Mindestens einmal angerufen',
  'With the status completed': 'Mit dem Status completed',
  'The contacts of a large company are still being added: total_contacts grows, and calls begin when all are there':
    'Die Kontakte einer großen Firma werden noch aufgenommen: total_contacts wächst, und angerufen wird, wenn alle da sind',
  'Why a running campaign does not dial just now, or null': 'Warum eine laufende Kampagne gerade nicht wählt, oder null',
  'List campaigns': 'Kampagnen auflisten',
  'Get a campaign': 'Eine Kampagne abrufen',
  'The ETag header names this version; send it as If-Match with a change.':
    'Der Header ETag benennt diese Fassung; senden Sie ihn bei einer Änderung als If-Match.',
  'The campaign (camp_…)': 'Die Kampagne (camp_…)',
  'Change a campaign': 'Eine Kampagne ändern',
  'Name and description at any time; everything else only while it is not running and not over (409).':
    'Name und Beschreibung jederzeit; alles andere nur, solange sie nicht läuft und nicht vorbei ist (409).',
  'Delete a campaign': 'Eine Kampagne löschen',
  'Only a draft or one that is completed or cancelled (409). Its calls stay on record; lists show it with deleted=include.':
    'Nur einen Entwurf oder eine abgeschlossene oder abgebrochene (409). Ihre Anrufe bleiben verzeichnet; Listen zeigen sie mit deleted=include.',
  'Start, pause, resume or stop a campaign': 'Eine Kampagne starten, anhalten, fortsetzen oder beenden',
  'start: a draft runs at once or at scheduledStartAt, a scheduled one at once. pause: live calls finish, no new ones begin. resume: goes on. stop: for good; live calls finish, whoever was not called is skipped.':
    'start: ein Entwurf läuft sofort oder ab scheduledStartAt, eine geplante sofort. pause: laufende Anrufe enden, keine neuen beginnen. resume: geht weiter. stop: endgültig; laufende Anrufe enden, wer nicht angerufen wurde, wird übersprungen.',
  'See what starting a campaign would do': 'Sehen, was das Starten einer Kampagne täte',
  'How many would be called and how many not, and why; what must be mended before it can start.':
    'Wie viele angerufen würden und wie viele nicht, und warum; was vor dem Start zu beheben ist.',
  'True when there is no problem': 'Wahr, wenn nichts im Weg steht',
  'Each a sentence on what keeps it from dialling': 'Je ein Satz dazu, was sie am Wählen hindert',
  'Contacts that would be called, by where they are': 'Kontakte, die angerufen würden, nach ihrem Ort',
  'Several: the number may be in any of them, the window must be open in all':
    'Mehrere: die Nummer kann in jeder davon sein, das Fenster muss in allen offen sein',
  'Null when these zones share no open minute': 'null, wenn diese Zonen keine gemeinsame offene Minute haben',
  'List contacts of a campaign': 'Die Kontakte einer Kampagne auflisten',
  'pending: its time has not come; queued: due, waits for a line; the last three are final':
    'pending: noch nicht an der Zeit; queued: fällig, wartet auf eine Leitung; die letzten drei sind endgültig',
  'Of the last attempt': 'Des letzten Versuchs',
  'Not before; the call window may make it later': 'Nicht davor; das Anruffenster kann es verschieben',
  'Add contacts to a campaign': 'Einer Kampagne Kontakte hinzufügen',
  'Those already in it stay as they are, but for skipped ones that may be called by now. Not once it is over (409).':
    'Wer schon darin ist, bleibt, außer Übersprungene, die inzwischen angerufen werden dürfen. Nicht mehr, wenn sie vorbei ist (409).',
  'All contacts of the campaign’s company': 'Alle Kontakte der Firma der Kampagne',
  'Higher is called earlier': 'Höhere werden früher angerufen',
  'Were in it before': 'Waren schon darin',
  'Of those added: will not be called, see their skip_reason': 'Von den hinzugefügten: werden nicht angerufen, siehe skip_reason',
  'Remove contacts from a campaign': 'Kontakte aus einer Kampagne entfernen',
  'Whoever is on the phone just now stays (counted in calling). Not once it is over (409).':
    'Wer gerade telefoniert, bleibt (gezählt in calling). Nicht mehr, wenn sie vorbei ist (409).',
  'Get the figures of a campaign': 'Die Zahlen einer Kampagne abrufen',
  'Contacts by the outcome of their last attempt': 'Kontakte nach dem Ausgang ihres letzten Versuchs',
  'Answered of those called': 'Anteil der Angenommenen an den Angerufenen',
  'Calls placed': 'Geführte Anrufe',
  '1 for the first call to this contact': '1 beim ersten Anruf an diesen Kontakt',
  'The last 20 that ended, newest first': 'Die letzten 20 beendeten, neueste zuerst',
  'The next 10': 'Die nächsten 10',
  'Now, or when its time or its window comes': 'Jetzt, oder wenn seine Zeit oder sein Fenster kommt',
  'At the pace of the last ten minutes; null while there is none': 'Beim Tempo der letzten zehn Minuten; null, solange es keines gibt',
  'When these figures were taken': 'Wann diese Zahlen erhoben wurden',
  'Follow the figures of a campaign': 'Die Zahlen einer Kampagne verfolgen',
  'Server-sent events named dashboard, each with the whole figures: at once, and whenever they have changed, at most once a second.':
    'Server-Sent Events namens dashboard, jedes mit allen Zahlen: sofort und immer, wenn sie sich geändert haben, höchstens einmal in der Sekunde.',
  'One event for each change': 'Ein Ereignis für jede Änderung',
  'List assistants that may place calls': 'Assistenten auflisten, die anrufen dürfen',
  'Numbers it may call from': 'Nummern, von denen er anrufen darf',
} as const;
