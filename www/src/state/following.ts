import { useComputed, useSignalEffect, type ReadonlySignal } from '@preact/signals';
import { process } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';
import { Log } from './log-model.ts';

/** The log of the selected process, for every panel. */
const log = new Log();

/** Changes when the process is another, or has evaluated something: a look at the list of processes is no change. */
export function useSeen(): ReadonlySignal<string | undefined> {
  return useComputed(() => process.value && `${process.value.id} ${process.value.evaluated}`);
}

/** The log of the selected process, read on for as long as the panel is shown. */
export function useLog(): Log {
  const seen = useSeen();
  useSignalEffect(() => {
    const opened = unit.value;
    const id = seen.value && process.peek()?.id;
    if (opened && id) void log.read(opened, id);
  });
  return log;
}
