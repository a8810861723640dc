import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** Judges messages of Twilio's media streams in both directions. Answers sentences, none when all is well. */
export function createMediaSchema() {
  const schema = JSON.parse(readFileSync(path.join(import.meta.dirname, 'media-streams.schema.json'), 'utf8')) as object;
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(schema);
  const judge = (part: string) => {
    const validate = ajv.compile({ $ref: `twilio-media-streams#/$defs/${part}` });
    return (message: unknown): string[] => (validate(message) ? [] : [`${part}: ${JSON.stringify(message).slice(0, 200)}`]);
  };
  return { fromApp: judge('appToServer'), toApp: judge('serverToApp') };
}
