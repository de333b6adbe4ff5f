import { agencySteps } from './agency.ts';
import { butovoBricksSteps } from './butovo-bricks.ts';
import { floraSteps } from './flora.ts';
import { granitSteps } from './granit.ts';
import type { Step } from './step.ts';

/**
 * The demo agency from its first setting to the last call of March 2026, in an order in which every command is
 * accepted. Always the same: nothing depends on the clock or on chance.
 */
export const demoSteps = (): Step[] => [...agencySteps(), ...butovoBricksSteps(), ...floraSteps(), ...granitSteps()];
