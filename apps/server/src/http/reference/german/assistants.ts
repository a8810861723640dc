/** Assistants and their calls. */
export const ASSISTANTS = {
  Assistants: 'Assistenten',
  'The AI agents that handle phone calls: prompt, model, voice and transcription of each.':
    'Die KI-Agenten, die Telefonate führen: Prompt, Modell, Stimme und Transkription jedes einzelnen.',
  'Create an assistant': 'Einen Assistenten anlegen',
  'Creates an assistant with the defaults of a template. Change single fields afterwards with `PATCH`.':
    'Legt einen Assistenten mit den Vorgaben einer Vorlage an. Einzelne Felder ändern Sie danach mit `PATCH`.',
  'A human-readable name': 'Ein lesbarer Name',
  'Starter configuration': 'Ausgangskonfiguration',
  'List assistants': 'Assistenten auflisten',
  'Part of the name, upper or lower case': 'Teil des Namens, groß oder klein geschrieben',
  'Only those made from this template': 'Nur die aus dieser Vorlage',
  'Get an assistant': 'Einen Assistenten abrufen',
  'Answers the full configuration. The answer carries an `ETag`; send it back as `If-Match` with a change and the change is refused with 412 if somebody else was faster.':
    'Antwortet mit der ganzen Konfiguration. Die Antwort trägt ein `ETag`; senden Sie es bei einer Änderung als `If-Match` zurück, und die Änderung wird mit 412 abgelehnt, wenn jemand schneller war.',
  'The id of the assistant (asst_…)': 'Die ID des Assistenten (asst_…)',
  'The assistant (asst_…)': 'Der Assistent (asst_…)',
  'Update an assistant': 'Einen Assistenten ändern',
  'Changes the fields you send and no others. The answer carries an `ETag`; send it back as `If-Match` with a change and the change is refused with 412 if somebody else was faster.':
    'Ändert die gesendeten Felder und keine anderen. Die Antwort trägt ein `ETag`; senden Sie es bei einer Änderung als `If-Match` zurück, und die Änderung wird mit 412 abgelehnt, wenn jemand schneller war.',
  'The opening line when a call connects; may use CRM variables. Empty: the assistant waits for the caller to speak':
    'Der erste Satz, sobald das Gespräch steht; darf CRM-Variablen enthalten. Leer: der Assistent wartet, bis der Anrufer spricht',
  'The instructions that define behaviour and persona; may use CRM variables like {{contact.first_name}}':
    'Die Anweisungen zu Verhalten und Rolle; dürfen CRM-Variablen wie {{contact.first_name}} enthalten',
  'Language model provider': 'Anbieter des Sprachmodells',
  'Language model identifier of that provider': 'Kennung des Sprachmodells bei diesem Anbieter',
  'Language model identifier': 'Kennung des Sprachmodells',
  'Sampling temperature; higher values vary more': 'Sampling-Temperatur; höhere Werte variieren mehr',
  'Sampling temperature': 'Sampling-Temperatur',
  'Most tokens of one completion': 'Höchstzahl der Token einer Antwort des Modells',
  'Speech synthesis provider': 'Anbieter der Sprachausgabe',
  'Voice model identifier of that provider': 'Kennung des Stimmmodells bei diesem Anbieter',
  'Voice model identifier': 'Kennung des Stimmmodells',
  'Voice identifier within the provider': 'Kennung der Stimme beim Anbieter',
  'Human-readable label of the voice': 'Lesbarer Name der Stimme',
  'Transcription provider': 'Anbieter der Transkription',
  'Transcription model': 'Transkriptionsmodell',
  'BCP-47 language code of the transcription': 'BCP-47-Sprachcode der Transkription',
  'Words likely to come that a transcriber might miss: names, products. The contact’s and company’s names are added by themselves':
    'Wörter, die wahrscheinlich fallen und überhört werden könnten: Namen, Produkte. Die Namen von Kontakt und Firma kommen von selbst dazu',
  'Language model provider that takes over in a call when the first fails or stalls; null: the server’s own choice':
    'Anbieter des Sprachmodells, der im Gespräch übernimmt, wenn der erste versagt oder hängt; null: was der Server wählt',
  'Language model identifier of the fallback; its provider’s default unless given':
    'Kennung des Ersatz-Sprachmodells; ohne Angabe das übliche seines Anbieters',
  'Speech synthesis provider that takes over in a call; null: the server’s own choice':
    'Anbieter der Sprachsynthese, der im Gespräch übernimmt; null: was der Server wählt',
  'Voice model of the fallback; its provider’s default unless given': 'Stimmmodell des Ersatzes; ohne Angabe das übliche seines Anbieters',
  'Voice of the fallback; its provider’s default unless given': 'Stimme des Ersatzes; ohne Angabe die übliche seines Anbieters',
  'Transcription provider that takes over in a call; null: the server’s own choice':
    'Anbieter der Transkription, der im Gespräch übernimmt; null: was der Server wählt',
  'Transcription model of the fallback; its provider’s default unless given':
    'Transkriptionsmodell des Ersatzes; ohne Angabe das übliche seines Anbieters',
  'Words likely to come; left out where there are none': 'Wörter, die wahrscheinlich fallen; fehlt, wo es keine gibt',
  'Language model provider that takes over; left out unless set': 'Anbieter des Sprachmodells, der übernimmt; fehlt, wenn nicht gesetzt',
  'Language model of the fallback; left out unless set': 'Sprachmodell des Ersatzes; fehlt, wenn nicht gesetzt',
  'Speech synthesis provider that takes over; left out unless set': 'Anbieter der Sprachsynthese, der übernimmt; fehlt, wenn nicht gesetzt',
  'Voice model of the fallback; left out unless set': 'Stimmmodell des Ersatzes; fehlt, wenn nicht gesetzt',
  'Voice of the fallback; left out unless set': 'Stimme des Ersatzes; fehlt, wenn nicht gesetzt',
  'Transcription provider that takes over; left out unless set': 'Anbieter der Transkription, der übernimmt; fehlt, wenn nicht gesetzt',
  'Transcription model of the fallback; left out unless set': 'Transkriptionsmodell des Ersatzes; fehlt, wenn nicht gesetzt',
  '`standard`: transcription, language model and voice one after the other; `realtime`: one model that hears and speaks itself, with the standard ones to take over when it fails':
    '`standard`: Transkription, Sprachmodell und Stimme nacheinander; `realtime`: ein Modell, das selbst hört und spricht; fällt es aus, übernehmen die anderen',
  'Provider of the model that hears and speaks itself, in realtime mode':
    'Anbieter des Modells, das im Modus realtime selbst hört und spricht',
  'Realtime model of that provider': 'Realtime-Modell dieses Anbieters',
  'Voice of the realtime model, by its name': 'Stimme des Realtime-Modells, mit ihrem Namen',
  'Whether one realtime model leads its calls, or three stages do': 'Ob ein Realtime-Modell die Anrufe führt oder drei Stufen',
  'Provider of the realtime model': 'Anbieter des Realtime-Modells',
  'Realtime model identifier': 'Kennung des Realtime-Modells',
  'Voice of the realtime model': 'Stimme des Realtime-Modells',
  'Record calls in stereo: left the caller, right the assistant': 'Gespräche in Stereo aufnehmen: links der Anrufer, rechts der Assistent',
  'Whether it may answer inbound calls': 'Ob er eingehende Anrufe annehmen darf',
  'Whether it may place outbound calls': 'Ob er ausgehende Anrufe führen darf',
  'The account it belongs to': 'Das Konto, dem er gehört',
  'The name you gave it': 'Der Name, den Sie ihm gaben',
  'The template it was created from': 'Die Vorlage, aus der er entstand',
  'What it says first when a call connects': 'Was er zuerst sagt, wenn das Gespräch steht',
  'The instructions that define behaviour and persona': 'Die Anweisungen zu Verhalten und Rolle',
  'Whether calls are recorded': 'Ob Gespräche aufgenommen werden',
  'Delete an assistant': 'Einen Assistenten löschen',
  'Its phone numbers become free for other assistants; its past calls stay on record.':
    'Seine Telefonnummern werden für andere frei; seine bisherigen Anrufe bleiben verzeichnet.',
  'Clone an assistant': 'Einen Assistenten kopieren',
  'Makes a second assistant with the same configuration and no phone numbers.':
    'Legt einen zweiten Assistenten mit derselben Konfiguration und ohne Telefonnummern an.',
  'Name of the copy; the old name followed by “(copy)” unless given': 'Name der Kopie; ohne Angabe der alte Name, gefolgt von „(copy)“',
  'Place a test call': 'Einen Testanruf führen',
  'One of your numbers; left out as in “Place a call”': 'Eine Ihrer Nummern; weggelassen wie bei „Einen Anruf führen“',
  'Get usage figures of an assistant': 'Nutzungszahlen eines Assistenten abrufen',
  'null while no call was evaluated': 'null, solange kein Anruf bewertet wurde',
  'Calls started, days in UTC': 'Begonnene Anrufe, Tage in UTC',
  'The last 30 days, oldest first': 'Die letzten 30 Tage, ältester zuerst',
  'Assign phone numbers to an assistant': 'Einem Assistenten Telefonnummern zuweisen',
  'Replaces the numbers of the assistant by the given ones; an empty list removes all. A number belongs to at most one assistant, so assigning it takes it from the one that had it. Calls to the number reach the assistant when its inbound_enabled is true.':
    'Ersetzt die Nummern des Assistenten durch die angegebenen; eine leere Liste entfernt alle. Eine Nummer gehört höchstens einem Assistenten; wer sie zuweist, nimmt sie dem bisherigen weg. Anrufe auf die Nummer erreichen den Assistenten, wenn inbound_enabled wahr ist.',
  'Ids of the numbers (pn_…), the one to call from first': 'IDs der Nummern (pn_…), die zum Anrufen zuerst',
  'user: the caller': 'user: der Anrufer',
  'The conversation so far, the caller’s newest message last; empty: the assistant says its first message':
    'Das bisherige Gespräch, die neueste Nachricht des Anrufers zuletzt; leer: Der Assistent sagt seine erste Nachricht',
  'Fills the variables of the prompt as in a call with this contact':
    'Füllt die Variablen des Prompts wie in einem Anruf mit diesem Kontakt',
  'Settings to try that are not saved yet': 'Einstellungen zum Probieren, die noch nicht gespeichert sind',
  'What the assistant says; null where it waits for the caller to begin':
    'Was der Assistent sagt; null, wenn er darauf wartet, dass der Anrufer beginnt',
  'In a call it would hang up now': 'In einem Anruf würde er jetzt auflegen',
  'Tools that ran; what they would do to a call is not done': 'Werkzeuge, die liefen; was sie an einem Anruf täten, wird nicht getan',
  'Who answered; local where a vendor without a key was replaced': 'Wer antwortete; local, wenn ein Anbieter ohne Schlüssel ersetzt wurde',
  'Variables without a value: they say nothing': 'Variablen ohne Wert: Sie sagen nichts',
  'Tokens, where the vendor counts them': 'Tokens, sofern der Anbieter sie zählt',
  'From the question to the first word': 'Von der Frage bis zum ersten Wort',
  'From the question to the last word': 'Von der Frage bis zum letzten Wort',
  'Chat with an assistant in writing': 'Mit einem Assistenten schriftlich sprechen',
  'One reply with the same prompt, variables, language model and tools as in a call, without sound: for work on the prompt. Nothing is stored; send the whole conversation each time.':
    'Eine Antwort mit demselben Prompt, denselben Variablen, demselben Sprachmodell und denselben Werkzeugen wie in einem Anruf, ohne Ton: für die Arbeit am Prompt. Nichts wird gespeichert; senden Sie jedes Mal das ganze Gespräch.',
  'Chat with an assistant, word by word': 'Mit einem Assistenten Wort für Wort sprechen',
  'As “Chat with an assistant in writing”, as server-sent events: text with each piece of the reply, tool for each tool that ran, and at last reply with the whole as it is answered there, or error.':
    'Wie „Mit einem Assistenten schriftlich sprechen“, als Server-Sent Events: text mit jedem Stück der Antwort, tool für jedes gelaufene Werkzeug und zuletzt reply mit dem Ganzen, wie es dort geantwortet wird, oder error.',
  'The reply as it is thought': 'Die Antwort, während sie entsteht',
  'Who says it': 'Wer es sagt',
  'What is said': 'Was gesagt wird',
  'Whether it worked': 'Ob es gelang',
  'Tokens of prompt and conversation': 'Tokens von Prompt und Gespräch',
  'Tokens of the reply': 'Tokens der Antwort',
} as const;
