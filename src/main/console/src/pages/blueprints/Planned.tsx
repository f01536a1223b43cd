import { Alert, Label } from '@patternfly/react-core'
import type { FileChange, Plan } from '../../api/blueprints'
import { Facts } from '../../parts/Facts'
import { Rows, type Column } from '../../parts/Rows'

const order: FileChange['action'][] = ['conflict', 'gone', 'changed', 'new', 'kept']

const columns: Column<FileChange>[] = [
  {
    title: 'What happens',
    by: change => order.indexOf(change.action),
    cell: change => (
      <Label isCompact {...(change.action === 'conflict' ? { status: 'danger' } : { color: 'grey', variant: 'outline' })}>
        {change.action}
      </Label>
    ),
  },
  {
    title: 'File',
    by: change => change.path,
    cell: change => (
      <>
        <span className="pb-mono">{change.path}</span>
        {change.why && <div className="pb-quiet">{change.why}</div>}
        {change.lines.length > 0 && <pre className="pb-text">{change.lines.join('\n')}</pre>}
      </>
    ),
  },
]

/** What an install, upgrade or removal would do: each file, what must be there, and what it may reach. */
export function Planned({ plan }: { plan: Plan }) {
  const list = (texts: string[]) => (texts.length > 0 ? texts.join(', ') : 'none')
  return (
    <>
      {plan.obstacles.map(obstacle => (
        <Alert key={obstacle} variant="danger" isInline title={obstacle} className="pb-sentence" />
      ))}
      {plan.from && <p className="pb-quiet">From {plan.from}.</p>}
      <Rows label={`Files of ${plan.blueprint}`} rows={plan.changes} columns={columns} id={change => change.path} first={[0, 'asc']} />
      {plan.verb !== 'remove' && (
        <Facts
          label="What it may reach"
          facts={[
            ['hosts', list(plan.hosts)],
            ['secrets', list(plan.secrets)],
            ['code', list(plan.scripts)],
          ]}
        />
      )}
      {plan.needs.length > 0 && <Facts label="What it needs" facts={plan.needs.map((need, place) => [String(place + 1), need])} />}
      {plan.renames.length > 0 && <Facts label="Names" facts={plan.renames.map((name, place) => [String(place + 1), name])} />}
    </>
  )
}
