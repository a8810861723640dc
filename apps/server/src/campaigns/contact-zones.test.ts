import { expect, test } from 'vitest';
import { storedZones, zonesFrom, zonesOf } from './contact-zones.ts';

test.each([
  ['a zone that is given wins', 'Asia/Tokyo', '+14155550101', ['Asia/Tokyo']],
  ['a bad zone is as none', 'Mars/Olympus', '+14155550101', ['America/Los_Angeles']],
  ['San Francisco', null, '+14155550101', ['America/Los_Angeles']],
  ['New York', null, '+12125550101', ['America/New_York']],
  ['Phoenix has no summer time', null, '+16025550101', ['America/Phoenix']],
  ['an exchange of a shared area code that is known', null, '+18502340101', ['America/Chicago']],
  ['an exchange of a shared area code that is not', null, '+18505550101', ['America/Chicago', 'America/New_York']],
  ['Berlin', null, '+493012345678', ['Europe/Berlin']],
  ['a German mobile', null, '+4915112345678', ['Europe/Berlin']],
  ['Kathmandu', null, '+97714123456', ['Asia/Katmandu']],
  ['the British Isles share a clock', null, '+442071234567', ['Europe/London']],
  ['no number and no zone: the campaign decides', null, null, []],
  ['an international freephone number: the campaign decides', null, '+80012345678', []],
])('%s', (_what, timezone, phone, zones) => expect(zonesOf({ timezone, phone })).toEqual(zones));

test('a number that may be anywhere in a country means all its clocks', () => {
  const tollFree = zonesOf({ timezone: null, phone: '+18005550101' });
  expect(tollFree).toEqual(expect.arrayContaining(['America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu']));
  expect(tollFree).not.toContain('America/Bogota');
  expect(zonesOf({ timezone: null, phone: '+351912345678' })).toEqual(['Atlantic/Azores', 'Europe/Lisbon']);
});

test('zones are stored as text and read back', () => {
  for (const zones of [[], ['Europe/Berlin'], ['America/Chicago', 'America/Denver']]) expect(zonesFrom(storedZones(zones))).toEqual(zones);
});
