import { Frame } from '../../parts/Frame'

export default function RunsPage() {
  return <Frame title="Runs">{null}</Frame>
}
