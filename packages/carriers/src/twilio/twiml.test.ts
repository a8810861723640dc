import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTwiml } from '../testing/twilio/twiml-reader.ts';
import { connectStream, element, joinConference, rejectCall, twiml } from './twiml.ts';

const ADDRESS = {
  url: 'wss://voice.example.com/media/twilio',
  token: 'a.b',
  statusCallback: 'https://voice.example.com/webhooks?about=x&y=1',
};

describe('TwiML', () => {
  it('streams sound both ways, the token in a parameter', () => {
    const document = twiml(connectStream(ADDRESS));
    expect(document).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://voice.example.com/media/twilio" ' +
        'statusCallback="https://voice.example.com/webhooks?about=x&amp;y=1" statusCallbackMethod="POST">' +
        '<Parameter name="token" value="a.b"/></Stream></Connect></Response>',
    );
    expect(readTwiml(document)[0]?.children[0]?.attributes.statusCallback).toBe(ADDRESS.statusCallback);
  });

  it('turns callers away, and brings two together', () => {
    expect(twiml(rejectCall('busy'))).toContain('<Response><Reject reason="busy"/></Response>');
    expect(twiml(rejectCall('declined'))).toContain('<Reject reason="rejected"/>');
    const [dial] = readTwiml(twiml(joinConference('room-1')));
    expect(dial?.children).toEqual([
      {
        name: 'Conference',
        attributes: { beep: 'false', waitUrl: '', startConferenceOnEnter: 'true', endConferenceOnExit: 'true' },
        children: [],
        text: 'room-1',
      },
    ]);
  });

  it('carries any text as it is: none breaks out of its place, and what XML cannot hold is left out', () => {
    const kept = (text: string) => text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"/><Hangup/>', ']]>', '&amp;', '<!--', '\u0000\ud800', ' \t\n '),
    );
    fc.assert(
      fc.property(texts, texts, (attribute, inner) => {
        const [verb, ...rest] = readTwiml(twiml(element('Say', { voice: attribute, none: undefined }, inner)));
        expect(rest).toEqual([]);
        expect(verb).toEqual({ name: 'Say', attributes: { voice: kept(attribute) }, children: [], text: kept(inner) });
      }),
    );
  });
});
