import { expect, test } from 'vitest';
import { spokenForm } from '../spoken-form.ts';
import { piecewise, tokensOf } from './testing/piecewise.ts';

const reading = { language: 'es', readsNumbers: false };

test.each([
  ['el 3 de mayo de 2026', 'el tres de mayo de dos mil veintiséis'],
  ['a las 9:30', 'a las nueve y media'],
  ['a las 13:00', 'a las trece'],
  ['12,50 €', 'doce euros con cincuenta'],
  ['1.234.567 habitantes', 'un millón doscientos treinta y cuatro mil quinientos sesenta y siete habitantes'],
  ['10 %', 'diez por ciento'],
  ['3 km', 'tres kilómetros'],
  ['el 1º piso', 'el primer piso'],
  ['la 2ª vez', 'la segunda vez'],
  ['612 345 678', 'seis uno dos, tres cuatro cinco, seis siete ocho'],
  ['Sr. García', 'señor García'],
  ['info@ejemplo.es', 'info arroba ejemplo punto es'],
  ['21 €', 'veintiún euros'],
  ['1 día', 'un día'],
  ['3,14', 'tres coma uno cuatro'],
])('%j is said %j', (written, said) => {
  expect(spokenForm(written, reading)).toBe(said);
  expect(piecewise(tokensOf(written), reading)).toEqual({ said, written });
});
