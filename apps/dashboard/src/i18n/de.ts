import type { Texts } from './en.ts';

export const de: Texts = {
  close: 'Schließen', loading: 'Wird geladen …', failed: 'Das hat nicht geklappt.', tryAgain: 'Nochmal versuchen', pages: 'Seiten', pageOf: '{{from}}–{{to}} von {{count}}',
  previous: 'Zurück', next: 'Weiter', save: 'Speichern', saved: 'Gespeichert', cancel: 'Abbrechen', create: 'Anlegen', delete: 'Löschen', edit: 'Bearbeiten', search: 'Suchen', name: 'Name', status: 'Status',
  created: 'Angelegt', actions: 'Aktionen', all: 'Alle', yes: 'Ja', no: 'Nein', none: 'Keine', copy: 'Kopieren', copied: 'Kopiert', unsaved: 'Es gibt ungespeicherte Änderungen. Trotzdem verlassen?', menu: 'Menü', skip: 'Zum Inhalt springen',
  offline: 'Der Server ist nicht erreichbar. Die Anzeige kann veraltet sein.', notFound: 'Hier ist nichts.', language: 'Sprache', theme: 'Hell oder dunkel', signOut: 'Abmelden', workspace: 'Arbeitsbereich',
  nav: { overview: 'Übersicht', assistants: 'Assistenten', talk: 'Sprechen', calls: 'Anrufe', numbers: 'Rufnummern', contacts: 'Kontakte', companies: 'Firmen', campaigns: 'Kampagnen', settings: 'Einstellungen' },
  sign: {
    in: 'Anmelden', up: 'Konto anlegen', email: 'E-Mail', password: 'Passwort', yourName: 'Ihr Name', workspaceName: 'Name Ihres Arbeitsbereichs', toUp: 'Noch kein Konto? Jetzt anlegen', toIn: 'Schon ein Konto? Anmelden',
    about: 'Assistenten, die echte Telefonate annehmen und führen.', passwordHint: 'Mindestens 8 Zeichen', code: 'Code aus Ihrer Authenticator-App', codeNeeded: 'Geben Sie die sechs Ziffern ein, die Ihre Authenticator-App zeigt.',
  },
  overview: {
    hello: 'Übersicht', about: 'Was Ihre Assistenten getan haben.', calls: 'Anrufe', minutes: 'Minuten', answered: 'Angenommen', live: 'Gerade aktiv', latency: 'Antwortzeit (Median)', recent: 'Letzte Anrufe',
    first: 'Erste Schritte', step1: 'Assistenten anlegen', step1About: 'Vorlage wählen und sagen, was Ihr Unternehmen tut.', step2: 'Mit ihm sprechen', step2About: 'Im Browser, mit dem Mikrofon. Ohne Rufnummer.', step3: 'Rufnummer holen', step3About: 'Damit man ihn anrufen kann.', step4: 'Kontakte anlegen', step4About: 'Liste importieren oder einzeln eintragen.',
  },
  assistants: {
    title: 'Assistenten', about: 'Jeder hat Prompt, Sprachmodell, Stimme und Transkription.', new: 'Neuer Assistent', empty: 'Noch kein Assistent', emptyAbout: 'Legen Sie einen aus einer Vorlage an und sprechen Sie im Browser mit ihm.', template: 'Vorlage',
    templates: { 'outbound-setter': 'Outbound-Setter: vereinbart Termine', 'inbound-support': 'Inbound-Support: nimmt Anrufe an', 'follow-up': 'Follow-up: ruft nach einem Kontakt zurück', custom: 'Eigener: von Grund auf' },
    model: 'Modell', voice: 'Stimme', clone: 'Duplizieren', deleteSure: '{{name}} löschen? Die Anrufe bleiben im Protokoll.', talk: 'Mit ihm sprechen',
    tabs: { prompt: 'Prompt', model: 'Modell', voice: 'Stimme', transcriber: 'Transkription', telephony: 'Telefonie' },
    firstMessage: 'Erste Nachricht', firstMessageHint: 'Wird gesagt, sobald der Anruf steht. Leer: der Assistent wartet.', prompt: 'System-Prompt', promptHint: 'Fakten, Ton und Aufgabe. Tippen Sie {{open}} für eine Variable oder nutzen Sie die Liste.', variables: 'Variablen', provider: 'Anbieter', temperature: 'Temperatur', temperatureHint: '0 ist berechenbar, 2 ist wild.', maxTokens: 'Längste Antwort (Tokens)', voiceId: 'Stimmen-ID', voiceName: 'Name der Stimme', voiceModel: 'Stimmmodell', transcriberModel: 'Modell', transcriberLanguage: 'Sprache', transcriberLanguageHint: 'BCP-47, zum Beispiel en oder de. Die lokale Transkription versteht nur Englisch.',
    recording: 'Anrufe aufzeichnen', recordingHint: 'Stereo: links der Anrufer, rechts der Assistent.', inbound: 'Nimmt Anrufe an', outbound: 'Führt ausgehende Anrufe', localNote: 'Läuft auf diesem Rechner, ohne Schlüssel.', keyNote: 'Braucht einen Schlüssel des Anbieters; ohne ihn laufen Anrufe in der Entwicklung auf den lokalen Modellen.',
    savedElsewhere: 'Jemand anderes hat diesen Assistenten inzwischen geändert. Laden Sie neu, um dessen Fassung zu sehen.',
  },
  talk: {
    title: 'Sprechen', about: 'Rufen Sie einen Assistenten mit dem Mikrofon an. Nichts verlässt diesen Server, was seine Anbieter nicht brauchen.', choose: 'Assistent', start: 'Anrufen', hangUp: 'Auflegen', mute: 'Stumm', unmute: 'Ton an', connecting: 'Verbindung wird aufgebaut …', live: 'In der Leitung', over: 'Der Anruf ist beendet.', seeCall: 'Anruf ansehen', micDenied: 'Das Mikrofon ist nicht verfügbar: Erlauben Sie es im Browser und versuchen Sie es nochmal.', you: 'Sie', assistant: 'Assistent', interrupted: 'unterbrochen', yourLevel: 'Ihr Pegel', replyTime: '{{ms}} ms bis zur Antwort', waiting: 'Sagen Sie etwas.', needAssistant: 'Legen Sie zuerst einen Assistenten an.',
  },
  calls: {
    title: 'Anrufe', about: 'Jeder Anruf mit Aufzeichnung, Transkript und Antwortzeiten.', empty: 'Noch keine Anrufe', emptyAbout: 'Sprechen Sie mit einem Assistenten oder lassen Sie ihn jemanden anrufen.', direction: 'Richtung', inbound: 'Eingehend', outbound: 'Ausgehend', from: 'Von', to: 'An', started: 'Beginn', duration: 'Dauer', assistant: 'Assistent', searchHint: 'Im Anruf gesagte Wörter',
    statuses: { queued: 'Wartet', ringing: 'Klingelt', in_progress: 'Läuft', completed: 'Beendet', failed: 'Fehlgeschlagen' }, transcript: 'Transkript', events: 'Ereignisse', latency: 'Antwortzeiten', recording: 'Aufzeichnung', noRecording: 'Dieser Anruf wurde nicht aufgezeichnet.', download: 'Herunterladen', erase: 'Löschen', eraseSure: 'Aufzeichnung und Transkript endgültig löschen? Der Eintrag bleibt.', erased: 'Gelöscht', hangUp: 'Auflegen', endedReason: 'Beendet wegen', noTranscript: 'Niemand hat etwas gesagt.', play: 'Abspielen', pause: 'Pause', caller: 'Anrufer', speed: 'Tempo', turn: 'Beitrag', endOfTurn: 'Ende erkannt', firstToken: 'Erstes Token', firstAudio: 'Erster Ton', voiceToVoice: 'Stimme zu Stimme', median: 'Median', p95: '95. Perzentil', newCall: 'Anruf starten', toNumber: 'Anzurufende Nummer', toNumberHint: 'Zum Beispiel +14155550100: eine simulierte Person, die spricht.', place: 'Anrufen',
  },
  keys: {
    title: 'API-Schlüssel', about: 'Für Programme, die die API nutzen. Ein Schlüssel wird nur einmal gezeigt.', new: 'API-Schlüssel erstellen', generate: 'Erzeugen', nameHint: 'Zum Beispiel production-integration', shownOnce: 'Kopieren Sie den Schlüssel jetzt: er wird nicht nochmal gezeigt.', empty: 'Noch keine Schlüssel', prefix: 'Beginnt mit', lastUsed: 'Zuletzt benutzt', never: 'nie', revoke: 'Widerrufen', revokeSure: '{{name}} widerrufen? Programme, die ihn nutzen, gehen sofort nicht mehr.', revoked: 'Widerrufen',
  },
};
