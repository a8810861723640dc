// What stands on the command line: --name value, and flags without one.
export const arg = (name, otherwise) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? otherwise : process.argv[i + 1];
};
export const flag = (name) => process.argv.includes(`--${name}`);
