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
  ['al +34 612 345 678', 'al más tres cuatro, seis uno dos, tres cuatro cinco, seis siete ocho'],
  ['a las 9 a. m. o a las 5 p. m.', 'a las nueve de la mañana o a las cinco de la tarde'],
  ['a la 1, a las 21:00 h', 'a la una, a las veintiuna'],
  ['el 1 de mayo, el 03/05', 'el primero de mayo, el tres de mayo'],
  ['3-5-2026', 'tres de mayo de dos mil veintiséis'],
  ['1 hora, 21 personas, 200 personas, 31 días', 'una hora, veintiuna personas, doscientas personas, treinta y un días'],
  ['el 3er piso, n.º 5', 'el tercer piso, número cinco'],
  ['1/2, 2 1/4', 'medio, dos y cuarto'],
  ['código 4821', 'código cuatro ocho dos uno'],
  ['EE. UU., p. ej. por SMS', 'Estados Unidos, por ejemplo por S M S'],
  ['50 km/h, 20 €/h', 'cincuenta kilómetros por hora, veinte euros por hora'],
  ['20 €/mes', 'veinte euros por mes'],
  ['$1,250.50', 'mil doscientos cincuenta dólares con cincuenta'],
  ['C/ Mayor 5, Dña. Ana', 'calle Mayor cinco, doña Ana'],
])('%j is said %j', (written, said) => {
  expect(spokenForm(written, reading)).toBe(said);
  expect(piecewise(tokensOf(written), reading)).toEqual({ said, written });
});
