import { Graph, layout } from '@dagrejs/dagre'
import type { Canvas, CanvasEdge } from '../../../api/types'

/** All nodes are of one size, so that a place is known before anything is drawn. */
export const WIDTH = 220
export const HEIGHT = 76

export interface Place {
  x: number
  y: number
}

export interface Layout {
  places: Map<string, Place>
  width: number
  height: number
}

/** Where each node stands: from above to below, as the file is read. The file has no coordinates. */
export function laidOut(canvas: Pick<Canvas, 'starts' | 'shapes' | 'edges'>): Layout {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 40, ranksep: 56, marginx: 8, marginy: 8 })
  for (const { id } of [...canvas.starts, ...canvas.shapes]) {
    graph.setNode(id, { width: WIDTH, height: HEIGHT })
  }
  canvas.edges.filter(leadsOn).forEach((edge, place) => {
    graph.setEdge(edge.from, edge.to, { width: 8 * (edge.label?.length ?? 0), height: edge.label ? 20 : 0, labelpos: 'c' }, String(place))
  })
  layout(graph)
  const places = new Map(
    graph.nodes().map(id => {
      const { x, y } = graph.node(id) as Place
      return [id, { x: x - WIDTH / 2, y: y - HEIGHT / 2 }]
    }),
  )
  const all = [...places.values()]
  return { places, width: Math.max(...all.map(place => place.x + WIDTH)), height: Math.max(...all.map(place => place.y + HEIGHT)) }
}

/** What leads back must not turn the order around. */
function leadsOn(edge: CanvasEdge): boolean {
  return edge.way !== 'again' && edge.from !== edge.to
}

/** How deep a shape stands in others, by its id. */
export function depths(shapes: Canvas['shapes']): Map<string, number> {
  const depth = new Map<string, number>()
  for (const shape of shapes) {
    // Each stands behind the one that holds it.
    depth.set(shape.id, shape.parent === null ? 0 : (depth.get(shape.parent) ?? 0) + 1)
  }
  return depth
}
