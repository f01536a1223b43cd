import { useMemo } from 'react'
import { Alert, Label, Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { cameFrom, type Blueprint, type Blueprints } from '../../api/blueprints'
import { get } from '../../api/client'
import { Find } from '../../parts/Find'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'

const columns: Column<Blueprint>[] = [
  {
    title: 'Blueprint',
    by: blueprint => blueprint.title || blueprint.id,
    cell: blueprint => (
      <>
        <Link to={pageOf(blueprint)}>{blueprint.title || blueprint.id}</Link>
        <div className="pb-quiet">{blueprint.id}</div>
        {blueprint.problems.map(problem => (
          <div key={problem} className="pb-bad">
            {problem}
          </div>
        ))}
      </>
    ),
  },
  { title: 'Systems', by: blueprint => blueprint.systems.join(), cell: blueprint => blueprint.systems.join(', ') },
  { title: 'Version', cell: blueprint => <span className="pb-nowrap">{blueprint.version || 'none any more'}</span> },
  { title: 'Catalogue', by: blueprint => blueprint.catalogue, cell: blueprint => blueprint.catalogue || <span className="pb-quiet">a folder</span> },
  {
    title: 'Installed',
    by: blueprint => -blueprint.installed.length,
    cell: blueprint =>
      blueprint.installed.map(one => (
        <div key={one.name} className="pb-nowrap">
          {one.name} {one.version} {one.update && <Label isCompact status="info">update</Label>}
          {one.from && <div className="pb-quiet">{cameFrom(one)}</div>}
        </div>
      )),
  },
]

function pageOf(blueprint: Blueprint): string {
  const at = `/blueprints/${encodeURIComponent(blueprint.id)}`
  return blueprint.catalogue ? `${at}#${new URLSearchParams({ catalogue: blueprint.catalogue })}` : at
}

/** Blueprints that there are, and what was installed of them. */
export default function BlueprintsPage() {
  const blueprints = usePolled('blueprints', signal => get<Blueprints>('blueprints', {}, signal), () => 30_000)
  const [filter, setFilter] = useFilter('q')
  const all = blueprints.data?.data ?? []
  const shown = useMemo(() => (blueprints.data?.data ?? []).filter(blueprint => fits(blueprint, filter.q)), [blueprints.data, filter.q])
  return (
    <Frame title="Blueprints">
      <Sentence error={blueprints.error} />
      {blueprints.data?.troubles.map(trouble => <Alert key={trouble} variant="warning" isInline title={trouble} className="pb-sentence" />)}
      {!blueprints.data ? (
        !blueprints.error && <Spinner size="lg" aria-label="Blueprints are loaded" />
      ) : all.length === 0 ? (
        <Nothing title="There are no blueprints">
          A blueprint is a folder that holds all that one task needs. Put some into blueprints/ of the home folder, or name catalogues in
          blueprints/catalogues.yaml (docs/reference/blueprints.md).
        </Nothing>
      ) : (
        <>
          <Find
            label="Find blueprints by name or system"
            placeholder="Name or system"
            text={filter.q}
            set={q => setFilter({ q })}
            shown={shown.length}
            of={all.length}
          />
          {shown.length === 0 ? (
            <Nothing title="No blueprint fits">Take the filter away.</Nothing>
          ) : (
            <Rows label="Blueprints" rows={shown} columns={columns} id={blueprint => blueprint.id} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function fits(blueprint: Blueprint, q: string): boolean {
  return [blueprint.id, blueprint.title, ...blueprint.systems].some(text => text.toLowerCase().includes(q.toLowerCase()))
}
