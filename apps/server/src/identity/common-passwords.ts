/**
 * The passwords of eight characters and more that lead every published list of leaked ones, in lower case. Not a list of all bad
 * passwords: throttling answers for the rest.
 */
const COMMON = new Set(
  `12345678 123456789 1234567890 12345678910 87654321 11111111 00000000 88888888 123123123 147258369 987654321 1q2w3e4r 1q2w3e4r5t
  1qaz2wsx qwertyui qwertyuiop qwerty123 qwerty12 qwertz123 asdfghjk asdfghjkl zxcvbnm1 password password1 password12 password123
  password1234 passw0rd p@ssw0rd p@ssword pass1234 passwort passwort1 passwort123 admin123 admin1234 administrator letmein1 welcome1
  welcome123 iloveyou iloveyou1 sunshine princess football baseball superman computer internet trustno1 whatever michael1 jennifer
  abcd1234 abc12345 abcdefgh aa123456 a1b2c3d4 changeme changeme1 changeit default1 testtest test1234 test12345 talkturo talkturo1
  talkturo123 hallo123 hallo1234 sommer2024 sommer2025 winter2024 winter2025 summer2024 summer2025`.split(/\s+/),
);

export const isCommonPassword = (password: string): boolean => COMMON.has(password.toLowerCase());
