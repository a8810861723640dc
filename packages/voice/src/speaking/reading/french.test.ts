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
  ['au +33 1 23 45 67 89', 'au plus trois trois, un, deux trois, quatre cinq, six sept, huit neuf'],
  ['de 9h à 12h, 9 h 05', 'de neuf heures à douze heures, neuf heures cinq'],
  ['le 21/03 et le 21/03/2026', 'le vingt et un mars et le vingt et un mars deux mille vingt-six'],
  ['2nde classe, 3e étage', 'seconde classe, troisième étage'],
  ['MM. Martin et le Dr Roux', 'Messieurs Martin et le Docteur Roux'],
  ['1 table, 21 personnes', 'une table, vingt et une personnes'],
  ['24h/24 et 7j/7', 'vingt-quatre heures sur vingt-quatre et sept jours sur sept'],
  ['2 M€ et 3 k€', 'deux millions d’euros et trois mille euros'],
  ['1/2 litre, 2 1/2', 'un demi litre, deux et demi'],
  ['code 4821', 'code quatre huit deux un'],
  ['un RDV à la SNCF', 'un rendez-vous à la S N C F'],
  ['pain, lait, etc. Ensuite', 'pain, lait, et cetera. Ensuite'],
  ['50 km/h, 20 €/h', 'cinquante kilomètres par heure, vingt euros par heure'],
  ['20 €/mois', 'vingt euros par mois'],
  ['$1,250.50', 'mille deux cent cinquante dollars cinquante'],
  ['IBAN FR76 3000 6000 0112', 'IBAN F R sept six, trois zéro zéro zéro, six zéro zéro zéro, zéro un un deux'],
])('%j is said %j', (written, said) => {
  expect(spokenForm(written, reading)).toBe(said);
  expect(piecewise(tokensOf(written), reading)).toEqual({ said, written });
});
