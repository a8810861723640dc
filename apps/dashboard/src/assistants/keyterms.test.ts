import { expect, it } from 'vitest';
import { keytermsIn, lacksOfKeyterms } from './keyterms.ts';

it('takes one term a line, without blanks around it, and each once', () => {
  expect(keytermsIn(' Talkturo \n\nHerr Öz, Berlin\r\nTalkturo\n')).toEqual(['Talkturo', 'Herr Öz, Berlin']);
  expect(keytermsIn(' \n')).toEqual([]);
});

it('says what the API would refuse', () => {
  expect(lacksOfKeyterms(['x'.repeat(50), ...Array(99).fill('y')])).toBeUndefined();
  expect(lacksOfKeyterms(Array(101).fill('y'))?.what).toBe('tooMany');
  expect(lacksOfKeyterms(['fine', 'x'.repeat(51)])).toEqual({ what: 'tooLong', term: 'x'.repeat(51) });
});
