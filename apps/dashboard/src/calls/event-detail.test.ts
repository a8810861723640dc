import { expect, test } from 'vitest';
import { eventDetail } from './event-detail.ts';

test.each([
  ['stage_failed', { message: 'The key was refused.' }, 'The key was refused.'],
  ['provider_replaced', { stage: 'text-to-speech', wanted: 'cartesia', used: 'local', reason: 'No key.' }, 'cartesia → local'],
  ['variables_missing', { variables: ['contact.first_name', 'company.name'] }, 'contact.first_name, company.name'],
  ['digits_sent', { digits: '12#' }, '12#'],
  ['transferred', { to: '+14155550100' }, '+14155550100'],
  ['transfer_failed', { to: '+14155550170', cause: 'busy' }, '+14155550170'],
  ['answered', {}, null],
])('%s is about %j: %s', (type, data, told) => {
  expect(eventDetail({ type, data })).toBe(told);
});
