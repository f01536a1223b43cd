import type { Step } from '../../api/environments'

/** A name that is the same in the environment as outside, and whose it is. */
export interface KeptName {
  kind: string
  name: string
  flows: string[]
}

/** What is not replaced in an environment: each name once, with the flows that use it. */
export function keptNames(steps: Step[]): KeptName[] {
  const names = new Map<string, KeptName>()
  for (const step of steps) {
    for (const { kind, name } of step.kept) {
      const key = `${kind} ${name}`
      const known = names.get(key)
      names.set(key, { kind, name, flows: known ? [...known.flows, step.flow] : [step.flow] })
    }
  }
  return [...names.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name))
}
