/** What takes part: measured once a run, each in turn. */
export type Contenders<Name extends string, Sample> = { readonly [name in Name]: () => Promise<Sample> };

/**
 * Measures all contenders in each run, one after the other, so that what disturbs the machine disturbs all of them.
 * Who comes first changes from run to run. Gives the samples of each, one a run.
 */
export const inRounds = async <Name extends string, Sample>(
  runs: number,
  contenders: Contenders<Name, Sample>,
  tell: (run: number, name: Name, sample: Sample) => void,
): Promise<{ [name in Name]: Sample[] }> => {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as { [name in Name]: Sample[] };
  for (let run = 0; run < runs; run += 1) {
    for (let n = 0; n < names.length; n += 1) {
      const name = names[(run + n) % names.length] as Name;
      const sample = await contenders[name]();
      samples[name].push(sample);
      tell(run + 1, name, sample);
    }
  }
  return samples;
};
