import { useParams } from 'react-router-dom'
import { get, path } from '../../api/client'
import type { Flow } from '../../api/types'
import { Frame } from '../../parts/Frame'
import { Sentence } from '../../parts/Sentence'
import { usePolled } from '../../parts/usePolled'
import { FlowState } from './FlowState'

export default function FlowPage() {
  const { flow: id = '' } = useParams()
  const flow = usePolled(id, signal => get<Flow>(path`flows/${id}`, {}, signal))
  return (
    <Frame title={flow.data?.name ?? id} above={[['Flows', '/flows']]} marks={flow.data && <FlowState of={flow.data} />}>
      <Sentence error={flow.error} />
    </Frame>
  )
}
