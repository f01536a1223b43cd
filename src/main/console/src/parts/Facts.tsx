import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import type { ReactNode } from 'react'

/** What is known of a thing, by name. */
export function Facts({ label, facts }: { label: string; facts: [string, ReactNode][] }) {
  if (facts.length === 0) {
    return null
  }
  return (
    <Table aria-label={label} variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th width={25}>{label}</Th>
          <Th screenReaderText="Value" />
        </Tr>
      </Thead>
      <Tbody>
        {facts.map(([name, value]) => (
          <Tr key={name}>
            <Td className="pb-quiet">{name}</Td>
            <Td className="pb-mono">{value}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
