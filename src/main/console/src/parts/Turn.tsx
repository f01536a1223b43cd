import { Button, Flex } from '@patternfly/react-core'

/** Turns the pages of a list that has no known end. */
export function Turn({ page, newer, older }: { page: number; newer: (() => void) | undefined; older: (() => void) | undefined }) {
  if (!newer && !older) {
    return null
  }
  return (
    <Flex justifyContent={{ default: 'justifyContentFlexEnd' }} alignItems={{ default: 'alignItemsCenter' }} className="pb-turn">
      <Button variant="secondary" isDisabled={!newer} onClick={newer}>
        Newer
      </Button>
      <span className="pb-quiet">page {page}</span>
      <Button variant="secondary" isDisabled={!older} onClick={older}>
        Older
      </Button>
    </Flex>
  )
}
