import { useEffect, useMemo, useRef, useState } from 'react'
import { Background, Controls, Handle, MarkerType, Position, ReactFlow, type Edge, type Node, type NodeProps, type ReactFlowInstance } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import type { Canvas, CanvasEdge, CountsOfShape } from '../../../api/types'
import { count } from '../../../parts/time'
import { brief } from './CanvasSheet'
import { HEIGHT, laidOut, WIDTH } from './layout'

interface Props {
  canvas: Canvas
  counts: Map<string, CountsOfShape>
  chosen: string
  choose: (shape: string) => void
}

type ShapeData = {
  title: string
  kind: string
  counts: CountsOfShape | undefined
  isStart: boolean
  isDisabled: boolean
  isChosen: boolean
  choose: () => void
}

/** Smaller, nobody reads it; then it is moved sideways. */
const SMALLEST = 0.5
const MARGIN = 16

const nodeTypes = { shape: ShapeNode }

export default function Picture({ canvas, counts, chosen, choose }: Props) {
  const { places, width, height } = useMemo(() => laidOut(canvas), [canvas])
  // In the order of the text: so the keyboard goes from shape to shape.
  const nodes: Node<ShapeData>[] = [
    ...canvas.starts.map(start => ({ ...start, title: start.kind, kind: 'starts it', isStart: true, isDisabled: false })),
    ...canvas.shapes.map(shape => ({ id: shape.id, title: shape.name ?? shape.id, kind: shape.kind, isStart: false, isDisabled: shape.disabled })),
  ].map(({ id, title, kind, isStart, isDisabled }) => ({
    id,
    type: 'shape',
    position: places.get(id) ?? { x: 0, y: 0 },
    width: WIDTH,
    height: HEIGHT,
    data: { title, kind, counts: counts.get(id), isStart, isDisabled, isChosen: id === chosen, choose: () => choose(id) },
  }))
  const [flow, setFlow] = useState<ReactFlowInstance<Node<ShapeData>, Edge>>()
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!flow || !frame.current) {
      return undefined
    }
    // As wide as there is room, from the top: what opens beside it takes width away.
    const observer = new ResizeObserver(([seen]) => {
      const room = seen?.contentRect.width ?? width
      const zoom = Math.min(1, Math.max(SMALLEST, room / (width + 2 * MARGIN)))
      void flow.setViewport({ x: Math.max(MARGIN, (room - width * zoom) / 2), y: MARGIN, zoom })
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [flow, width])
  const edges = useMemo(() => canvas.edges.map(edgeOf), [canvas])
  // As high as what is drawn: the page is scrolled, not a window in it.
  return (
    <div ref={frame} className="pb-canvas" role="group" aria-label={`Picture of the flow ${canvas.flow}`} style={{ blockSize: `min(${height + 48}px, 400rem)` }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onInit={setFlow}
        minZoom={0.1}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        onlyRenderVisibleElements={canvas.shapes.length > 200}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}

function edgeOf(edge: CanvasEdge, place: number): Edge {
  return {
    id: String(place),
    source: edge.from,
    target: edge.to,
    type: 'smoothstep',
    className: `pb-way-${edge.way}`,
    markerEnd: { type: MarkerType.ArrowClosed },
    ...(edge.label !== null && { label: edge.label }),
    ...(edge.way === 'again' && { label: 'again' }),
  }
}

function ShapeNode({ data }: NodeProps<Node<ShapeData>>) {
  const failed = data.counts?.payloadsFailed ?? 0
  const classes = ['pb-node', data.isStart && 'pb-node-start', data.isDisabled && 'pb-node-off', failed > 0 && 'pb-node-failed', data.isChosen && 'pb-node-chosen']
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <button
        type="button"
        className={classes.filter(Boolean).join(' ') + ' nopan'}
        aria-pressed={data.isChosen}
        onClick={data.choose}
      >
        <span className="pb-node-title">{data.title}</span>
        <span className="pb-node-kind">{data.isDisabled ? `${data.kind}, switched off` : data.kind}</span>
        {data.counts && (
          <span className="pb-node-counts">
            {brief(data.counts)}
            {failed > 0 && <strong className="pb-bad">, {count(failed)} failed</strong>}
          </span>
        )}
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  )
}
