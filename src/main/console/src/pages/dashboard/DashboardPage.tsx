import { Card, CardBody, CardTitle, Gallery, SearchInput, Spinner, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import { useState, type ReactNode } from 'react'
import { get } from '../../api/client'
import type { Part, Statistics } from '../../api/operating'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Sentence } from '../../parts/Sentence'
import { bytes, count, duration, moment } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { bars, line } from './bars'

type Counted = 'payloads' | 'payloadsFailed' | 'records' | 'bytesIn' | 'bytesOut'

const outcomes = ['succeeded', 'partial', 'failed', 'stopped'] as const

/** What runs add up to, over a day or a month. */
export default function DashboardPage() {
  const [filter, setFilter] = useFilter('flow', 'step')
  const [typed, setTyped] = useState(filter.flow)
  const step = filter.step === 'day' ? 'day' : 'hour'
  const statistics = usePolled(
    `statistics ${filter.flow} ${step}`,
    signal => get<Statistics>('statistics', { flow: filter.flow, step }, signal),
    () => 15_000,
  )
  return (
    <Frame title="Dashboard">
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <ToggleGroup aria-label="Over which time">
              <ToggleGroupItem text="24 hours" isSelected={step === 'hour'} onChange={() => setFilter({ step: '' })} />
              <ToggleGroupItem text="30 days" isSelected={step === 'day'} onChange={() => setFilter({ step: 'day' })} />
            </ToggleGroup>
          </ToolbarItem>
          <ToolbarItem>
            <SearchInput
              className="pb-find"
              aria-label="Only the flow with this id"
              placeholder="Id of a flow; empty for all"
              value={typed}
              onChange={(_event, flow) => setTyped(flow)}
              onSearch={() => setFilter({ flow: typed.trim() })}
              onClear={() => {
                setTyped('')
                setFilter({ flow: '' })
              }}
            />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <Sentence error={statistics.error} />
      {!statistics.data ? (
        !statistics.error && <Spinner size="lg" aria-label="Statistics are loaded" />
      ) : statistics.data.total.counts.runs === 0 ? (
        <Nothing title="No run ended in this time">{filter.flow ? 'Look at all flows, or at a longer time.' : 'Start a flow on its page, or look at a longer time.'}</Nothing>
      ) : (
        <Charts of={statistics.data} />
      )}
    </Frame>
  )
}

function Charts({ of }: { of: Statistics }) {
  const { counts, p50Ms, p95Ms } = of.total
  const latencies = of.steps.map(step => step.p95Ms)
  return (
    <>
      <Gallery hasGutter minWidths={{ default: '14rem' }}>
        <Figure title="Runs">{count(counts.runs)}</Figure>
        <Figure title="Failed or partial">{count(counts.failed + counts.partial)}</Figure>
        <Figure title="Records">{count(counts.records)}</Figure>
        <Figure title="Failed payloads">{count(counts.payloadsFailed)}</Figure>
        <Figure title="Received">{bytes(counts.bytesIn)}</Figure>
        <Figure title="Sent">{bytes(counts.bytesOut)}</Figure>
        <Figure title="Half took at most">{p50Ms === null ? '–' : duration(p50Ms)}</Figure>
        <Figure title="19 of 20 took at most">{p95Ms === null ? '–' : duration(p95Ms)}</Figure>
      </Gallery>
      <Chart title="How runs ended" of={of}>
        {bars(
          of.steps.map(step => ({ ...step.counts })),
          [...outcomes],
        ).map((pieces, at) => (
          <g key={at}>
            <title>{told(of.steps[at]!)}</title>
            <rect x={at} y={0} width={1} height={1} className="pb-chart-over" />
            {pieces.map(piece => (
              <rect key={piece.kind} x={at + 0.1} width={0.8} y={piece.y} height={piece.height} className={`pb-chart-${piece.kind}`} />
            ))}
          </g>
        ))}
      </Chart>
      <div className="pb-quiet">
        {outcomes.map(outcome => (
          <span key={outcome} className="pb-chart-key">
            <svg className="pb-key" viewBox="0 0 1 1" aria-hidden="true">
              <rect width="1" height="1" className={`pb-chart-${outcome}`} />
            </svg>{' '}
            {outcome} {count(counts[outcome])}
          </span>
        ))}
      </div>
      <Lines title="Payloads" of={of} kinds={['payloads', 'payloadsFailed']} told={count}>
        The lower line, of dashes: payloads that failed.
      </Lines>
      <Lines title="Records" of={of} kinds={['records']} told={count} />
      <Lines title="Bytes" of={of} kinds={['bytesIn', 'bytesOut']} told={bytes}>
        The line: received. The one of dashes: sent.
      </Lines>
      <Chart title={`How long runs took, up to ${duration(highest(latencies))}`} of={of}>
        <polyline points={points(of.steps.map(step => step.p95Ms), highest(latencies))} className="pb-chart-line pb-chart-dashes" />
        <polyline points={points(of.steps.map(step => step.p50Ms), highest(latencies))} className="pb-chart-line" />
      </Chart>
      <div className="pb-quiet">The lower line: half of the runs took no longer. The upper one: 19 of 20 took no longer. Both to within a fifth.</div>
    </>
  )
}

/** What was counted, over time: the second of two kinds as a line of dashes. */
function Lines({ title, of, kinds, told, children }: { title: string; of: Statistics; kinds: Counted[]; told: (most: number) => string; children?: ReactNode }) {
  const lines = kinds.map(kind => of.steps.map(step => step.counts[kind]))
  const most = highest(lines.flat())
  return (
    <>
      <Chart title={`${title}, up to ${told(most)}`} of={of}>
        {lines.map((values, at) => (
          <polyline key={kinds[at]} points={points(values, most)} className={at === 0 ? 'pb-chart-line' : 'pb-chart-line pb-chart-dashes'} />
        ))}
      </Chart>
      {children && <div className="pb-quiet">{children}</div>}
    </>
  )
}

function highest(values: (number | null)[]): number {
  return Math.max(0, ...values.map(value => value ?? 0))
}

function points(values: (number | null)[], most: number): string {
  return line(values, most)
    .map(([x, y]) => `${x * values.length},${y}`)
    .join(' ')
}

function told(step: Part): string {
  const { counts } = step
  return `${moment(step.at)}: ${outcomes.map(outcome => `${count(counts[outcome])} ${outcome}`).join(', ')}`
}

function Chart({ title, of, children }: { title: string; of: Statistics; children: ReactNode }) {
  return (
    <Card isCompact className="pb-chart-card">
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <svg viewBox={`0 0 ${of.steps.length} 1`} preserveAspectRatio="none" className="pb-chart" role="img" aria-label={title}>
          {children}
        </svg>
        <div className="pb-chart-ends pb-quiet">
          <span>{moment(of.from)}</span>
          <span>{moment(of.to)}</span>
        </div>
      </CardBody>
    </Card>
  )
}

function Figure({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card isCompact>
      <CardTitle component="h2" className="pb-quiet">
        {title}
      </CardTitle>
      <CardBody className="pb-figure">{children}</CardBody>
    </Card>
  )
}
