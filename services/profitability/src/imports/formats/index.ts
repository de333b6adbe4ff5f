import { clockify } from './clockify.ts';
import { harvest } from './harvest.ts';
import { kimai } from './kimai.ts';
import { solidtime } from './solidtime.ts';
import { toggl } from './toggl.ts';
import type { TrackerFormat } from './tracker-format.ts';

const formats = { toggl, harvest, clockify, kimai, solidtime };

export type FormatName = keyof typeof formats;

/** The exports that can be imported, by name. A new format is a file beside this one and its place in this list. */
export const trackerFormats: Readonly<Record<FormatName, TrackerFormat>> = formats;
