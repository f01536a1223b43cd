import { lazy, Suspense, useMemo } from 'react'
import { Bullseye, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { get, path } from '../../../api/client'
import type { Canvas, CountsOfShape, Flow, ShapeCounts } from '../../../api/types'
import { Nothing } from '../../../parts/Nothing'
import { Sentence } from '../../../parts/Sentence'
import { count } from '../../../parts/time'
import { useFilter } from '../../../parts/useFilter'
import { usePolled } from '../../../parts/usePolled'
import { ShapeList } from './ShapeList'
import { ShapePanel } from './ShapePanel'

// It brings its own library, which no other page needs.
const Picture = lazy(() => import('./Picture'))

/** The flow as its author sees it, with what passes its shapes now. */
export function CanvasSheet({ flow }: { flow: Flow }) {
  const [filter, setFilter] = useFilter('shape', 'view')
  const revision = flow.revision
  const canvas = usePolled(`canvas ${flow.id} ${revision}`, revision === null ? undefined : signal => get<Canvas>(path`flows/${flow.id}/canvas`, {}, signal), () => null)
  const counts = usePolled(`counts ${flow.id}`, signal => get<ShapeCounts>(path`flows/${flow.id}/shape-counts`, {}, signal), () => 3000)
  const byShape = useMemo(() => new Map(counts.data?.shapes.map(one => [one.shape, one]) ?? []), [counts.data])
  if (revision === null) {
    return <Nothing title="There is nothing to draw">No version of the file was ever right. Mend its problems; it is taken within a second.</Nothing>
  }
  const drawn = canvas.data
  const chosen = drawn?.shapes.find(shape => shape.id === filter.shape)
  const chosenStart = drawn?.starts.find(start => start.id === filter.shape)
  const choose = (shape: string) => setFilter({ shape: shape === filter.shape ? '' : shape })
  return (
    <>
      <Sentence error={canvas.error ?? counts.error} />
      <div className="pb-canvas-head">
        <ToggleGroup aria-label="How the flow is shown">
          <ToggleGroupItem text="picture" isSelected={filter.view !== 'list'} onChange={() => setFilter({ view: '' })} />
          <ToggleGroupItem text="list" isSelected={filter.view === 'list'} onChange={() => setFilter({ view: 'list' })} />
        </ToggleGroup>
        {counts.data && (
          <span className="pb-quiet">
            {counts.data.running ? `${count(counts.data.running)} running now. ` : ''}Counts since {new Date(counts.data.since).toLocaleTimeString(undefined, { timeStyle: 'short' })}.
          </span>
        )}
      </div>
      <div className="pb-split">
        <div className="pb-grow">
          {!drawn ? (
            !canvas.error && <Bullseye><Spinner aria-label="The flow is drawn" /></Bullseye>
          ) : filter.view === 'list' ? (
            <ShapeList canvas={drawn} counts={byShape} chosen={filter.shape} choose={choose} />
          ) : (
            <Suspense fallback={<Bullseye><Spinner aria-label="The flow is drawn" /></Bullseye>}>
              <Picture canvas={drawn} counts={byShape} chosen={filter.shape} choose={choose} />
            </Suspense>
          )}
        </div>
        {(chosen || chosenStart) && drawn && (
          <ShapePanel flow={flow} shape={chosen} start={chosenStart} counts={byShape.get(filter.shape)} close={() => setFilter({ shape: '' })} />
        )}
      </div>
    </>
  )
}

/** What passed a shape, in a few words. */
export function brief(counts: CountsOfShape | undefined): string {
  return counts ? `${count(counts.payloadsIn)} in, ${count(counts.payloadsOut)} out` : ''
}
