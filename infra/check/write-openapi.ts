import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPENAPI_FILE, openApiText } from './openapi.ts';
import { root } from './root.ts';

writeFileSync(join(root, OPENAPI_FILE), await openApiText(root));
process.stdout.write(`${OPENAPI_FILE} written\n`);
