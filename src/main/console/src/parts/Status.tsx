import { Label, type LabelProps } from '@patternfly/react-core'
import type { RunStatus } from '../api/types'

const looks: Record<RunStatus, Pick<LabelProps, 'status' | 'color' | 'variant'>> = {
  queued: { color: 'grey', variant: 'outline' },
  running: { color: 'blue' },
  succeeded: { status: 'success', variant: 'outline' },
  partial: { status: 'warning' },
  failed: { status: 'danger' },
  stopped: { color: 'grey' },
}

/** How a run stands: in words, not in colour alone. */
export function Status({ of }: { of: RunStatus }) {
  return (
    <Label isCompact {...looks[of]}>
      {of}
    </Label>
  )
}
