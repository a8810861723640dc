import type { talkEn } from './talk.en.ts';

export const talkDe: typeof talkEn = {
  talk: {
    title: 'Sprechen',
    about: 'Rufen Sie einen Assistenten mit dem Mikrofon an. Nichts verlässt diesen Server, was seine Anbieter nicht brauchen.',
    choose: 'Assistent',
    start: 'Anrufen',
    hangUp: 'Auflegen',
    mute: 'Stumm',
    unmute: 'Ton an',
    connecting: 'Verbindung wird aufgebaut …',
    live: 'In der Leitung',
    over: 'Der Anruf ist beendet.',
    lost: 'Die Verbindung zum Server ist abgerissen, der Anruf ist beendet. Versuchen Sie es nochmal.',
    leaveSure: 'Wer diese Seite verlässt, legt auf.',
    seeCall: 'Anruf ansehen',
    micDenied: 'Das Mikrofon ist nicht verfügbar: Erlauben Sie es im Browser und versuchen Sie es nochmal.',
    you: 'Sie',
    assistant: 'Assistent',
    interrupted: 'unterbrochen',
    yourLevel: 'Ihr Pegel',
    replyTime: '{{ms}} ms bis zur Antwort',
    waiting: 'Sagen Sie etwas.',
    needAssistant: 'Legen Sie zuerst einen Assistenten an.',
  },
};
