import { Label, type LabelProps } from '@patternfly/react-core'
import type { Flow } from '../../api/types'

/** How a flow stands, worst first. */
export const states = ['broken', 'paused', 'active', 'inactive', 'draft'] as const
export type State = (typeof states)[number]

const looks: Record<State, Pick<LabelProps, 'status' | 'color' | 'variant'>> = {
  broken: { status: 'danger' },
  paused: { status: 'warning' },
  active: { status: 'success', variant: 'outline' },
  inactive: { color: 'grey' },
  draft: { color: 'grey', variant: 'outline' },
}

export function stateOf(flow: Pick<Flow, 'problems' | 'enabled' | 'status' | 'revision'>): State {
  if (flow.revision === null || flow.problems.some(problem => problem.severity === 'error')) {
    return 'broken'
  }
  return flow.enabled ? flow.status : 'paused'
}

export function FlowState({ of }: { of: Flow }) {
  const state = stateOf(of)
  const goesOn = state === 'broken' && of.revision !== null
  return (
    <Label isCompact {...looks[state]}>
      {goesOn ? 'broken; the version before it runs' : state}
    </Label>
  )
}
