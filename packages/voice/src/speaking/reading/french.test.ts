import { expect, test } from 'vitest';
import { spokenForm } from '../spoken-form.ts';
import { piecewise, tokensOf } from './testing/piecewise.ts';

const reading = { language: 'fr', readsNumbers: false };

test.each([
  ['le 1er mai 2026', 'le premier mai deux mille vingt-six'],
  ['le 3 mai', 'le trois mai'],
  ['à 9h30', 'à neuf heures trente'],
  ['à 1 h', 'à une heure'],
  ['12,50 €', 'douze euros cinquante'],
  ['1 234 567 habitants', 'un million deux cent trente-quatre mille cinq cent soixante-sept habitants'],
  ['2,5 millions €', 'deux virgule cinq millions d’euros'],
  ['10 %', 'dix pour cent'],
  ['3 km', 'trois kilomètres'],
  ['la 1ère fois', 'la première fois'],
  ['le 2e étage', 'le deuxième étage'],
  ['03/05/2026', 'trois mai deux mille vingt-six'],
  ['06 12 34 56 78', 'zéro six, un deux, trois quatre, cinq six, sept huit'],
  ['M. Dupont et Mme Martin', 'Monsieur Dupont et Madame Martin'],
  ['contact@exemple.fr', 'contact arobase exemple point fr'],
  ['5-10 €', 'cinq à dix euros'],
  ['-3 °C', 'moins trois degrés'],
  ['3,14', 'trois virgule un quatre'],
])('%j is said %j', (written, said) => {
  expect(spokenForm(written, reading)).toBe(said);
  expect(piecewise(tokensOf(written), reading)).toEqual({ said, written });
});
