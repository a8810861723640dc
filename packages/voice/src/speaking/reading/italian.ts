import type { SpokenLanguage } from './spoken-language.ts';

/** Addresses only so far: numbers are read by the voice. */
export const italian = (): SpokenLanguage => ({
  code: 'it',
  signs: { at: 'chiocciola', dot: 'punto', dash: 'trattino', underscore: 'trattino basso', plus: 'più', slash: 'barra' },
});
