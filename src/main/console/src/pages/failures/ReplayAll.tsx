import { post } from '../../api/client'
import type { Cause, ReplayJob } from '../../api/operating'
import { Act } from '../../parts/Act'
import { count } from '../../parts/time'

/** Replays all payloads of a cause, at a rate that a system that just came back can bear. */
export function ReplayAll({ cause, done }: { cause: Cause; done: () => void }) {
  return (
    <Act
      label="Replay all"
      needs="beginReplays"
      ask={
        <>
          {count(cause.count)} payloads of {cause.flow} go through {cause.shape} again, ten a second, each in a run of its own, under the version
          of the flow in which they failed. Mend first what they failed of.
        </>
      }
      act={() => post<ReplayJob>('replays', { cause: cause.id, perSecond: 10 })}
      done={done}
    />
  )
}
