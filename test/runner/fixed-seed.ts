import fc from 'fast-check';

/**
 * Loaded before a test file that asks fast-check: the same commit is tried with the same cases wherever it runs, so
 * that what fails on one machine fails on all. Other cases: `PROPERTY_SEED=NUMBER npm test`, and the long runs.
 */
const SEED = 20_260_311;

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.PROPERTY_SEED ?? SEED) });
