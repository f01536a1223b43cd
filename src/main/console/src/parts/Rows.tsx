import { useState, type ReactNode } from 'react'
import { Pagination } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'

export interface Column<T> {
  title: string
  cell: (row: T) => ReactNode
  /** Makes the column one to sort by. */
  by?: (row: T) => string | number
  /** Numbers stand at the right. */
  right?: boolean
}

interface Props<T> {
  label: string
  rows: T[]
  columns: Column<T>[]
  id: (row: T) => string
  /** Column and direction that it begins with. */
  first?: [number, 'asc' | 'desc']
}

const PER_PAGE = 50

/** A table, of which a page at a time is drawn, so that thousands of rows are no burden. */
export function Rows<T>({ label, rows, columns, id, first }: Props<T>) {
  const [page, setPage] = useState(1)
  const [perPage, setPerPage] = useState(PER_PAGE)
  const [sorted, setSorted] = useState(first)
  const shown = sort(rows, columns, sorted)
  const last = Math.max(1, Math.ceil(rows.length / perPage))
  const at = Math.min(page, last)
  return (
    <>
      <Table aria-label={label} variant="compact" className="pb-rows">
        <Thead>
          <Tr>
            {columns.map((column, place) => (
              <Th
                key={column.title}
                modifier="nowrap"
                className={column.right ? 'pb-right' : ''}
                {...(column.by && {
                  sort: {
                    columnIndex: place,
                    sortBy: { index: sorted?.[0] ?? -1, direction: sorted?.[1] ?? 'asc', defaultDirection: 'asc' },
                    onSort: (_event: unknown, index: number, direction: 'asc' | 'desc') => setSorted([index, direction]),
                  },
                })}
              >
                {column.title}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {shown.slice((at - 1) * perPage, at * perPage).map(row => (
            <Tr key={id(row)}>
              {columns.map(column => (
                <Td key={column.title} dataLabel={column.title} className={column.right ? 'pb-right' : ''}>
                  {column.cell(row)}
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {rows.length > PER_PAGE && (
        <Pagination
          itemCount={rows.length}
          page={at}
          perPage={perPage}
          perPageOptions={[50, 100, 200].map(value => ({ title: String(value), value }))}
          onSetPage={(_event, to) => setPage(to)}
          onPerPageSelect={(_event, size) => setPerPage(size)}
          variant="bottom"
        />
      )}
    </>
  )
}

function sort<T>(rows: T[], columns: Column<T>[], by: [number, 'asc' | 'desc'] | undefined): T[] {
  const value = by && columns[by[0]]?.by
  if (!value) {
    return rows
  }
  const sign = by[1] === 'asc' ? 1 : -1
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
  return [...rows].sort((a, b) => sign * compare(value(a), value(b)))
}
