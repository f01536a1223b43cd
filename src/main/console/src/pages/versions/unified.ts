/** What became of a line of a unified diff; its heads are neither gone nor new. */
export function lineKind(line: string): 'gone' | 'new' | 'same' {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) {
    return 'same'
  }
  return line.startsWith('-') ? 'gone' : line.startsWith('+') ? 'new' : 'same'
}
