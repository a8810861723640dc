import { expect, test } from 'vitest';
import { apiFromEnvironment } from './api.ts';

const addressWith = (environment: NodeJS.ProcessEnv) => apiFromEnvironment({ TALKTURO_API_KEY: 'tk_test_0', ...environment }).url;

test('the server is the one TALKTURO_URL names, else that of this machine on the port the server itself takes', () => {
  expect(addressWith({})).toBe('http://localhost:3000');
  expect(addressWith({ PORT: '3922' })).toBe('http://localhost:3922');
  expect(addressWith({ PORT: '3922', TALKTURO_URL: 'https://voice.example.com/' })).toBe('https://voice.example.com');
  expect(() => addressWith({ TALKTURO_URL: 'voice.example.com' })).toThrow(/not an http address/);
});
