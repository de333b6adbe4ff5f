import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describedOperations } from '@headroom/host/operations';
import { buildOpenApi } from '@headroom/http';

/** Where the document is kept, relative to the root. */
export const OPENAPI_FILE = 'contracts/openapi.json';

/** The text of the document that the bound operations make, of the product's version in the root's package.json. */
export const openApiText = async (root: string): Promise<string> => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const document = await buildOpenApi(
    describedOperations().map(({ operation }) => operation),
    version,
  );
  return `${JSON.stringify(document, undefined, 2)}\n`;
};
