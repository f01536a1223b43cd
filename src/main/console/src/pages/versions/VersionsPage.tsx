import { Button, Label, Spinner } from '@patternfly/react-core'
import { Link, useParams } from 'react-router-dom'
import { getTagged, path } from '../../api/client'
import type { Revision, VersionState } from '../../api/versions'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { useFilter } from '../../parts/useFilter'
import { useMore } from '../../parts/useMore'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { Change } from './Change'
import { Compare } from './Compare'

/** The versions of a flow: which runs and how the file stands to it, how they differ, and how another one comes to run. */
export default function VersionsPage() {
  const { flow: id = '' } = useParams()
  const one = path`flows/${id}`
  const state = usePolled(`version ${id}`, signal => getTagged<VersionState>(`${one}/version`, {}, signal))
  const list = useMore<Revision>(`${one}/revisions`, {}, version => version.revision)
  const [filter, setFilter] = useFilter('from', 'to')
  const now = state.data?.data
  const versions = list.rows
  const again = () => {
    state.again()
    list.again()
  }
  // Rows that More brought are not asked for again, what runs is.
  const runs = (version: Revision) => (now ? now.running === version.number : version.active)
  const compare = (from: string, to: string) => setFilter({ from, to })
  const columns: Column<Revision>[] = [
    {
      title: 'Version',
      by: version => version.number,
      cell: version => (
        <>
          <strong>{version.number}</strong> {runs(version) && <Label isCompact status="success">runs</Label>}{' '}
          {now?.held?.revision === version.revision && <Label isCompact status="warning">held</Label>}
          <div className="pb-quiet pb-mono">{version.revision}</div>
        </>
      ),
    },
    { title: 'Deployed first', by: version => version.firstAt, cell: version => <When at={version.firstAt} /> },
    { title: 'By', cell: version => version.by ?? <span className="pb-quiet">its file</span> },
    { title: 'Note', cell: version => version.note },
    { title: 'Last run', by: version => version.lastRunAt ?? '', cell: version => <When at={version.lastRunAt} /> },
    {
      title: 'Compare',
      cell: version => (
        <button className="pb-link" onClick={() => compare(String(version.number), runs(version) ? 'file' : 'running')}>
          {runs(version) ? 'with the file' : 'with what runs'}
        </button>
      ),
    },
    {
      title: 'Do',
      cell: version =>
        !runs(version) && state.data && <Change flow={id} seen={state.data} to={version} done={again} />,
    },
  ]
  return (
    <Frame
      title="Versions"
      above={[
        ['Flows', '/flows'],
        [id, `/flows/${id}`],
      ]}
      marks={now && <Standing of={now} />}
      actions={now && state.data && now.fileState === 'draft' && <Change flow={id} seen={state.data} done={again} />}
    >
      <Sentence error={state.error ?? list.error} />
      {now && <Told of={now} compare={() => compare('running', 'file')} />}
      {filter.from && filter.to && <Compare key={`${filter.from} ${filter.to}`} flow={id} from={filter.from} to={filter.to} versions={versions ?? []} choose={compare} close={() => compare('', '')} />}
      {!versions ? (
        !list.error && <Spinner size="lg" aria-label="Versions are loaded" />
      ) : versions.length === 0 ? (
        <Nothing title="No version is kept yet">A version is kept when its file is right and is deployed first: mend the problems of the flow, they stand on its page.</Nothing>
      ) : (
        <>
          <Rows label="Versions, newest first" rows={versions} columns={columns} id={version => version.revision} first={[0, 'desc']} />
          {list.more && (
            <Button variant="secondary" className="pb-turn" onClick={list.more} isLoading={list.busy} isDisabled={list.busy}>
              More
            </Button>
          )}
        </>
      )}
    </Frame>
  )
}

function Standing({ of }: { of: VersionState }) {
  return of.fileState === 'runs' ? (
    <Label isCompact status="success" variant="outline">
      what the file says runs
    </Label>
  ) : (
    <Label isCompact status="warning">
      {of.fileState === 'draft' ? 'the file says something else' : 'the file is not right'}
    </Label>
  )
}

const why = { rollback: 'Somebody went back to version', deploy: 'Deployed was version', pinned: 'The flow waits to be deployed; pinned is version' }

/** What runs, and why it is not what the file says. */
function Told({ of, compare }: { of: VersionState; compare: () => void }) {
  return (
    <p className="pb-facts">
      {of.running === null ? 'No version runs. ' : `Version ${of.running} runs. `}
      {of.held && (
        <>
          {why[of.held.why]} {of.held.number}, <When at={of.held.since} />
          {of.held.by && ` by ${of.held.by}`}
          {of.held.note && ` (${of.held.note})`}.{' '}
        </>
      )}
      {of.fileState === 'errors' ? (
        <Link to={`/flows/${of.flow}`}>The problems of its file stand on its page.</Link>
      ) : of.fileState === 'draft' ? (
        <button className="pb-link" onClick={compare}>
          What would change
        </button>
      ) : (
        of.deploy === 'manual' && 'What the file says later waits until somebody deploys it.'
      )}
    </p>
  )
}
