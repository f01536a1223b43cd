import { Button, Flex } from '@patternfly/react-core'

interface Props {
  page: number
  newer: (() => void) | undefined
  older: (() => void) | undefined
  /** What the buttons are called where a list is not one of times. */
  words?: [string, string]
}

/** Turns the pages of a list that has no known end. */
export function Turn({ page, newer, older, words = ['Newer', 'Older'] }: Props) {
  if (!newer && !older) {
    return null
  }
  return (
    <Flex justifyContent={{ default: 'justifyContentFlexEnd' }} alignItems={{ default: 'alignItemsCenter' }} className="pb-turn">
      <Button variant="secondary" isDisabled={!newer} onClick={newer}>
        {words[0]}
      </Button>
      <span className="pb-quiet">page {page}</span>
      <Button variant="secondary" isDisabled={!older} onClick={older}>
        {words[1]}
      </Button>
    </Flex>
  )
}
