import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import { rules } from './rules.ts';

export interface Boundaries {
  /** The files read, relative to the root. */
  readonly files: readonly string[];
  readonly violations: readonly Violation[];
}

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Where code lives. */
export const FOLDERS = ['contracts', 'packages', 'services', 'host', 'test', 'infra'];

const FOREIGN = /(^|\/)node_modules\//;

const toViolation = ({ rule, from, to }: IViolation): Violation => ({ rule: rule.name, from, to });

/** Reads every module under the root's folders, and holds what each imports, types included, against the rules. */
export const readBoundaries = async (root: string): Promise<Boundaries> => {
  const { output } = await cruise(
    FOLDERS,
    {
      baseDir: root,
      // Without this, imports of types alone would be invisible.
      tsPreCompilationDeps: true,
      doNotFollow: { path: FOREIGN.source },
      validate: true,
      ruleSet: { forbidden: [...rules] },
    },
    { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  );
  const { modules, summary } = output as ICruiseResult;
  const own = modules.filter(
    ({ source, coreModule, couldNotResolve }) => !coreModule && !couldNotResolve && !FOREIGN.test(source),
  );
  return { files: own.map(({ source }) => source), violations: summary.violations.map(toViolation) };
};
