import type { Alert, Mute } from '../../api/waiting'
import { ofFlows } from './cause'

/** What can be muted so that an alert is told no more: its flow, and the groups that are told; single addresses belong to their flow. */
export function mutableOf({ kind, subject, receivers }: Pick<Alert, 'kind' | 'subject' | 'receivers'>): Pick<Mute, 'of' | 'name'>[] {
  const groups = receivers.filter(receiver => !receiver.includes('@')).map(name => ({ of: 'group' as const, name }))
  return ofFlows.includes(kind) ? [{ of: 'flow', name: subject }, ...groups] : groups
}
