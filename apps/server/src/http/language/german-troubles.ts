/**
 * What people read in German of why a call failed, or why a vendor or carrier could not be used: the sentences of adapters and of calls. What a
 * vendor said itself stays in its words.
 */
export const GERMAN_TROUBLES: Readonly<Record<string, string>> = {
  // Calls
  'The {stage} ({vendor}) failed: {reason}': '{stage} ({vendor}) ist ausgefallen: {reason}',
  'The call broke off: {reason}': 'Der Anruf brach ab: {reason}',
  'The call was answered, and its sound never came: the carrier did not open the media socket.':
    'Der Anruf wurde angenommen, aber sein Ton kam nie: Der Telefonanbieter hat den Media-Socket nicht geöffnet.',
  'The call broke on our side.': 'Der Anruf brach bei uns ab.',
  'The call was never placed.': 'Der Anruf wurde nie getätigt.',
  'The caller was gone before the call could be answered.': 'Wer anrief, war fort, bevor der Anruf angenommen werden konnte.',
  'The carrier could not place the call.': 'Der Telefonanbieter konnte den Anruf nicht tätigen.',
  'The carrier could not answer the call.': 'Der Telefonanbieter konnte den Anruf nicht annehmen.',
  'This assistant may not take calls: its inbound_enabled is false.':
    'Dieser Assistent darf keine Anrufe annehmen: eingehende Anrufe sind ihm nicht erlaubt.',
  'The server that held this call stopped unexpectedly.': 'Der Server, der diesen Anruf führte, ist unerwartet stehen geblieben.',
  'This assistant cannot take calls in the language {language}: the local {part} knows English only. {rest}':
    'Dieser Assistent kann keine Anrufe in der Sprache {language} annehmen: Was eingebaut ist, kann dort nur Englisch. {rest}',
  'This assistant cannot take calls in the language {language}: the {part} of {vendor} does not know it. {rest}':
    'Dieser Assistent kann keine Anrufe in der Sprache {language} annehmen: {vendor} kann sie dort nicht. {rest}',
  'Choose a vendor for it in the assistant.': 'Wählen Sie im Assistenten einen Anbieter dafür.',
  'Choose another one in the assistant.': 'Wählen Sie im Assistenten einen anderen.',

  // Web calls
  'Nobody connected to the address of the web call while it was good.':
    'Niemand hat sich mit der Adresse des Web-Anrufs verbunden, solange sie galt.',
  'Only a page of {origin} tried to connect: it is not among the origins of the web call.':
    'Nur eine Seite von {origin} wollte sich verbinden: sie steht nicht unter den „origins“ des Web-Anrufs.',
  'Only a program tried to connect: the web call is for pages of its origins.':
    'Nur ein Programm wollte sich verbinden: der Web-Anruf ist für Seiten seiner „origins“.',
  'The caller’s program connected and did not say hello within 10 seconds.':
    'Das Programm des Anrufers hat sich verbunden und sich nicht binnen 10 Sekunden mit „hello“ gemeldet.',
  'The caller’s program connected and was gone before it said hello.':
    'Das Programm des Anrufers hat sich verbunden und war fort, bevor es sich mit „hello“ meldete.',
  'The caller’s program kept sending sound faster than real time.':
    'Das Programm des Anrufers hat anhaltend Ton schneller geschickt, als er gesprochen wird.',
  'The caller’s program sent a message of more than {size} KiB.':
    'Das Programm des Anrufers hat eine Nachricht von mehr als {size} KiB geschickt.',
  'The caller’s program sent too much that is not of the protocol of web calls.':
    'Das Programm des Anrufers hat zu viel geschickt, was nicht zum Protokoll der Web-Anrufe gehört.',
  'The caller’s program sent what is no message of a WebSocket.':
    'Das Programm des Anrufers hat etwas geschickt, das keine WebSocket-Nachricht ist.',
  'The caller’s program speaks version {theirs} of the protocol of web calls; this server speaks version {ours}.':
    'Das Programm des Anrufers spricht Fassung {theirs} des Protokolls der Web-Anrufe, dieser Server Fassung {ours}.',

  // What a vendor said to a key
  '{vendor} takes the key.': '{vendor} nimmt den Schlüssel an.',
  '{vendor} does not take the key: it is wrong, was revoked or lacks a permission. ({said})':
    '{vendor} nimmt den Schlüssel nicht an: Er ist falsch, wurde widerrufen oder ihm fehlt eine Berechtigung. ({said})',
  '{vendor} knows the key, but its account has no credit left. ({said})':
    '{vendor} kennt den Schlüssel, aber das Konto dort hat kein Guthaben mehr. ({said})',
  '{vendor} is being asked too often with this key at the moment; calls may be refused as well. ({said})':
    '{vendor} wird mit diesem Schlüssel gerade zu oft gefragt; auch Anrufe können abgelehnt werden. ({said})',
  '{vendor} did not answer in time. ({said})': '{vendor} hat nicht rechtzeitig geantwortet. ({said})',
  '{vendor} cannot be reached or is down. ({said})': '{vendor} ist nicht zu erreichen oder gestört. ({said})',
  '{vendor} refused the request. ({said})': '{vendor} hat die Anfrage abgelehnt. ({said})',
  'What answered does not speak the way {vendor} does: the address may be wrong. ({said})':
    'Was geantwortet hat, spricht nicht wie {vendor}: Die Adresse ist vielleicht falsch. ({said})',
  'the stored key cannot be read, set it again': 'der gespeicherte Schlüssel ist nicht zu lesen, setzen Sie ihn neu',

  // Access to vendors and carriers
  'The {task} provider "{vendor}" needs the setting {setting}, or a key of the account under Settings → Integrations.':
    'Für {vendor} fehlt die Einstellung {setting} oder ein Schlüssel des Arbeitsbereichs unter Einstellungen → Integrationen.',
  'The {task} provider "{vendor}" needs the setting {setting}.': 'Für {vendor} fehlt die Einstellung {setting}.',
  'The {task} provider "{vendor}" is not supported in this version.': '{vendor} wird in dieser Fassung nicht unterstützt.',
  'There is no {task} provider "{vendor}"; known are {vendors}.': 'Den Anbieter {vendor} gibt es nicht; bekannt sind {vendors}.',
  'The key of this account for {vendor} cannot be read: set it again.':
    'Der Schlüssel dieses Arbeitsbereichs für {vendor} lässt sich nicht lesen: setzen Sie ihn neu.',
  'Calls over your Telnyx account need its set-up and its public key: see Settings → Integrations.':
    'Für Anrufe über Ihr Telnyx-Konto fehlen die Einrichtung und der öffentliche Schlüssel: siehe Einstellungen → Integrationen.',
  'Calls over your Twilio account are not possible yet: whoever runs this server needs to set PUBLIC_URL.':
    'Anrufe über Ihr Twilio-Konto sind noch nicht möglich: Wer diesen Server betreibt, muss PUBLIC_URL setzen.',
  'Calls over Telnyx need settings that are missing: {names}.': 'Für Anrufe über Telnyx fehlen Einstellungen: {names}.',
  'Calls over Twilio need a setting that is missing: {name}.': 'Für Anrufe über Twilio fehlt eine Einstellung: {name}.',
  '{carrier} is not set up on this server.': '{carrier} ist auf diesem Server nicht eingerichtet.',
  'The carrier {carrier} is not set up on this server.': 'Der Telefonanbieter {carrier} ist auf diesem Server nicht eingerichtet.',
  'This account has not set up its own access to {carrier}: see Settings → Integrations.':
    'Dieser Arbeitsbereich hat keinen eigenen Zugang zu {carrier} eingerichtet: siehe Einstellungen → Integrationen.',
  '{carrier} cannot do this with a call.': '{carrier} kann das mit einem Anruf nicht tun.',

  // Carriers
  'The call is over.': 'Der Anruf ist vorbei.',
  'The call has no sound here: it is over.': 'Der Anruf hat hier keinen Ton: er ist vorbei.',
  'The call does not ring here.': 'Der Anruf klingelt hier nicht.',
  'The call is not answered yet.': 'Der Anruf ist noch nicht angenommen.',
  'The built-in network is closing.': 'Das eingebaute Netz wird beendet.',
  'This server takes no more web calls.': 'Dieser Server nimmt keine Anrufe aus dem Browser mehr an.',
  'Browsers and apps cannot be dialled: they call by themselves.': 'Browser und Apps lassen sich nicht anrufen: sie rufen selbst an.',
  '{number} is not a phone number in E.164 form.': '{number} ist keine Rufnummer im Format E.164.',
  '{vendor} takes no more requests for now.': '{vendor} nimmt gerade keine Anfragen mehr an.',
  '{vendor} could not be reached, or the connection broke.': '{vendor} war nicht zu erreichen, oder die Verbindung brach ab.',
  '{vendor} answered something that is not JSON.': '{vendor} antwortete etwas, das kein JSON ist.',
  '{vendor} answered in a form that is not known.': '{vendor} antwortete in einer unbekannten Form.',
  '{vendor} refused ({said}).': '{vendor} hat abgelehnt ({said}).',
  'The Twilio account is {status}.': 'Das Twilio-Konto ist nicht aktiv ({status}).',
  'There is no call control application {id} in this account.': 'In diesem Konto gibt es keine Call-Control-Anwendung {id}.',
  'Telnyx could not be asked whether the number is for sale.': 'Telnyx konnte nicht gefragt werden, ob die Nummer zu kaufen ist.',
  'Twilio names this account’s prices in {currency}; only USD can be shown.':
    'Twilio nennt die Preise dieses Kontos in {currency}; nur USD lässt sich zeigen.',
  'Twilio could not stream the sound of the call: nobody could hear anything. Is PUBLIC_URL reached from outside, over TLS?':
    'Twilio konnte den Ton des Anrufs nicht übertragen: Niemand konnte etwas hören. Ist PUBLIC_URL von außen erreichbar, über TLS?',
  'Telnyx could not open the media socket of the call: nobody could hear anything. Is PUBLIC_URL reached from outside?':
    'Telnyx konnte den Media-Socket des Anrufs nicht öffnen: Niemand konnte etwas hören. Ist PUBLIC_URL von außen erreichbar?',
  'The sound could not be stopped for a transfer.': 'Der Ton ließ sich für eine Weiterverbindung nicht anhalten.',
  'Twilio did not say whether it connected a call; it is ended.': 'Twilio sagte nicht, ob es einen Anruf verbunden hat; er wird beendet.',
  'Several calls between these numbers began; Twilio cannot tell which is which.':
    'Zwischen diesen Nummern begannen mehrere Anrufe; Twilio kann nicht sagen, welcher welcher ist.',
  'A connection of Twilio is a TwiML application (AP…) or a trunk (TK…).':
    'Eine Verbindung bei Twilio ist eine TwiML-Anwendung (AP…) oder ein Trunk (TK…).',

  // Vendors that listen, think and speak
  '{vendor} did not answer in time.': '{vendor} hat nicht rechtzeitig geantwortet.',
  '{vendor} came to its limit of tokens before the first word.': '{vendor} erreichte seine Obergrenze an Tokens vor dem ersten Wort.',
  '{vendor} did not open a connection in time.': '{vendor} hat nicht rechtzeitig eine Verbindung geöffnet.',
  '{vendor} did not open the session in time.': '{vendor} hat die Sitzung nicht rechtzeitig geöffnet.',
  '{vendor} does not read any more.': '{vendor} liest nicht mehr.',
  '{vendor} said nothing for {seconds} seconds.': '{vendor} hat {seconds} Sekunden lang nichts gesagt.',
  '{vendor} closed the connection ({said}).': '{vendor} hat die Verbindung geschlossen ({said}).',
  '{vendor} broke off in the middle of a reply.': '{vendor} brach mitten in einer Antwort ab.',
  '{vendor} refused to answer (content filter).': '{vendor} weigerte sich zu antworten (Inhaltsfilter).',
  '{vendor} refused: {said}': '{vendor} hat abgelehnt: {said}',
  '{vendor} called the tool {tool} with arguments that are no JSON object.':
    '{vendor} rief das Werkzeug {tool} mit Argumenten auf, die kein JSON-Objekt sind.',
  '{vendor} answered without a reply: is its address right?': '{vendor} antwortete ohne Inhalt: stimmt die Adresse?',
  '{vendor} answered without a stream: is {address} the right address?':
    '{vendor} antwortete ohne Strom: ist {address} die richtige Adresse?',
  '{vendor} answered without sound.': '{vendor} antwortete ohne Ton.',
  '{vendor} answered with what is no JSON.': '{vendor} antwortete mit etwas, das kein JSON ist.',
  '{vendor} answered with more than {count} bytes.': '{vendor} antwortete mit mehr als {count} Bytes.',
  '{vendor} sent an event longer than a mebibyte.': '{vendor} schickte ein Ereignis von mehr als einem Mebibyte.',
  '{vendor} sent a message without a type.': '{vendor} schickte eine Nachricht ohne Art.',
  '{vendor} sent something that is no message.': '{vendor} schickte etwas, das keine Nachricht ist.',
  '{vendor} sent something that is no chunk of a reply.': '{vendor} schickte etwas, das kein Teil einer Antwort ist.',
  '{vendor} sent a message that cannot be read.': '{vendor} schickte eine Nachricht, die sich nicht lesen lässt.',
  '{vendor} sent a turn that cannot be read.': '{vendor} schickte einen Beitrag, der sich nicht lesen lässt.',
  '{vendor} sent results that cannot be read.': '{vendor} schickte Ergebnisse, die sich nicht lesen lassen.',
  '{vendor} sent a list of voices that cannot be read.': '{vendor} schickte eine Liste von Stimmen, die sich nicht lesen lässt.',
  '{vendor} ended the transcription ({said}).': '{vendor} hat die Transkription beendet ({said}).',
  '{vendor} ended the utterance ({said}).': '{vendor} hat die Äußerung beendet ({said}).',
  'deepgram failed: {said}.': 'deepgram ist ausgefallen: {said}.',
  '{vendor} has no {setting}.': 'Für {vendor} fehlt {setting}.',
  'The connection to {vendor} failed: {said}.': 'Die Verbindung zu {vendor} ist gescheitert: {said}.',
  'No model is chosen for {vendor}.': 'Für {vendor} ist kein Modell gewählt.',
  '"{address}" is no address of a language model server.': '„{address}“ ist keine Adresse eines Sprachmodell-Servers.',
  'The language model server must have an http or https address, not "{address}".':
    'Der Sprachmodell-Server braucht eine http- oder https-Adresse, nicht „{address}“.',
  'There is no vendor {vendor}.': 'Den Anbieter {vendor} gibt es nicht.',
  'The session was not wanted any more.': 'Die Sitzung wurde nicht mehr gebraucht.',
  '{vendor} answered {said}': '{vendor} antwortete mit {said}',

  // The built-in ones
  'The local speech models are not running in this process.': 'Die eingebauten Sprachmodelle laufen in diesem Prozess nicht.',
  '{what} is not installed (looked for {where}): run "npm ci" in the project folder.':
    '{what} ist nicht installiert (gesucht: {where}): führen Sie „npm ci“ im Projektordner aus.',
  'Local {what} broke off: {reason}.': 'Das eingebaute Modell ({what}) brach ab: {reason}.',
  'Local {what} is stopping.': 'Das eingebaute Modell ({what}) wird beendet.',
  'Local {what} is overloaded: {count} jobs are waiting.': 'Das eingebaute Modell ({what}) ist überlastet: {count} Aufträge warten.',
  'Local voice activity cannot start: {reason}': 'Die eingebaute Sprecherkennung kann nicht beginnen: {reason}',
  'Voice activity listens at 8000 or 16000 Hz, not at {rate}.': 'Die Sprecherkennung hört mit 8000 oder 16000 Hz, nicht mit {rate}.',
  'Voice activity already listens to {count} calls.': 'Die Sprecherkennung hört schon {count} Anrufe.',
  'The local dialogue speaks English only; "{language}" needs a language model.':
    'Der eingebaute Dialog spricht nur Englisch; „{language}“ braucht ein Sprachmodell.',
  'The local voice speaks English only; "{language}" needs a voice of another provider.':
    'Die eingebaute Stimme spricht nur Englisch; „{language}“ braucht die Stimme eines anderen Anbieters.',
  'Local transcription understands English only; "{language}" needs another transcriber.':
    'Die eingebaute Transkription versteht nur Englisch; „{language}“ braucht eine andere.',

  // The stages of a conversation
  'The transcriber did not open in time.': 'Die Transkription begann nicht rechtzeitig.',
  'The transcriber ended the stream.': 'Die Transkription hat den Strom beendet.',
  'No transcriber is configured.': 'Es ist keine Transkription eingerichtet.',
  'The realtime model did not answer in time.': 'Das Echtzeitmodell hat nicht rechtzeitig geantwortet.',
  'The reply of the realtime model stopped in the middle.': 'Die Antwort des Echtzeitmodells blieb in der Mitte stehen.',
  'The realtime session did not open in time.': 'Die Sitzung des Echtzeitmodells begann nicht rechtzeitig.',
  'The realtime session ended.': 'Die Sitzung des Echtzeitmodells endete.',
  'No sound came in time.': 'Es kam nicht rechtzeitig Ton.',
  'The sound stopped in the middle.': 'Der Ton blieb in der Mitte stehen.',
  'The voice gave no sound for its text.': 'Die Stimme gab zu ihrem Text keinen Ton.',
  'No first word came in time.': 'Das erste Wort kam nicht rechtzeitig.',
  'The reply stopped in the middle.': 'Die Antwort blieb in der Mitte stehen.',
};

/** The stages of a conversation, as a sentence begins with them. */
export const GERMAN_STAGES: Readonly<Record<string, string>> = {
  'speech-to-speech': 'Das Echtzeitmodell',
  'voice-activity': 'Die Sprecherkennung',
  'speech-to-text': 'Die Transkription',
  'language-model': 'Das Sprachmodell',
  'text-to-speech': 'Die Stimme',
};
