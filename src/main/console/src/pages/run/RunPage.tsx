import { useParams } from 'react-router-dom'
import { Frame } from '../../parts/Frame'

export default function RunPage() {
  const { run = '' } = useParams()
  return <Frame title={run}>{null}</Frame>
}
