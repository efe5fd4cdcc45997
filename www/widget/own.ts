/**
 * Objects without a prototype: what a page puts on `Object.prototype` must not stand in for a member that is not there,
 * neither in a report nor in options, which browsers read with everything that is inherited.
 */

/** A copy of one object's own members. */
export function bare<T extends object>(value: T): T {
  return Object.assign(Object.create(null) as T, value);
}

/** A copy of plain data, all the way down. */
export function own<T>(value: T): T {
  if (Array.isArray(value)) return value.map(own) as T;
  if (value === null || typeof value !== "object") return value;
  const copy = bare(value) as Record<string, unknown>;
  for (const [name, member] of Object.entries(copy)) copy[name] = own(member);
  return copy as T;
}
