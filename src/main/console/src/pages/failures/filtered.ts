import type { ReplayFilter } from '../../api/operating'

/** Which payloads a replay of many is for, as people say it: what is not said leaves none out. */
export function filtered(filter: ReplayFilter): string {
  const { states, ...rest } = filter
  const said = Object.entries(rest).flatMap(([name, value]) => (value === null || value === undefined ? [] : [`${name} ${value}`]))
  return [...said, states.join(' or ')].join(', ')
}
