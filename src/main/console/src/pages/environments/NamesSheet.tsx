import { Spinner, Title } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { get, path } from '../../api/client'
import type { Environment, Plan } from '../../api/environments'
import { Facts } from '../../parts/Facts'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { usePolled } from '../../parts/usePolled'
import { keptNames, type KeptName } from './kept'

const kept: Column<KeptName>[] = [
  { title: 'What', by: one => one.kind, cell: one => one.kind },
  { title: 'Name', by: one => one.name, cell: one => <span className="pb-mono">{one.kind === 'instance' ? <Link to={`/instances/${one.name}`}>{one.name}</Link> : one.name}</span> },
  { title: 'Of the flows', cell: one => one.flows.join(', ') },
]

/** What stands for what in the environment's flows, and what is the same in them as outside. */
export function NamesSheet({ of }: { of: Environment }) {
  // What is not replaced is what planning finds in the files.
  const plan = usePolled(`plan ${of.id}`, signal => get<Plan>(path`environments/${of.id}/plan`, {}, signal), () => 30_000)
  const replaced = Object.entries(of.replace).filter(([, names]) => Object.keys(names).length > 0)
  const names = keptNames(plan.data?.flows ?? [])
  return (
    <>
      {replaced.length === 0 && <p className="pb-quiet">Nothing is replaced.</p>}
      {replaced.map(([kind, byName]) => (
        <Facts key={kind} label={`Replaced ${kind}`} facts={Object.entries(byName).map(([name, value]) => [name, text(value)])} />
      ))}
      <Title headingLevel="h2" size="lg" className="pb-turn">
        Not replaced
      </Title>
      <Sentence error={plan.error} />
      {!plan.data ? (
        !plan.error && <Spinner aria-label="What is not replaced is looked for" />
      ) : names.length === 0 ? (
        <p className="pb-quiet">The flows have nothing in common with flows outside.</p>
      ) : (
        <Rows label="Not replaced" rows={names} columns={kept} id={one => `${one.kind} ${one.name}`} />
      )}
    </>
  )
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
