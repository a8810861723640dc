import { describe, expect, it } from 'vitest';
import { answerTo, declinedOf, offerOf, questionOf } from './consultation-words.ts';

describe('an answer to “may I put the call through?”', () => {
  it.each([
    ['en', 'Yes.', 'yes'],
    ['en', 'Yeah, sure, go ahead.', 'yes'],
    ['en', 'No problem, put him through', 'yes'],
    ['en', "I don't mind", 'yes'],
    ['en', 'No, not now please.', 'no'],
    ['en', "Sorry, I can't, I am busy", 'no'],
    ['en', 'Okay, but not right now', 'no'],
    ['en', 'Miller speaking', null],
    ['en', 'I know them', null],
    ['en', '(on the keypad) 1', 'yes'],
    ['en', '(on the keypad) 1#', 'yes'],
    ['en', '(on the keypad) 2', 'no'],
    ['en', '(on the keypad) 9', null],
    ['de', 'Ja, gerne!', 'yes'],
    ['de', 'Kein Problem.', 'yes'],
    ['de', 'Da habe ich nichts dagegen', 'yes'],
    ['de', 'Nein, das passt gerade nicht.', 'no'],
    ['de', 'Später bitte', 'no'],
    ['de', 'Müller, guten Tag', null],
    ['de-AT', 'Jawohl', 'yes'],
    ['es', 'Sí, claro', 'yes'],
    ['es', 'Ahora no', 'no'],
    ['fr', 'Oui, d’accord', 'yes'],
    ['fr', 'Pas de problème', 'yes'],
    ['fr', 'Non merci', 'no'],
    ['it', 'Va bene', 'yes'],
    ['it', 'No, grazie', 'no'],
    ['ja', 'yes', 'yes'],
  ] as const)('%s: %s', (language, text, verdict) => {
    expect(answerTo(text, language)).toBe(verdict);
  });

  it.each(['en', 'de', 'es', 'fr', 'it'])('is not given by our own words in %s', (language) => {
    const offer = { assistant: 'Alex', company: 'Acme', caller: 'Anna Smith', summary: 'It is about a bicycle.' };
    expect(offerOf(offer, language)).toMatch(/Acme.*Anna Smith.*bicycle/);
    expect(offerOf(offer, language).endsWith(questionOf(language))).toBe(true);
    expect(offerOf({ ...offer, caller: null, summary: null }, language)).not.toContain('null');
    expect(declinedOf(language)).not.toBe('');
  });
});
