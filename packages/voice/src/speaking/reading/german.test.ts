import { expect, test } from 'vitest';
import { spokenForm } from '../spoken-form.ts';
import { piecewise, tokensOf } from './testing/piecewise.ts';

const reading = { language: 'de', readsNumbers: false };

test.each([
  ['Am 3. Mai um 9:30 Uhr', 'Am dritten Mai um neun Uhr dreißig'],
  ['der 3. Mai 2026', 'der dritte Mai zweitausendsechsundzwanzig'],
  ['3.5.2026', 'dritter Mai zweitausendsechsundzwanzig'],
  ['am 24.12.', 'am vierundzwanzigsten Dezember'],
  ['vom 1. bis 5. Juni', 'vom ersten bis fünften Juni'],
  ['im 2. Stock', 'im zweiten Stock'],
  ['9–17 Uhr', 'neun bis siebzehn Uhr'],
  ['9 bis 17 Uhr', 'neun bis siebzehn Uhr'],
  ['um 9 Uhr 15', 'um neun Uhr fünfzehn'],
  ['12,50 €', 'zwölf Euro fünfzig'],
  ['1 €', 'ein Euro'],
  ['1,00 Euro', 'ein Euro'],
  ['€ 3', 'drei Euro'],
  ['0,99 €', 'neunundneunzig Cent'],
  ['1.250,50 EUR', 'eintausendzweihundertfünfzig Euro fünfzig'],
  ['1.000.000 Menschen', 'eine Million Menschen'],
  ['3,5 Mio. €', 'drei Komma fünf Millionen Euro'],
  ['10 %', 'zehn Prozent'],
  ['5 km', 'fünf Kilometer'],
  ['-5 °C', 'minus fünf Grad'],
  ['1 Minute', 'eine Minute'],
  ['1 Brot', 'ein Brot'],
  ['seit 1999', 'seit neunzehnhundertneunundneunzig'],
  ['2026', 'zweitausendsechsundzwanzig'],
  ['z. B. Brot, bzw. Kuchen', 'zum Beispiel Brot, beziehungsweise Kuchen'],
  ['z.B. so', 'zum Beispiel so'],
  ['Dr. Müller und Fr. Schmidt', 'Doktor Müller und Frau Schmidt'],
  ['Mo.–Fr. 8–18 Uhr', 'Montag bis Freitag acht bis achtzehn Uhr'],
  ['030 1234567', 'null drei null, eins zwei drei vier fünf sechs sieben'],
  ['+49 30 123456', 'plus vier neun, drei null, eins zwei drei vier fünf sechs'],
  ['info@laden-eins.de', 'info at laden Bindestrich eins Punkt de'],
  ['www.example.de/hilfe', 'example Punkt de Schrägstrich hilfe'],
  ['Nr. 5', 'Nummer fünf'],
  ['Hauptstr. 12', 'Hauptstraße zwölf'],
  ['Sie sparen 21 Euro', 'Sie sparen einundzwanzig Euro'],
  ['30 Min.', 'dreißig Minuten'],
  ['ca. 3 Std.', 'circa drei Stunden'],
  ['24/7', 'rund um die Uhr'],
  ['1/2 Liter', 'ein halb Liter'],
  ['3,14', 'drei Komma eins vier'],
  ['der 21. Kunde', 'der einundzwanzigste Kunde'],
  ['Rechnung 48213', 'Rechnung vier acht zwei, eins drei'],
  ['19,90€', 'neunzehn Euro neunzig'],
  ['101', 'einhunderteins'],
  ['Müller & Söhne GmbH', 'Müller und Söhne G m b H'],
  ['5. Dann', 'fünf. Dann'],
  ['2 m²', 'zwei Quadratmeter'],
  ['20:15', 'zwanzig Uhr fünfzehn'],
])('%j is said %j', (written, said) => {
  expect(spokenForm(written, reading)).toBe(said);
  expect(piecewise(tokensOf(written), reading)).toEqual({ said, written });
});
