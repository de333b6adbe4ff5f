import { foldName } from './name-index.ts';

/** Looks the keys up in the order given, the narrowest first, and gives what the first one that is mapped stands for. */
export type Mapped<Target> = (keys: readonly string[]) => Target | undefined;

/** One part of the caller's mapping, read by folded keys. */
export const mapped = <Target extends string>(
  mapping: Readonly<Record<string, Target>> | undefined,
): Mapped<Target> => {
  const targets = new Map(Object.entries(mapping ?? {}).map(([key, target]) => [foldName(key), target]));
  if (targets.size === 0) return () => undefined;
  return (keys) => {
    for (const key of keys) {
      const target = targets.get(foldName(key));
      if (target !== undefined) return target;
    }
    return undefined;
  };
};

/** `Client / Project / Task`: the parts that are not empty, as a key of the mapping. */
export const keyOf = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' / ');
