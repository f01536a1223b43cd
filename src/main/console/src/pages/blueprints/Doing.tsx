import { useState } from 'react'
import { Alert, Flex, Spinner } from '@patternfly/react-core'
import type { Ask, InstallJob, Plan } from '../../api/blueprints'
import { get, path, post } from '../../api/client'
import { Act } from '../../parts/Act'
import { Sentence } from '../../parts/Sentence'
import { usePolled } from '../../parts/usePolled'
import { Planned } from './Planned'

interface Props {
  label: string
  /** Where it is planned and done. */
  plans: string
  does: string
  /** Operation of the API that does it; planning it needs the same right. */
  needs: string
  /** What is sent; undefined as long as something is not answered. */
  ask: Ask | undefined
  variant?: 'primary' | 'danger'
  /** What came of it: said where it stays, because this may not be there any more when the list is new. */
  done: (job: InstallJob) => void
}

/** Plans something and shows it, does what was shown, and says how it goes. */
export function Doing({ label, plans, does, needs, ask, variant = 'primary', done }: Props) {
  const [seen, setSeen] = useState<{ ask: Ask; plan: Plan }>()
  const [job, setJob] = useState<string>()
  const look = async (asked: Ask) => {
    setJob(undefined)
    setSeen({ ask: asked, plan: await post<Plan>(plans, {}, asked) })
  }
  // What was answered otherwise since has to be looked at again.
  const current = seen && ask && JSON.stringify(withoutSide(seen.ask)) === JSON.stringify(withoutSide(ask)) ? seen : undefined
  const looks = `Show what "${label}" does`
  const conflict = current?.plan.changes.some(change => change.action === 'conflict')
  return (
    <>
      <Flex className="pb-turn">
        <Act label={looks} needs={needs} isDisabled={!ask} act={() => look(ask ?? {})} />
        {conflict &&
          (['mine', 'theirs'] as const).map(side => (
            <Act label={side === 'mine' ? 'Keep what is here' : 'Take the new version'} needs={needs} key={side} act={() => look({ ...ask, keep: side })} />
          ))}
        {current?.plan.possible && !job && (
          <Act
            label={label}
            needs={needs}
            variant={variant}
            {...(variant === 'danger' && { ask: 'The files that are shown go.' })}
            act={async () => setJob((await post<InstallJob>(does, {}, current.ask)).id)}
          />
        )}
      </Flex>
      {job && <Progress id={job} done={done} />}
      {current && !job && <Planned plan={current.plan} />}
    </>
  )
}

function withoutSide(ask: Ask): Ask {
  return { ...ask, keep: undefined as never }
}

function Progress({ id, done }: { id: string; done: (job: InstallJob) => void }) {
  const [told, setTold] = useState(false)
  const job = usePolled(
    `job ${id}`,
    async signal => {
      const now = await get<InstallJob>(path`blueprints/jobs/${id}`, {}, signal)
      if (now.state === 'done' && !told) {
        setTold(true)
        done(now)
      }
      return now
    },
    now => (now && now.state !== 'going' ? null : 1000),
  )
  const now = job.data
  if (job.error || !now) {
    return <Sentence error={job.error} />
  }
  if (now.state === 'going') {
    return (
      <p>
        <Spinner size="md" aria-label="It goes on" /> It is tried on a copy, and its tests run.
      </p>
    )
  }
  return now.state === 'failed' ? (
    <Alert variant="danger" isInline title="Nothing was changed." className="pb-sentence">
      <pre className="pb-text">{now.message}</pre>
    </Alert>
  ) : null
}

/** What was done. */
export function Done({ job }: { job: InstallJob }) {
  return (
    <Alert variant="success" isInline title={resultOf(job)} className="pb-sentence">
      {job.verb === 'install' && 'Its flows are drafts: give its instances their secrets, then deploy the flows.'}
    </Alert>
  )
}

function resultOf(job: InstallJob): string {
  const tests = `${job.tests} ${job.tests === 1 ? 'test' : 'tests'} of it passed.`
  return job.verb === 'remove' ? `${job.name} was removed.` : job.verb === 'upgrade' ? `${job.name} was upgraded, ${tests}` : `${job.name} was installed, ${tests}`
}
