import { kept } from '../app/kept.ts';
import type { SourceFile } from './source-file.ts';

/** Whether anything was ever run here: who never did is told what Run does. */
export const hasRun = kept('has-run', false, {});

/** Which files are in which processes since the last run that did not fail: their handlers may fail later. */
export const lastRun = kept<{ readonly processes: readonly string[]; readonly files: readonly SourceFile[] }>(
  'last-run',
  { processes: [], files: [] },
  {},
);
