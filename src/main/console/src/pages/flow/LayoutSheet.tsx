import { path, content } from '../../api/client'
import type { Flow } from '../../api/types'
import { Nothing } from '../../parts/Nothing'
import { Sentence } from '../../parts/Sentence'
import { usePolled } from '../../parts/usePolled'

/** How the flow is laid out and why, and its Camel routes. */
export function LayoutSheet({ flow }: { flow: Flow }) {
  const text = usePolled(
    `explain ${flow.id} ${flow.revision}`,
    flow.revision === null ? undefined : async signal => (await content(path`flows/${flow.id}/explain`, {}, signal)).bytes.text(),
    () => null,
  )
  if (flow.revision === null) {
    return <Nothing title="There is nothing to lay out">No version of the file was ever right. Mend its problems; it is taken within a second.</Nothing>
  }
  return (
    <>
      <Sentence error={text.error} />
      {text.data !== undefined && (
        <pre className="pb-text pb-payload" tabIndex={0}>
          {text.data}
        </pre>
      )}
    </>
  )
}
