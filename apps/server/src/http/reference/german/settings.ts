/** Keys of vendors. */
export const SETTINGS = {
  Settings: 'Einstellungen',
  'Keys of the vendors that listen, think and speak.': 'Schlüssel der Anbieter, die zuhören, denken und sprechen.',
  'List vendors and their keys': 'Anbieter und ihre Schlüssel auflisten',
  'Keys themselves are never answered. Those of the server are set by whoever runs it, in its environment.':
    'Die Schlüssel selbst werden nie ausgegeben. Die des Servers setzt, wer ihn betreibt, in dessen Umgebung.',
  'Every vendor that Talkturo works with': 'Jeder Anbieter, mit dem Talkturo arbeitet',
  'As assistants name it': 'Wie Assistenten ihn nennen',
  'As the vendor writes itself': 'Wie der Anbieter sich schreibt',
  'What assistants can use it for': 'Wofür Assistenten ihn nutzen können',
  'Whose key calls use: the key of this account, else the one of the server; null: there is none':
    'Wessen Schlüssel Anrufe nutzen: den dieses Kontos, sonst den des Servers; null: es gibt keinen',
  'Whether the server has a key, used when the account has none':
    'Ob der Server einen Schlüssel hat; er wird genutzt, wenn das Konto keinen hat',
  'The end of the key of this account; null where it has none': 'Das Ende des Schlüssels dieses Kontos; null, wenn es keinen hat',
  'The address of the server; only for openai-compatible': 'Die Adresse des Servers; nur bei openai-compatible',
  'The model that is asked for; only for openai-compatible': 'Das Modell, nach dem gefragt wird; nur bei openai-compatible',
  'When the key of this account was set': 'Wann der Schlüssel dieses Kontos gesetzt wurde',
  'How the vendor answered when it was last asked; null: never with this key':
    'Was der Anbieter zuletzt antwortete; null: mit diesem Schlüssel noch nie gefragt',
  'Whether the vendor takes the key': 'Ob der Anbieter den Schlüssel annimmt',
  'Whose key was tried': 'Wessen Schlüssel versucht wurde',
  'What kind of thing is wrong; null when it is well': 'Welche Art von Fehler vorliegt; null, wenn alles stimmt',
  'One sentence for people': 'Ein Satz für Menschen',
  'Set, replace or remove vendor keys': 'Anbieterschlüssel setzen, ersetzen oder entfernen',
  'Vendors that are left out stay as they are; null removes the key of the account. Calls use the new key from the next one on. Keys are stored encrypted. Signed-in people need to be owner or admin.':
    'Nicht genannte Anbieter bleiben, wie sie sind; null entfernt den Schlüssel des Kontos. Anrufe nutzen den neuen Schlüssel ab dem nächsten. Schlüssel werden verschlüsselt gespeichert. Angemeldete Personen müssen Inhaber oder Administrator sein.',
  'What is to change, by vendor': 'Was sich ändern soll, nach Anbieter',
  'The key as the vendor shows it': 'Der Schlüssel, wie der Anbieter ihn zeigt',
  'Where the server is, with or without /v1': 'Wo der Server ist, mit oder ohne /v1',
  'The model to ask for': 'Das Modell, nach dem gefragt wird',
  'Check a vendor key': 'Einen Anbieterschlüssel prüfen',
  'Asks the vendor something that needs the key and costs nothing, with the key calls would use, and answers what it said within seconds. Signed-in people need to be owner or admin.':
    'Fragt den Anbieter etwas, das den Schlüssel braucht und nichts kostet, mit dem Schlüssel, den Anrufe nutzen würden, und antwortet binnen Sekunden, was er sagte. Angemeldete Personen müssen Inhaber oder Administrator sein.',
  'The vendor, for example openai': 'Der Anbieter, zum Beispiel openai',

  'The public key its webhooks are verified with; only for telnyx':
    'Der öffentliche Schlüssel, mit dem seine Webhooks geprüft werden; nur bei telnyx',
  'The call control application calls leave by; only for telnyx': 'Die Call-Control-Anwendung, über die Anrufe gehen; nur bei telnyx',
  'The SID of its account; only for twilio': 'Die SID seines Kontos; nur bei twilio',
  'The address that numbers are bought with; only for twilio': 'Die Adresse, mit der Nummern gekauft werden; nur bei twilio',
  'The regulatory bundle that numbers are bought with; only for twilio':
    'Das Regulatory Bundle, mit dem Nummern gekauft werden; nur bei twilio',
  'The SID of the account, given together with its token; with another one the address and the bundle that were set are gone':
    'Die SID des Kontos, zusammen mit seinem Token; bei einer anderen sind gesetzte Adresse und Bundle weg',
  'The primary auth token of the account, given together with its SID; without both, those that are set stay':
    'Das primäre Auth Token des Kontos, zusammen mit seiner SID; ohne beide bleiben die gesetzten',
  'An address in the account, which numbers of some countries demand of their buyer':
    'Eine Adresse in dem Konto, die Nummern mancher Länder von ihrem Käufer verlangen',
  'A regulatory bundle in the account, which numbers of some countries demand of their buyer':
    'Ein Regulatory Bundle in dem Konto, das Nummern mancher Länder von ihrem Käufer verlangen',
  'The Twilio account of its own; null removes it': 'Das eigene Konto bei Twilio; null entfernt es',
  'The key as the vendor shows it; left out, the one that is set stays':
    'Der Schlüssel, wie der Anbieter ihn zeigt; ohne Angabe bleibt der gesetzte',
  'Public key of the Telnyx account (portal: Keys & Credentials), by which its webhooks are verified':
    'Öffentlicher Schlüssel des Telnyx-Kontos (Portal: Keys & Credentials), mit dem seine Webhooks geprüft werden',
  'A call control application to use; the set-up makes one where none is named':
    'Eine Call-Control-Anwendung; die Einrichtung legt eine an, wo keine genannt ist',
  'Set your Telnyx account up for calls': 'Ihr Telnyx-Konto für Anrufe einrichten',
  'From the API key of the account alone: makes an outbound voice profile and a call control application with the webhook of this account, attaches the numbers that were bought here, and keeps what it made. Done again it changes nothing. Signed-in people need to be owner or admin.':
    'Allein aus dem API-Schlüssel des Kontos: legt ein Profil für ausgehende Anrufe und eine Call-Control-Anwendung mit dem Webhook dieses Kontos an, hängt die hier gekauften Nummern daran und merkt sich, was angelegt wurde. Noch einmal ausgeführt ändert es nichts. Angemeldete Personen müssen Inhaber oder Administrator sein.',
  'Countries that may be called, for a profile that is made': 'Länder, die angerufen werden dürfen, für ein Profil, das angelegt wird',
  'Whether calls can be placed and taken now': 'Ob jetzt Anrufe getätigt und angenommen werden können',
  'Set your Twilio account up for calls': 'Ihr Twilio-Konto für Anrufe einrichten',
  'Looks what kind of account it is and what is left on it, and points the numbers that were bought here at the webhook of this account. A number with an application or a trunk of its own keeps that. Done again it changes nothing. Signed-in people need to be owner or admin.':
    'Sieht nach, welche Art von Konto es ist und was noch darauf ist, und richtet die hier gekauften Nummern auf den Webhook dieses Kontos. Eine Nummer mit eigener Anwendung oder eigenem Trunk behält sie. Noch einmal ausgeführt ändert es nichts. Angemeldete Personen müssen Inhaber oder Administrator sein.',
  'Where the carrier reports calls of this account': 'Wohin der Telefonanbieter Anrufe dieses Kontos meldet',
  'What was looked at': 'Was angesehen wurde',
  'How it was found, or what was done; `limited`: calls are possible, but not all; `missing` is left to you':
    'Wie es vorgefunden oder was getan wurde; `limited`: Anrufe sind möglich, aber nicht alle; `missing` bleibt Ihnen überlassen',
  'What was found, for programs and for other languages': 'Was gefunden wurde, für Programme und für andere Sprachen',
  'What the sentence names': 'Was der Satz nennt',
  'Everything that was looked at, in order': 'Alles, was angesehen wurde, der Reihe nach',
  'List voices': 'Stimmen auflisten',
  'The voices an assistant can speak with: those of Cartesia and ElevenLabs as the key of the account sees them, and the built-in ones. By vendor and name. Lists are kept for ten minutes; what a vendor last had is answered while it is down, which `sources` says.':
    'Die Stimmen, mit denen ein Assistent sprechen kann: die von Cartesia und ElevenLabs, wie der Schlüssel des Kontos sie sieht, und die eingebauten. Nach Anbieter und Name. Listen werden zehn Minuten aufbewahrt; ist ein Anbieter gestört, wird geantwortet, was er zuletzt hatte, was `sources` sagt.',
  'Only those of this vendor': 'Nur die dieses Anbieters',
  'Only voices that sound so': 'Nur Stimmen, die so klingen',
  'The voices': 'Die Stimmen',
  'Its key; null removes it': 'Sein Schlüssel; null entfernt ihn',
  'Its key, where it wants one': 'Sein Schlüssel, falls er einen verlangt',
  'A server of the account that speaks the API of OpenAI; null removes it':
    'Ein eigener Server, der die Schnittstelle von OpenAI spricht; null entfernt ihn',
  'The Telnyx account of its own; null removes it': 'Das eigene Konto bei Telnyx; null entfernt es',
  'BCP-47: `es` finds every Spanish, `es-MX` the Mexican one and those that say only `es`':
    'BCP-47: `es` findet jedes Spanisch, `es-MX` das mexikanische und alle, die nur `es` angeben',
  'Part of the name, the description or the accent': 'Teil des Namens, der Beschreibung oder des Akzents',
  'How each vendor that was asked is doing': 'Wie es um jeden gefragten Anbieter steht',
  '`available`: the list is complete; `stale`: the vendor does not answer, this is what it had before; `unavailable`: there is nothing to show; `no_key`: nobody has set a key':
    '`available`: die Liste ist vollständig; `stale`: der Anbieter antwortet nicht, dies hatte er zuvor; `unavailable`: es gibt nichts zu zeigen; `no_key`: niemand hat einen Schlüssel gesetzt',
  'Why it is not available, in one sentence': 'Warum er nicht verfügbar ist, in einem Satz',
  'When the list was read from the vendor': 'Wann die Liste beim Anbieter gelesen wurde',
  'As it goes into `voice_provider` of an assistant': 'Wie er in `voice_provider` eines Assistenten steht',
  'As it goes into `voice_id` of an assistant': 'Wie sie in `voice_id` eines Assistenten steht',
  'As it goes into `voice_name` of an assistant': 'Wie er in `voice_name` eines Assistenten steht',
  'What the vendor says of it': 'Was der Anbieter von ihr sagt',
  'BCP-47; empty: the vendor does not say': 'BCP-47; leer: der Anbieter sagt es nicht',
  'null: the vendor does not say': 'null: der Anbieter sagt es nicht',
  'In the word of the vendor': 'Im Wort des Anbieters',
  'Made or added by the account at the vendor, not one that everybody has':
    'Vom Konto beim Anbieter angelegt oder hinzugefügt, keine, die alle haben',
  'Hear a voice': 'Eine Stimme anhören',
  'The sample the vendor keeps of the voice; where it keeps none, a short sentence in a language of the voice.':
    'Die Probe, die der Anbieter von der Stimme bereithält; wo er keine hat, ein kurzer Satz in einer Sprache der Stimme.',
  'The vendor: cartesia, elevenlabs or local': 'Der Anbieter: cartesia, elevenlabs oder local',
  'The id of the voice': 'Die ID der Stimme',
  'A few seconds of the voice': 'Einige Sekunden der Stimme',
} as const;
