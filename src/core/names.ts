// Names of variables say where they belong: `task.update.t`, `hr.queued`.

/** The name as it was declared: what stands behind the last dot. */
export const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
