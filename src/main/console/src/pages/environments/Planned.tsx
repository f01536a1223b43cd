import { Alert, Label } from '@patternfly/react-core'
import type { Plan, Step } from '../../api/environments'
import { Rows, type Column } from '../../parts/Rows'

/** What a deployment would do, or did: what is missing, what speaks against it, and each flow. */
export function Planned({ plan, now }: { plan: Plan; now: boolean }) {
  const columns: Column<Step>[] = [
    {
      title: 'Flow',
      by: step => step.id,
      cell: step => (
        <>
          <span className="pb-mono">{step.id}</span>
          {step.problems.map(problem => (
            <div key={`${problem.file}:${problem.line}:${problem.code}:${problem.what}`} className={problem.severity === 'error' ? 'pb-bad' : ''}>
              {problem.file}:{problem.line} {problem.what}
              {problem.hint && ` (${problem.hint})`}
            </div>
          ))}
        </>
      ),
    },
    { title: 'What happens', by: step => step.action, cell: step => <Action of={step} now={now} /> },
    { title: 'Taken', cell: step => (step.taken === null ? 'its file' : `version ${step.taken}`) },
    { title: 'Before', cell: step => (step.before === null ? 'nothing ran' : `version ${step.before}`) },
    { title: 'Not replaced', cell: step => step.kept.map(one => <div key={`${one.kind} ${one.name}`}>{`${one.kind} ${one.name}`}</div>) },
  ]
  return (
    <div className="pb-turn">
      {!plan.possible && <Alert variant="danger" isInline title="Something speaks against it, so nothing can be done yet." className="pb-sentence" />}
      {plan.missing.map(one => (
        <Alert
          key={`${one.secret} ${one.instance} ${one.setting}`}
          variant="danger"
          isInline
          isPlain
          title={`Secret ${one.secret} is not there${one.instance ? `, which the setting '${one.setting}' of instance ${one.instance} reads` : ''}.`}
        >
          Needed by {one.flows.join(', ')}.
        </Alert>
      ))}
      <Rows label="Flow by flow" rows={plan.flows} columns={columns} id={step => step.id} />
    </div>
  )
}

function Action({ of, now }: { of: Step; now: boolean }) {
  return of.action === 'refused' ? (
    <Label isCompact status="danger">
      cannot run
    </Label>
  ) : of.action === 'nothing' ? (
    <span className="pb-quiet">nothing, it runs already</span>
  ) : (
    <Label isCompact status={now ? 'success' : 'info'}>
      {now ? 'was deployed' : 'would be deployed'}
    </Label>
  )
}
