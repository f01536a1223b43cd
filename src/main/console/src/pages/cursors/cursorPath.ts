import { path } from '../../api/client'
import type { Cursor } from '../../api/stores'

export function cursorPath(of: Cursor): string {
  return path`cursors/${of.flow}/${of.instance}/${of.endpoint}`
}
