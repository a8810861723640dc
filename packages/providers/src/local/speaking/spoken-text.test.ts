import { expect, test } from 'vitest';
import { spokenText } from './spoken-text.ts';

test.each([
  // telephone numbers
  ['Call +1 555 010 0199.', 'Call plus one, five five five, zero one zero, zero one nine nine.'],
  ['Call (555) 010-0199 now', 'Call five five five, zero one zero, zero one nine nine now'],
  ['Dial 555-0199.', 'Dial five five five, zero one nine nine.'],
  ['It is 5550100199.', 'It is five five five, zero one zero, zero one nine nine.'],
  ['+15550100199', 'plus one, five five five, zero one zero, zero one nine nine'],
  ['+4930123456', 'plus four nine three, zero one two, three four five six'],
  ['Your code is 48213.', 'Your code is four eight two, one three.'],
  // addresses
  ['Write to info@bike-shop.com, please.', 'Write to info at bike dash shop dot com, please.'],
  ['See https://www.example.org/help.', 'See example dot org slash help.'],
  ['Visit talkturo.ai today', 'Visit talkturo dot ai today'],
  // money
  ['It costs $4.50.', 'It costs four dollars and fifty cents.'],
  ['$1', 'one dollar'],
  ['$1,250 a month', 'one thousand two hundred fifty dollars a month'],
  ['£0.05', 'five pence'],
  ['about 30 €', 'about thirty euros'],
  ['$2.5 million', 'two point five million dollars'],
  ['from $20 to $30', 'from twenty dollars to thirty dollars'],
  // times
  ['We open at 9am.', 'We open at nine A M.'],
  ['at 9:30 p.m. sharp', 'at nine thirty P M sharp'],
  ['at 9:05', 'at nine oh five'],
  ['at 17:30', 'at five thirty P M'],
  ['from 9:00 to 12:00', "from nine o'clock to twelve o'clock"],
  ['9am-5pm', 'nine A M to five P M'],
  ['open 9–17', 'open nine to seventeen'],
  ['We are there 24/7.', 'We are there twenty four seven.'],
  // numbers
  ['1,250 items', 'one thousand two hundred fifty items'],
  ['3.14', 'three point one four'],
  ['the 21st floor', 'the twenty first floor'],
  ['the 12th and the 30th', 'the twelfth and the thirtieth'],
  ['since 1999', 'since nineteen ninety nine'],
  ['in 2026', 'in twenty twenty six'],
  ['10% off', 'ten percent off'],
  ['5 out of 7, or 5/7', 'five out of seven, or five out of seven'],
  ['it is -5 °C', 'it is minus five degrees Celsius'],
  ['3 km away', 'three kilometers away'],
  // words
  ['Dr. Smith, 12 Main St., Springfield', 'Doctor Smith, twelve Main Street, Springfield'],
  ['St. James & Sons', 'Saint James and Sons'],
  ['e.g. tyres, tubes, etc.', 'for example tyres, tubes, and so on'],
  ['Your ID, on TV', 'Your I D, on T V'],
  ['NO REFUNDS', 'NO REFUNDS'],
  // marks of writing
  ['**Hello** there 😀!', 'Hello there!'],
  ['- one\n- two', 'one two'],
  ['See [our page](https://x.com/a).', 'See our page.'],
  ['Well — yes…', 'Well, yes.'],
  ['“Quoted” don’t', "Quoted don't"],
  ['', ''],
  ['<script>', 'script'],
])('%j is said %j', (written, said) => {
  expect(spokenText(written)).toBe(said);
});

test('plain words stay as they are', () => {
  const said = spokenText('Call 555-0199 at 9:30 or pay $4.50.');
  expect(spokenText(said)).toBe(said);
});
