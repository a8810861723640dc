import type { signEn } from './sign.en.ts';

export const signDe: typeof signEn = {
  sign: {
    backupCode: 'Ersatzcode',
    byBackup: 'Ersatzcode benutzen',
    byApp: 'App benutzen',
    trust: 'In diesem Browser 30 Tage lang nicht fragen',
    in: 'Anmelden',
    up: 'Konto anlegen',
    email: 'E-Mail',
    password: 'Passwort',
    yourName: 'Ihr Name',
    workspaceName: 'Name Ihres Arbeitsbereichs',
    toUp: 'Noch kein Konto? Jetzt anlegen',
    toIn: 'Schon ein Konto? Anmelden',
    about: 'Assistenten, die echte Telefonate annehmen und führen.',
    passwordHint: 'Mindestens 8 Zeichen',
    code: 'Code aus Ihrer Authenticator-App',
    codeNeeded: 'Geben Sie die sechs Ziffern ein, die Ihre Authenticator-App zeigt.',
  },
};
