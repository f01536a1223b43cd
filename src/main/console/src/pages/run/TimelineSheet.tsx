import type { Payload, RequestMade, Run, ShapeOfRun } from '../../api/types'
import { Nothing } from '../../parts/Nothing'
import { bytes, count, duration } from '../../parts/time'
import { timeline, type Bar } from './timeline'

/** Of one lane; more would be dots upon dots. */
const MOST_BARS = 500

interface Props {
  run: Run
  payloads: Payload[]
  requests: RequestMade[]
  /** Shows what passed a shape. */
  onShape: (shape: string) => void
}

export function TimelineSheet({ run, payloads, requests, onShape }: Props) {
  if (run.shapes.length === 0) {
    return <Nothing title="No shape has worked yet">{run.status === 'queued' ? 'The run waits for its turn.' : ''}</Nothing>
  }
  const { lanes } = timeline(run, payloads, requests, Date.now())
  return (
    <>
      <table className="pb-timeline" aria-label="Shapes in time">
        <thead>
          <tr>
            <th scope="col">Shape</th>
            <th scope="col" className="pb-right">Payloads in</th>
            <th scope="col" className="pb-right">out</th>
            <th scope="col" className="pb-right">failed</th>
            <th scope="col" className="pb-right">Records</th>
            <th scope="col" className="pb-right">Tries</th>
            <th scope="col" className="pb-right">Took</th>
            <th scope="col" className="pb-bars">When</th>
          </tr>
        </thead>
        <tbody>
          {run.shapes.map((shape, place) => (
            <tr key={shape.shape}>
              <th scope="row">
                <button type="button" className="pb-link" onClick={() => onShape(shape.shape)}>
                  {shape.shape}
                </button>{' '}
                <span className="pb-quiet">{shape.type}</span>
              </th>
              <td className="pb-right">{count(shape.payloadsIn)}</td>
              <td className="pb-right">{count(shape.payloadsOut)}</td>
              <td className={shape.payloadsFailed ? 'pb-right pb-bad' : 'pb-right pb-quiet'}>{count(shape.payloadsFailed)}</td>
              <td className="pb-right">{records(shape)}</td>
              <td className="pb-right">{count(shape.attempts)}</td>
              <td className="pb-right pb-nowrap">{duration(shape.tookMs)}</td>
              <td className="pb-bars">
                <div className="pb-lane">{lanes[place]?.bars.slice(0, MOST_BARS).map((bar, at) => <BarView key={at} bar={bar} />)}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pb-quiet">
        Bars reach from the first payload that a shape saw to the last, as far as payloads are captured; on them are its requests:{' '}
        <span className="pb-key pb-bar-request" /> answered, <span className="pb-key pb-bar-retry" /> tried again,{' '}
        <span className="pb-key pb-bar-failed" /> failed. Received {bytes(sum(run, 'bytesIn'))}, sent {bytes(sum(run, 'bytesOut'))}.
      </p>
    </>
  )
}

function BarView({ bar }: { bar: Bar }) {
  const style = { insetInlineStart: `${bar.from * 100}%`, inlineSize: `max(3px, ${(bar.to - bar.from) * 100}%)` }
  return <span className={`pb-bar pb-bar-${bar.kind}`} style={style} title={bar.text} />
}

function records(shape: ShapeOfRun): string {
  return shape.recordsIn === shape.recordsOut ? count(shape.recordsIn) : `${count(shape.recordsIn)} → ${count(shape.recordsOut)}`
}

function sum(run: Run, field: 'bytesIn' | 'bytesOut'): number {
  return run.shapes.reduce((all, shape) => all + shape[field], 0)
}
