/** Calls, and the phone numbers they go through. */
export const CALLS = {
  Calls: 'Anrufe',
  'Place calls, follow them live, and read what was said.': 'Anrufe führen, live verfolgen und nachlesen, was gesagt wurde.',
  'Only ever moves forward; completed and failed are final': 'Geht nur vorwärts; completed und failed sind endgültig',
  'Why it ended, for example caller_hung_up, api_hangup, transferred, busy, node_lost':
    'Warum er endete, zum Beispiel caller_hung_up, api_hangup, transferred, busy, node_lost',
  'Whom the caller was connected with at the end, E.164': 'Mit wem der Anrufer am Ende verbunden wurde, E.164',
  'Transfer a call': 'Einen Anruf weiterverbinden',
  'Connects the caller of a call in progress with another number. It is said first, then it rings there for 25 seconds. When it is answered the call ends here with the reason transferred, its recording and transcript reaching up to there; when it is not, the caller is told and the conversation goes on, and the call’s events say why (transfer_failed). Numbers of contacts marked do-not-call are refused.':
    'Verbindet den Anrufer eines laufenden Anrufs mit einer anderen Nummer. Das wird zuerst gesagt, dann klingelt es dort 25 Sekunden. Hebt jemand ab, endet der Anruf hier mit dem Grund transferred; Aufnahme und Transkript reichen bis dahin. Hebt niemand ab, erfährt es der Anrufer und das Gespräch geht weiter; die Ereignisse des Anrufs sagen, warum (transfer_failed). Nummern von Kontakten, die nicht angerufen werden dürfen, werden abgelehnt.',
  'Whom to connect the caller with': 'Mit wem der Anrufer verbunden wird',
  'blind: the other side is not spoken to before': 'blind: mit der anderen Seite wird vorher nicht gesprochen',
  'Said to the caller before; empty for nothing; left out, a sentence in the language of the call':
    'Wird dem Anrufer vorher gesagt; leer für nichts; ohne Angabe ein Satz in der Sprache des Anrufs',
  'Press keys in a call': 'In einem Anruf Tasten drücken',
  'Sends tones (DTMF) to the other side of a call in progress, for example to get through the menu of a switchboard.':
    'Sendet der anderen Seite eines laufenden Anrufs Töne (MFV), zum Beispiel für das Menü einer Telefonanlage.',
  '0-9 A-D * #; w waits half a second, W a second': '0-9 A-D * #; w wartet eine halbe Sekunde, W eine ganze',
  'One sentence on what went wrong, for a failed call': 'Ein Satz dazu, was bei einem gescheiterten Anruf schiefging',
  'local: the built-in network; web: a browser or an app': 'local: das eingebaute Netz; web: ein Browser oder eine App',
  'Start a web call': 'Einen Web-Anruf beginnen',
  'Makes a browser or an app the caller of an assistant. It connects to the WebSocket at url, which lets it in once and for a minute, and speaks the protocol of docs/web-calls.md; the package @talkturo/web-call does that. Ask for it on your server and hand the answer to the page: the API key stays with you.':
    'Macht einen Browser oder eine App zum Anrufer eines Assistenten. Er verbindet sich mit dem WebSocket unter url, das ihn einmal und eine Minute lang einlässt, und spricht das Protokoll aus docs/web-calls.md; das Paket @talkturo/web-call tut das. Fragen Sie auf Ihrem Server danach und geben Sie der Seite die Antwort: Der API-Schlüssel bleibt bei Ihnen.',
  'Sound in both directions: little-endian PCM16 at 16 or 24 kHz, or G.711 µ-law at 8 kHz; one channel':
    'Ton in beiden Richtungen: PCM16 (Little Endian) mit 16 oder 24 kHz, oder G.711 µ-law mit 8 kHz; ein Kanal',
  'Pages that may connect, by their origin; left out, any page and any program that has the address':
    'Seiten, die sich verbinden dürfen, nach ihrem Ursprung; fehlt es, jede Seite und jedes Programm, das die Adresse hat',
  'WebSocket address with a signed token that works once': 'WebSocket-Adresse mit einem signierten Token, das einmal gilt',
  'Until when one has to be connected': 'Bis wann man verbunden sein muss',
  'From the answer to the end; null while the call lasts': 'Vom Abheben bis zum Ende; null, solange der Anruf dauert',
  'Path of the WAV file on this server; needs the same token': 'Pfad der WAV-Datei auf diesem Server; braucht dasselbe Token',
  '2: left the caller, right the assistant': '2: links der Anrufer, rechts der Assistent',
  'When recording and transcript were erased': 'Wann Aufnahme und Transkript gelöscht wurden',
  'List calls': 'Anrufe auflisten',
  'Calls from this number': 'Anrufe von dieser Nummer',
  'Calls to this number': 'Anrufe an diese Nummer',
  'Started at or after': 'Begonnen zu oder nach diesem Zeitpunkt',
  'Started before': 'Begonnen vor diesem Zeitpunkt',
  'Words said in the call; the last may be a beginning': 'Im Gespräch gefallene Wörter; das letzte darf ein Anfang sein',
  'Place a call': 'Einen Anruf führen',
  'An assistant calls a number. Without fromNumberId it calls from its first number, else the account’s; where there is none the built-in network lends one.':
    'Ein Assistent ruft eine Nummer an. Ohne fromNumberId ruft er von seiner ersten Nummer an, sonst von der ersten des Kontos; gibt es keine, leiht das eingebaute Netz eine.',
  'Fills the variables of the prompt and is kept with the call': 'Füllt die Variablen des Prompts und bleibt beim Anruf verzeichnet',
  'true: only calls that are going on; false: only those that are over': 'true: nur laufende Anrufe; false: nur beendete',
  'Get call statistics': 'Anrufstatistik abrufen',
  'Calls, answers, minutes, outcomes and reply times of the last days: by day, by assistant and by campaign.':
    'Anrufe, angenommene Anrufe, Minuten, Ergebnisse und Antwortzeiten der letzten Tage: je Tag, Assistent und Kampagne.',
  'Day, YYYY-MM-DD, UTC': 'Tag, JJJJ-MM-TT, UTC',
  'Calls that began in this time, live ones too': 'Anrufe, die in dieser Zeit begannen, auch laufende',
  'Those that were answered, by a person or a machine': 'Die davon angenommenen, von einem Menschen oder einer Maschine',
  'Minutes from the answer to the end': 'Minuten vom Abheben bis zum Ende',
  'Replies of assistants whose time was measured': 'Antworten von Assistenten, deren Zeit gemessen wurde',
  'Median time from the caller’s last sound to the first sound back, within 3 %; null without replies':
    'Mittlere Zeit (Median) vom letzten Ton des Anrufers bis zum ersten Ton zurück, auf 3 % genau; null ohne Antworten',
  'Time that 95 of 100 replies do not exceed, within 3 %': 'Zeit, die 95 von 100 Antworten nicht überschreiten, auf 3 % genau',
  'Calls going on just now': 'Gerade laufende Anrufe',
  'Every day of the time, oldest first, empty days too': 'Jeder Tag der Zeit, älteste zuerst, auch leere Tage',
  'How calls that are over went, most frequent first': 'Wie beendete Anrufe ausgingen, häufigste zuerst',
  'The 50 assistants with the most calls': 'Die 50 Assistenten mit den meisten Anrufen',
  'The 50 campaigns with the most calls': 'Die 50 Kampagnen mit den meisten Anrufen',
  'How many days up to today, 1 to 366': 'Wie viele Tage bis heute, 1 bis 366',
  'Only calls of this assistant': 'Nur Anrufe dieses Assistenten',
  'Only calls of this campaign': 'Nur Anrufe dieser Kampagne',
  'Get a call': 'Einen Anruf abrufen',
  'The record with its messages, events and latencies.': 'Der Datensatz mit Nachrichten, Ereignissen und Latenzen.',
  'The call (call_…)': 'Der Anruf (call_…)',
  'Of the assistant only what was heard': 'Vom Assistenten nur, was gehört wurde',
  'From the answer of the call': 'Ab dem Abheben',
  '1, 2, 3 …; the id of the server-sent event': '1, 2, 3 …; die ID des Server-Sent Events',
  'From the answer of the call; null before it': 'Ab dem Abheben; davor null',
  'Nothing yet': 'Noch nichts',
  'What was used and what it cost; null while the call lasts': 'Was gebraucht wurde und was es kostete; null, solange der Anruf dauert',
  'Decimal USD': 'Dezimalzahl in USD',
  'Decimal USD; null when the price or the quantity is not known': 'Dezimalzahl in USD; null, wenn Preis oder Menge nicht bekannt sind',
  'Why the amount is null: no_price, nobody knows the price; not_counted, nobody knows how much it was. Left out in older calls':
    'Warum der Betrag null ist: no_price, niemand kennt den Preis; not_counted, niemand weiß, wie viel es war. Fehlt bei älteren Anrufen',
  'The quantity is our estimate: vendors do not count the tokens of a reply that was broken off. Left out in older calls':
    'Die Menge ist geschätzt: Anbieter zählen die Tokens einer abgebrochenen Antwort nicht. Fehlt bei älteren Anrufen',
  'Of all amounts': 'Aller Beträge',
  'What was used, one line a kind, vendor, model and unit; estimates are lines of their own':
    'Was verbraucht wurde, eine Zeile je Art, Anbieter, Modell und Einheit; Geschätztes hat eine eigene',
  'The stage of the call': 'Die Stufe des Gesprächs',
  'What it is counted in': 'Worin gezählt wird',
  'The whole time together': 'Der ganze Zeitraum zusammen',
  'null while the amount of one of the items is not known; estimates count':
    'null, solange von einem der Posten der Betrag nicht bekannt ist; Geschätztes zählt mit',
  'Sum of the items whose amount is known': 'Summe der Posten, deren Betrag bekannt ist',
  'null in calls of before this was kept by vendor, where one took over from another':
    'null bei Anrufen aus der Zeit, bevor dies je Anbieter festgehalten wurde, wo einer für einen anderen einsprang',
  'Of a carrier: transfer for the leg of a transfer': 'Bei einem Netzbetreiber: transfer für die weiterverbundene Verbindung',
  'How much was used, in that unit; 0 where it is not known': 'Wie viel gebraucht wurde, in dieser Einheit; 0, wo es nicht bekannt ist',
  'USD per minute, or per million tokens or characters; null when not known':
    'USD je Minute oder je Million Tokens oder Zeichen; null, wenn nicht bekannt',
  'Where the price stands, TALKTURO_PRICES, or carrier where it told the amount itself':
    'Wo der Preis steht, TALKTURO_PRICES, oder carrier, wo der Netzbetreiber den Betrag selbst nannte',
  'Day on which the price was read there, YYYY-MM-DD': 'Tag, an dem der Preis dort gelesen wurde, JJJJ-MM-TT',
  'Index of the assistant’s message': 'Index der Nachricht des Assistenten',
  'Caller stopped → turn decided': 'Anrufer verstummt → Ende des Beitrags erkannt',
  'Turn decided → first token': 'Ende erkannt → erstes Token',
  'First sentence → first audio': 'Erster Satz → erster Ton',
  'Caller stopped → first sound sent': 'Anrufer verstummt → erster Ton gesendet',
  'The six marks, in ms from the answer of the call': 'Die sechs Marken, in ms ab dem Abheben',
  'Erase a call': 'Einen Anruf löschen',
  'Erases recording, transcript and analysis for good; the bare record stays. A live call must be ended first.':
    'Löscht Aufnahme, Transkript und Auswertung endgültig; der nackte Datensatz bleibt. Ein laufender Anruf muss zuerst beendet werden.',
  'Hang up': 'Auflegen',
  'Ends a call on whatever node it runs. A call that is over stays as it is.':
    'Beendet einen Anruf, auf welchem Knoten er auch läuft. Ein beendeter Anruf bleibt, wie er ist.',
  'Get the recording': 'Die Aufnahme abrufen',
  'A stereo WAV file: left the caller, right the assistant. Range requests are answered with 206.':
    'Eine Stereo-WAV-Datei: links der Anrufer, rechts der Assistent. Range-Anfragen werden mit 206 beantwortet.',
  'The recording': 'Die Aufnahme',
  'The part asked for with Range': 'Der mit Range angefragte Teil',
  'The range asked for does not exist': 'Den angefragten Bereich gibt es nicht',
  'Get the transcript': 'Das Transkript abrufen',
  'The transcript; JSON in the usual envelope': 'Das Transkript; JSON in der üblichen Hülle',
  'Follow a call': 'Einen Anruf verfolgen',
  'Server-sent events while the call lasts, from its beginning or from Last-Event-ID. A call that is over is replayed and the stream ends; 204 when there is nothing more to come.':
    'Server-Sent Events, solange der Anruf dauert, von seinem Anfang oder ab Last-Event-ID. Ein beendeter Anruf wird nachgespielt und der Strom endet; 204, wenn nichts mehr kommt.',
  'One event for each thing that happens': 'Ein Ereignis für alles, was geschieht',
  'Call an assistant over the built-in network': 'Einen Assistenten über das eingebaute Netz anrufen',
  'Makes the program that asks the caller: it connects to mediaUrl and exchanges sound as base64 µ-law frames of 20 ms. Name the assistant itself, or a number of the built-in network that one answers.':
    'Macht das anfragende Programm zum Anrufer: es verbindet sich mit mediaUrl und tauscht Ton als base64-µ-law-Rahmen von 20 ms aus. Nennen Sie den Assistenten selbst oder eine Nummer des eingebauten Netzes, die einer annimmt.',
  'WebSocket address; it holds a token that works once, for a short time':
    'WebSocket-Adresse; sie enthält ein Token, das einmal und kurze Zeit gilt',
  'Phone numbers': 'Telefonnummern',
  'Search, buy, assign and release phone numbers.': 'Telefonnummern suchen, kaufen, zuweisen und zurückgeben.',
  'List who sells phone numbers': 'Auflisten, wer Telefonnummern verkauft',
  'The telephony providers that numbers can be searched at and bought from, the default first. Your own account at a carrier takes the place of the server’s.':
    'Die Telefonanbieter, bei denen Nummern gesucht und gekauft werden können, der übliche zuerst. Ein eigenes Konto bei einem Anbieter tritt an die Stelle des Kontos des Servers.',
  'Pass it to the search and to the purchase': 'Geben Sie ihn bei Suche und Kauf an',
  'As the supplier writes itself': 'Wie der Anbieter sich schreibt',
  'Whose account there is used: one of this team’s own, or the server’s':
    'Wessen Konto dort genutzt wird: ein eigenes dieses Teams oder das des Servers',
  'Whether it is asked where a search or a purchase names none': 'Ob er gefragt wird, wo Suche oder Kauf keinen nennen',
  'The suppliers, the default first': 'Die Anbieter, der übliche zuerst',
  'How many there are': 'Wie viele es sind',
  'Search available phone numbers': 'Verfügbare Telefonnummern suchen',
  'Asks the telephony provider for numbers that can be bought. Nothing is bought.':
    'Fragt den Telefonanbieter nach Nummern, die zu kaufen sind. Gekauft wird nichts.',
  'ISO 3166-1 alpha-2 country code, for example US': 'Ländercode nach ISO 3166-1 alpha-2, zum Beispiel US',
  'Three digits, for example 415; only for US and CA': 'Drei Ziffern, zum Beispiel 415; nur für US und CA',
  'local (default) or toll-free': 'local (Vorgabe) oder toll-free',
  'How many to return at most, 1 to 100': 'Wie viele höchstens zurückgegeben werden, 1 bis 100',
  'E.164; pass it to the purchase': 'E.164; geben Sie sie an den Kauf weiter',
  'USD a month, for example 1.00': 'USD im Monat, zum Beispiel 1.00',
  'USD once, for example 1.00': 'USD einmalig, zum Beispiel 1.00',
  'What the number can do, for example voice and sms': 'Was die Nummer kann, zum Beispiel voice und sms',
  'The telephony provider of the number: telnyx, twilio, or local for the built-in network':
    'Der Telefonanbieter der Nummer: telnyx, twilio, oder local für das eingebaute Netz',
  'The telephony provider to ask, where the server has several; left out, the server’s first':
    'Der Telefonanbieter, der gefragt wird, wo der Server mehrere hat; ohne Angabe der erste des Servers',
  'How many numbers this answer holds': 'Wie viele Nummern diese Antwort enthält',
  'Purchase a phone number': 'Eine Telefonnummer kaufen',
  'Buys a number for your team. Free accounts get one trial number, ever, valid for 5 days; the other plans allow a number of numbers. Answers 403 past the limit, 409 when the number is already bought here, 404 when the provider does not offer it.':
    'Kauft eine Nummer für Ihr Team. Kostenlose Konten bekommen einmalig eine Testnummer für 5 Tage; die anderen Tarife erlauben eine Anzahl von Nummern. Antwortet mit 403 über der Grenze, mit 409, wenn die Nummer hier schon gekauft ist, mit 404, wenn der Anbieter sie nicht anbietet.',
  'The number to buy, E.164': 'Die zu kaufende Nummer, E.164',
  'FQDN connection of a provider configuration of your own': 'FQDN-Verbindung einer eigenen Konfiguration beim Anbieter',
  'The id of the number (pn_…); use it to assign the number': 'Die ID der Nummer (pn_…); damit weisen Sie die Nummer zu',
  'The provider’s id of the number; null while the order is pending': 'Die ID der Nummer beim Anbieter; null, solange die Bestellung läuft',
  'active: takes and places calls; pending: the carrier is still working on the order; expired: its trial is over; released: given back; failed: the carrier could not deliver it':
    'active: nimmt und führt Anrufe; pending: der Anbieter bearbeitet die Bestellung noch; expired: die Testzeit ist vorbei; released: zurückgegeben; failed: der Anbieter konnte sie nicht liefern',
  'True for a pending number whose country demands proofs of the buyer, such as an address, that are still to be handed in at the carrier':
    'Wahr bei einer bestellten Nummer, deren Land Nachweise vom Käufer verlangt, etwa eine Anschrift, die beim Netzbetreiber noch einzureichen sind',
  'True for the free trial number of a Free account': 'Wahr bei der Testnummer eines kostenlosen Kontos',
  'When the trial ends; null for a number that is not on trial': 'Wann die Testzeit endet; null bei Nummern ohne Testzeit',
  'Phone numbers your team owns now': 'Telefonnummern, die Ihr Team jetzt hat',
  'Phone numbers your plan allows': 'Telefonnummern, die Ihr Tarif erlaubt',
  'Whether the account is on a paid plan': 'Ob das Konto einen bezahlten Tarif hat',
  'The name of your plan': 'Der Name Ihres Tarifs',
  'List purchased phone numbers': 'Gekaufte Telefonnummern auflisten',
  'Every number the team holds, newest first. Released numbers and purchases that failed are left out.':
    'Jede Nummer des Teams, neueste zuerst. Zurückgegebene Nummern und gescheiterte Käufe fehlen.',
  'The assistant the number is assigned to': 'Der Assistent, dem die Nummer zugewiesen ist',
  'Who bought the number': 'Wer die Nummer gekauft hat',
  'How many numbers the team holds': 'Wie viele Nummern das Team hat',
  'Get a phone number': 'Eine Telefonnummer abrufen',
  'The id of the phone number (pn_…)': 'Die ID der Telefonnummer (pn_…)',
  'Release a phone number': 'Eine Telefonnummer zurückgeben',
  'Gives the number back to the provider and frees its place in the plan. It takes no calls from this moment on. The order of a number whose papers are missing is withdrawn.':
    'Gibt die Nummer an den Anbieter zurück und macht ihren Platz im Tarif frei. Von diesem Moment an nimmt sie keine Anrufe mehr an. Die Bestellung einer Nummer, deren Nachweise fehlen, wird zurückgezogen.',
} as const;
