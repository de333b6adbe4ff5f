import ts from 'typescript';

export interface Impurity {
  /** 1 for the first line. */
  readonly line: number;
  readonly what: string;
}

/** Names that reach beyond the arguments of a function, and what each would bring in. */
const GLOBALS: Readonly<Record<string, string>> = {
  process: 'the surroundings',
  console: 'output',
  fetch: 'input and output',
  crypto: 'chance',
  performance: 'the clock',
  Temporal: 'the clock',
  setTimeout: 'the clock',
  setInterval: 'the clock',
  setImmediate: 'the event loop',
  queueMicrotask: 'the event loop',
  globalThis: 'the surroundings',
};

const MEMBERS: Readonly<Record<string, string>> = {
  'Date.now': 'the clock',
  'Math.random': 'chance',
};

/** Methods whose answer depends on the machine's language or time zone. */
const LOCAL_METHODS = new Set([
  'localeCompare',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'getFullYear',
  'getMonth',
  'getDate',
  'getDay',
  'getHours',
  'getMinutes',
  'getTimezoneOffset',
]);

const named = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

const ofMember = (node: ts.PropertyAccessExpression): string | undefined => {
  const brings = MEMBERS[node.getText()];
  if (brings) return `${node.getText()} brings in ${brings}`;
  return LOCAL_METHODS.has(node.name.text) ? `.${node.name.text} depends on where it runs` : undefined;
};

/** Whether a name is used for the thing that it names, rather than as a property, a key or a new name. */
const isUse = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isExpression(parent) || ts.isStatement(parent) || ts.isShorthandPropertyAssignment(parent)) return true;
  return 'initializer' in parent && parent.initializer === node;
};

const ofName = (node: ts.Identifier): string | undefined => {
  const brings = Object.hasOwn(GLOBALS, node.text) && isUse(node) ? GLOBALS[node.text] : undefined;
  return brings && `${node.text} brings in ${brings}`;
};

const impurityOf = (node: ts.Node): string | undefined => {
  if (ts.isNewExpression(node) && named(node.expression, 'Date') && !node.arguments?.length) {
    return 'new Date() brings in the clock';
  }
  if (ts.isCallExpression(node) && named(node.expression, 'Date')) return 'Date() brings in the clock';
  if (ts.isAwaitExpression(node)) return 'await waits for something outside';
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async waits for something outside';
  if (ts.isPropertyAccessExpression(node)) return ofMember(node);
  return ts.isIdentifier(node) ? ofName(node) : undefined;
};

/** What in a source text would make a function answer differently another time, or elsewhere. */
export const findImpurities = (text: string): Impurity[] => {
  const file = ts.createSourceFile('pure.ts', text, ts.ScriptTarget.Latest, true);
  const found: Impurity[] = [];
  const visit = (node: ts.Node): void => {
    const what = impurityOf(node);
    if (what) found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, what });
    node.forEachChild(visit);
  };
  visit(file);
  return found;
};
