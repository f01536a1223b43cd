import { useContext, useState } from 'react'
import { PluginNodeSelectionContext, workspace } from '@hawtio/react'
import { Button, Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core'
import { Link, useNavigate } from 'react-router-dom'
import type { Canvas, CanvasShape, CountsOfShape, Flow } from '../../../api/types'
import { count, duration } from '../../../parts/time'

interface Props {
  flow: Flow
  shape: CanvasShape | undefined
  start: Canvas['starts'][number] | undefined
  counts: CountsOfShape | undefined
  close: () => void
}

/** What the author wrote about one node, what passed it, and where Camel has it. */
export function ShapePanel({ flow, shape, start, counts, close }: Props) {
  const settings = shape?.settings ?? start?.settings ?? ''
  const line = shape?.line ?? start?.line ?? 0
  return (
    <Card isCompact className="pb-panel" aria-label="The chosen shape" role="complementary">
      <CardHeader actions={{ actions: <Button variant="plain" aria-label="Close" onClick={close}>✕</Button> }}>
        <CardTitle component="h2">{shape ? (shape.name ?? shape.id) : start?.kind}</CardTitle>
      </CardHeader>
      <CardBody>
        <p className="pb-quiet">
          {shape ? `${shape.kind} ${shape.id}` : 'starts the flow'}
          {line > 0 && `, ${flow.file}:${line}`}
        </p>
        {shape?.note && <p>{shape.note}</p>}
        {shape?.disabled && <p>Switched off: payloads pass by unchanged.</p>}
        {shape?.onError === 'skip' && <p>What fails for good is skipped; the others go on.</p>}
        {shape && shape.parallel > 1 && <p>{shape.parallel} payloads pass at one time.</p>}
        {settings && <pre className="pb-text pb-payload" tabIndex={0} aria-label="Settings">{settings}</pre>}
        {counts && <Passed counts={counts} />}
        {shape && (
          <>
            <p>
              <Link to={`/failures#flow=${encodeURIComponent(flow.id)}&shape=${encodeURIComponent(shape.id)}`}>What failed in it</Link>
            </p>
            <InCamel node={shape.camelNode} />
          </>
        )}
      </CardBody>
    </Card>
  )
}

function Passed({ counts }: { counts: CountsOfShape }) {
  const rows: [string, string][] = [
    ['payloads in', count(counts.payloadsIn)],
    ['payloads out', count(counts.payloadsOut)],
    ['payloads failed', count(counts.payloadsFailed)],
    ['records in', count(counts.recordsIn)],
    ['records out', count(counts.recordsOut)],
    ['retries', count(counts.retries)],
    ['time of all tries', duration(counts.tookMs)],
  ]
  return (
    <table className="pb-passed" aria-label="What passed it">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="pb-right">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Leads to Hawtio's page about the node in Camel that the shape became. */
function InCamel({ node }: { node: string }) {
  const { setSelectedNode } = useContext(PluginNodeSelectionContext)
  const navigate = useNavigate()
  const [missing, setMissing] = useState(false)
  const go = async () => {
    const found = (await workspace.getTree()).find(one => one.name === node)
    if (found) {
      setSelectedNode(found)
      navigate('/camel/attributes')
    } else {
      setMissing(true)
    }
  }
  return (
    <>
      <Button variant="link" isInline onClick={() => void go()}>
        Its node in Camel
      </Button>
      <div className="pb-quiet pb-mono">{node}</div>
      {missing && <p role="status">Camel has no such node now: the flow's routes are being made anew.</p>}
    </>
  )
}
