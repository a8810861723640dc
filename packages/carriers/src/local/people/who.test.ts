import { describe, expect, it } from 'vitest';
import { personAt } from './who.ts';

describe('who answers', () => {
  it.each([
    ['+14155550100', 'talker'],
    ['+12125550149', 'talker'],
    ['+12125550150', 'voicemail'],
    ['+12125550159', 'voicemail'],
    ['+12125550160', 'unanswered'],
    ['+12125550169', 'unanswered'],
    ['+12125550170', 'busy'],
    ['+12125550179', 'busy'],
    ['+12125550180', 'decliner'],
    ['+12125550184', 'decliner'],
    ['+12125550185', 'nobody'],
    ['+12125550189', 'nobody'],
    ['+12125550190', 'carrier-error'],
    ['+12125550194', 'carrier-error'],
    ['+12125550195', 'opt-out'],
    ['+12125550196', 'cut-off'],
    ['+12125550197', 'silent'],
    ['+12125550198', 'screening'],
    ['+12125550199', 'endless'],
  ])('%s is %s', (number, kind) => {
    expect(personAt(number).kind).toBe(kind);
  });

  it.each(['+14155552671', '+442071838750', '+12125550299', '+11125550199', '+121255501990'])('%s is no set person and talks', (number) => {
    expect(personAt(number).kind).toBe('talker');
  });
});
