import { describe, expect, test } from 'vitest';
import { spokenForm } from '../spoken-form.ts';
import { ordinal } from './italian-words.ts';
import { piecewise, tokensOf } from './testing/piecewise.ts';

const reading = { language: 'it', readsNumbers: false };

test.each([
  ['il 3 maggio 2026', 'il tre maggio duemilaventisei'],
  ['il 1° maggio, l’1 giugno e dall’1 luglio', 'il primo maggio, il primo giugno e dal primo luglio'],
  ['il 03/05/2026 e il 21/03', 'il tre maggio duemilaventisei e il ventuno marzo'],
  ['2026-05-03', 'tre maggio duemilaventisei'],
  ['alle 9:30', 'alle nove e trenta'],
  ['dalle 9.00 alle 12.30', 'dalle nove alle dodici e trenta'],
  ['alle 13:00, all’1 o all’1:15', 'alle tredici, all’una o all’una e quindici'],
  ['12,50 €', 'dodici euro e cinquanta'],
  ['1 €, 21 € e 1.250 euro', 'un euro, ventun euro e milleduecentocinquanta euro'],
  ['0,99 €', 'novantanove centesimi'],
  ['$1,250.50', 'milleduecentocinquanta dollari e cinquanta'],
  ['2,5 milioni di abitanti', 'due virgola cinque milioni di abitanti'],
  ['2 milioni €, 3 k€', 'due milioni di euro, tre mila euro'],
  ['1.234.567 abitanti', 'un milione duecentotrentaquattromilacinquecentosessantasette abitanti'],
  ['10 %', 'dieci per cento'],
  ['3 km a 50 km/h', 'tre chilometri a cinquanta chilometri all’ora'],
  ['-3 °C, 20°', 'meno tre gradi, venti gradi'],
  ['3,14', 'tre virgola uno quattro'],
  ['il 3° piano, la 2ª volta, il 23º posto', 'il terzo piano, la seconda volta, il ventitreesimo posto'],
  ['1 ora, 1 giorno, 1 persona, 1 studio', 'un’ora, un giorno, una persona, uno studio'],
  ['opzione 1 oppure 2, 1 di noi, il numero 1 è libero', 'opzione uno oppure due, uno di noi, il numero uno è libero'],
  ['5-10 giorni', 'cinque a dieci giorni'],
  ['1/2 litro, 2 1/2', 'mezzo litro, due e mezzo'],
  ['333 123 4567', 'tre tre tre, uno due tre, quattro cinque sei sette'],
  ['al +39 06 123 4567', 'al più tre nove, zero sei, uno due tre, quattro cinque sei sette'],
  ['codice 4821', 'codice quattro otto due uno'],
  ['il Sig. Rossi, la Sig.ra Bianchi e la Dott.ssa Verdi', 'il signor Rossi, la signora Bianchi e la dottoressa Verdi'],
  ['pane, latte, ecc. Poi', 'pane, latte, eccetera. Poi'],
  ['P.zza Garibaldi n. 5', 'piazza Garibaldi numero cinque'],
  ['info@esempio.it', 'info chiocciola esempio punto it'],
  ['20 €/mese, 80 €/notte', 'venti euro al mese, ottanta euro a notte'],
  ['un SMS 24 su 24', 'un S M S ventiquattro ore su ventiquattro'],
  ['IBAN IT60 X054 2811', 'IBAN I T sei zero, X zero cinque quattro, due otto uno uno'],
])('%j is said %j', (written, said) => {
  expect(spokenForm(written, reading)).toBe(said);
  expect(piecewise(tokensOf(written), reading)).toEqual({ said, written });
});

describe('ordinals', () => {
  test.each([
    [1, 'primo'],
    [10, 'decimo'],
    [11, 'undicesimo'],
    [21, 'ventunesimo'],
    [23, 'ventitreesimo'],
    [26, 'ventiseiesimo'],
    [100, 'centesimo'],
    [108, 'centottesimo'],
  ])('%i', (n, said) => {
    expect(ordinal(n)).toBe(said);
  });
});
