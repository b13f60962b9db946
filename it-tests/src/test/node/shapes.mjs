// Writes shapes.json: the schemas of shapes.ts, in which no member may be that openai does not know.
import { writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

const here = (file) => new URL(file, import.meta.url).pathname;

const schema = createGenerator({
  path: here('shapes.ts'),
  type: 'Shapes',
  skipTypeCheck: true,
  additionalProperties: false,
  expose: 'export',
  jsDoc: 'none',
}).createSchema('Shapes');
writeFileSync(here('shapes.json'), JSON.stringify(schema));
