import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** Judges messages of the media socket in both directions. Answers sentences, none when all is well. */
export function createMediaSchema() {
  const schema = JSON.parse(readFileSync(path.join(import.meta.dirname, 'media-streaming.schema.json'), 'utf8')) as object;
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
  ajv.addSchema(schema);
  const judge = (part: string) => {
    const validate = ajv.compile({ $ref: `telnyx-media-streaming#/$defs/${part}` });
    return (message: unknown): string[] => (validate(message) ? [] : [`${part}: ${JSON.stringify(message).slice(0, 200)}`]);
  };
  return { fromApp: judge('appToServer'), toApp: judge('serverToApp') };
}
