import { disturbance, watchOthers } from './others.ts';

/** What takes part: measured once a run, each in turn. */
export type Contenders<Name extends string, Sample> = { readonly [name in Name]: () => Promise<Sample> };

export interface Rounds<Name extends string, Sample> {
  readonly runs: number;
  readonly contenders: Contenders<Name, Sample>;
  /** A sample in words. */
  readonly describe: (sample: Sample) => string;
  readonly say: (text: string) => void;
}

/**
 * Measures all contenders in each run, one after the other, so that what disturbs the machine disturbs all of them.
 * Who comes first changes from run to run. Gives the samples of each, one a run.
 */
export const inRounds = async <Name extends string, Sample>({
  runs,
  contenders,
  describe,
  say,
}: Rounds<Name, Sample>): Promise<{ [name in Name]: Sample[] }> => {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as { [name in Name]: Sample[] };
  for (let run = 0; run < runs; run += 1) {
    for (let n = 0; n < names.length; n += 1) {
      const name = names[(run + n) % names.length] as Name;
      const others = watchOthers();
      const sample = await contenders[name]();
      samples[name].push(sample);
      say(`run ${run + 1}, ${name}: ${describe(sample)}${disturbance(others())}`);
    }
  }
  return samples;
};
