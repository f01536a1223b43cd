import { useMemo, useState } from 'react'
import { Button, FormSelect, FormSelectOption, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { get, path, type Page } from '../../api/client'
import type { Payload, Run } from '../../api/types'
import { difference, readable } from '../../parts/difference'
import { Nothing } from '../../parts/Nothing'
import { save } from '../../parts/save'
import { Sentence } from '../../parts/Sentence'
import { bytes, count } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled, type Polled } from '../../parts/usePolled'

/** More of one payload is no reading matter, and slow to draw. */
const MOST_SHOWN = 200_000

/** What went into a shape and what came out of it. */
export function PayloadsSheet({ run, payloads }: { run: Run; payloads: Polled<Payload[]> }) {
  const [filter, setFilter] = useFilter('shape')
  const numbers = useMemo(() => {
    const found = new Map<string, number>()
    payloads.data?.forEach(payload => found.set(payload.shape, (found.get(payload.shape) ?? 0) + 1))
    return found
  }, [payloads.data])
  const shape = filter.shape || run.shapes.find(one => numbers.has(one.shape))?.shape || ''
  if (payloads.data?.length === 0) {
    return (
      <Nothing title="No payload is kept">
        The flow's capture keeps none of this run, or they were deleted with age. Set capture in the flow's settings to keep them.
      </Nothing>
    )
  }
  return (
    <>
      <Sentence error={payloads.error} />
      <div className="pb-split">
        <ul className="pb-choice" aria-label="Shapes">
          {run.shapes.map(one => (
            <li key={one.shape}>
              <button type="button" aria-current={one.shape === shape} disabled={!numbers.has(one.shape)} onClick={() => setFilter({ shape: one.shape })}>
                {one.shape} <span className="pb-quiet">{count(numbers.get(one.shape) ?? 0)}</span>
              </button>
            </li>
          ))}
        </ul>
        {shape && <OfShape key={shape} run={run} shape={shape} kept={numbers.get(shape) ?? 0} />}
      </div>
    </>
  )
}

function OfShape({ run, shape, kept }: { run: Run; shape: string; kept: number }) {
  // One more that is kept is a reason to ask again.
  const content = usePolled(
    `content ${run.id} ${shape} ${kept}`,
    signal => get<Page<Payload>>(path`runs/${run.id}/payloads`, { shape, bytes: true }, signal),
    () => null,
  )
  const [chosen, choose] = useState(0)
  const [view, setView] = useState<'both' | 'difference'>('both')
  const into = useMemo(() => content.data?.data.filter(payload => payload.direction === 'in') ?? [], [content.data])
  const out = useMemo(() => content.data?.data.filter(payload => payload.direction === 'out') ?? [], [content.data])
  const [other, chooseOther] = useState<number>()
  const before = into[chosen]
  const follower = before ? out.findIndex(payload => payload.lineage === before.lineage || payload.lineage.startsWith(before.lineage + '/')) : 0
  const after = out[other ?? follower]
  return (
    <div className="pb-grow">
      <Sentence error={content.error} />
      {!content.data && !content.error && <Spinner aria-label="Payloads are loaded" />}
      <ToggleGroup aria-label="How payloads are shown">
        <ToggleGroupItem text="in and out" isSelected={view === 'both'} onChange={() => setView('both')} />
        <ToggleGroupItem text="difference" isSelected={view === 'difference'} onChange={() => setView('difference')} isDisabled={!before || !after} />
      </ToggleGroup>
      <div className="pb-pair">
        <Choice
          label="In"
          payloads={into}
          chosen={chosen}
          choose={place => {
            choose(place)
            chooseOther(undefined)
          }}
        />
        <Choice label="Out" payloads={out} chosen={other ?? follower} choose={chooseOther} />
        {view === 'both' ? (
          <>
            <Text of={before} nothing="Nothing went in." />
            <Text of={after} nothing="Nothing came out of it." />
          </>
        ) : (
          before && after && <Difference before={before} after={after} />
        )}
      </div>
    </div>
  )
}

interface ChoiceProps {
  label: string
  payloads: Payload[]
  chosen: number
  choose: (place: number) => void
}

function Choice({ label, payloads, chosen, choose }: ChoiceProps) {
  return (
    <FormSelect aria-label={label} value={chosen} onChange={(_event, place) => choose(Number(place))} isDisabled={payloads.length === 0}>
      {chosen < 0 && <FormSelectOption value={-1} label={`${label}: none of it`} />}
      {payloads.map((payload, place) => (
        <FormSelectOption key={place} value={place} label={`${label}: ${origin(payload)}${payload.contentType || 'empty'}, ${bytes(payload.size)}`} />
      ))}
    </FormSelect>
  )
}

/** Where it comes from, without the run that it is of. */
function origin(payload: Payload): string {
  const [, ...steps] = payload.lineage.split('/')
  return steps.length ? steps.join(' / ') + ', ' : ''
}

function Text({ of, nothing }: { of: Payload | undefined; nothing: string }) {
  if (!of) {
    return <p className="pb-quiet">{nothing}</p>
  }
  const text = textOf(of)
  return (
    <div>
      <pre className="pb-text pb-payload" tabIndex={0}>
        {text.slice(0, MOST_SHOWN)}
      </pre>
      {(text.length > MOST_SHOWN || of.cut) && (
        <p className="pb-quiet">{of.cut ? `Of ${bytes(of.size)} the beginning is kept.` : 'This is the beginning.'}</p>
      )}
      <Meta of={of} />
      <Button variant="link" isInline onClick={() => save(bytesOf(of), `${of.shape}-${of.direction}`)}>
        Save as a file
      </Button>
    </div>
  )
}

function Meta({ of }: { of: Payload }) {
  const meta = Object.entries(of.meta)
  return meta.length === 0 ? null : (
    <details>
      <summary>Metadata</summary>
      <pre className="pb-text">{meta.map(([name, value]) => `${name}: ${value}`).join('\n')}</pre>
    </details>
  )
}

function Difference({ before, after }: { before: Payload; after: Payload }) {
  const lines = useMemo(
    () => difference(textOf(before).slice(0, MOST_SHOWN), textOf(after).slice(0, MOST_SHOWN)),
    [before, after],
  )
  if (!lines) {
    return <p className="pb-quiet pb-wide">The two differ in so much that a comparison does not help.</p>
  }
  if (lines.every(line => line.kind === 'same')) {
    return <p className="pb-quiet pb-wide">They do not differ.</p>
  }
  const signs = { same: ' ', gone: '-', new: '+' }
  return (
    <pre className="pb-text pb-payload pb-wide" tabIndex={0}>
      {lines.map((line, place) => (
        <div key={place} className={`pb-line-${line.kind}`}>
          {signs[line.kind]} {line.text}
        </div>
      ))}
    </pre>
  )
}

function textOf(payload: Payload): string {
  return payload.text !== null ? readable(payload.text, payload.contentType) : (payload.base64 ?? '')
}

function bytesOf(payload: Payload): BlobPart {
  return payload.text ?? Uint8Array.from(atob(payload.base64 ?? ''), character => character.charCodeAt(0))
}
