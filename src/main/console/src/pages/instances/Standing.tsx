import { Label, type LabelProps } from '@patternfly/react-core'
import type { Instance, InstanceStatus } from '../../api/instances'

const looks: Record<InstanceStatus, { text: string } & Pick<LabelProps, 'status' | 'color' | 'variant'>> = {
  failedAuthentication: { text: 'not let in', status: 'danger' },
  unreachable: { text: 'unreachable', status: 'danger' },
  failed: { text: 'failed', status: 'danger' },
  limited: { text: 'limited', status: 'warning' },
  unknown: { text: 'not called yet', color: 'grey', variant: 'outline' },
  operational: { text: 'operational', status: 'success', variant: 'outline' },
}

/** The worst first. */
export const statuses = Object.keys(looks) as InstanceStatus[]

export function wordOf(status: InstanceStatus): string {
  return looks[status].text
}

/** How an instance stands: in words, not in colour alone. */
export function Standing({ of }: { of: InstanceStatus }) {
  const { text, ...look } = looks[of]
  return (
    <Label isCompact {...look}>
      {text}
    </Label>
  )
}

export function Held({ of }: { of: Instance }) {
  return of.paused ? (
    <Label isCompact status="warning" variant="outline">
      paused
    </Label>
  ) : null
}
