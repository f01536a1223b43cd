import { Label, Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import type { Cache } from '../../api/stores'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { bytes, count } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { usePages } from '../../parts/usePages'
import { DeleteEntries } from './DeleteEntries'

/** What runs, flows and all flows together keep. */
export default function CachesPage() {
  const caches = usePages<Cache>('caches', {}, 100, 5000)
  const columns: Column<Cache>[] = [
    {
      title: 'Cache',
      cell: cache => (
        <>
          <Link to={linkTo(cache)}>{cache.name}</Link>{' '}
          {!cache.declared && cache.scope !== 'run' && (
            <Label isCompact color="grey" variant="outline">
              not declared
            </Label>
          )}
        </>
      ),
    },
    { title: 'Shared by', cell: cache => <Owner of={cache} /> },
    { title: 'Entries', right: true, cell: cache => count(cache.entries) },
    { title: 'Size', right: true, cell: cache => <span className="pb-nowrap">{bytes(cache.bytes)}</span> },
    {
      title: 'Do',
      cell: cache => <DeleteEntries cache={cache.name} owner={ownerOf(cache)} keys="*" label="Delete all" done={caches.again} />,
    },
  ]
  return (
    <Frame title="Caches">
      <Sentence error={caches.error} />
      {!caches.data ? (
        !caches.error && <Spinner size="lg" aria-label="Caches are loaded" />
      ) : caches.data.data.length === 0 ? (
        <Nothing title="No cache has an entry">
          Flows put payloads into caches with the shape addToCache. Who shares a cache, and for how long, is said in routes/stores.yaml; one that is not declared
          ends with its run.
        </Nothing>
      ) : (
        <Rows label="Caches" rows={caches.data.data} columns={columns} id={cache => `${cache.name} ${cache.scope} ${cache.owner}`} />
      )}
      <Turn page={caches.page} newer={caches.newer} older={caches.older} words={['Back', 'On']} />
    </Frame>
  )
}

function Owner({ of: { scope, owner } }: { of: Cache }) {
  return scope === 'company' || owner === null ? (
    <>all flows</>
  ) : scope === 'flow' ? (
    <>
      runs of <Link to={`/flows/${owner}`}>{owner}</Link>
    </>
  ) : (
    <>
      one <Link to={`/runs/${owner}`}>run</Link>
    </>
  )
}

function ownerOf({ scope, owner }: Cache): Record<string, string> {
  return scope === 'company' || owner === null ? {} : { [scope]: owner }
}

function linkTo(cache: Cache): string {
  const owner = new URLSearchParams(ownerOf(cache)).toString()
  return `/caches/${encodeURIComponent(cache.name)}${owner && `#${owner}`}`
}
