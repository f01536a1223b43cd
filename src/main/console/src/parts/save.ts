/** Lets somebody save content as a file. As bytes of no kind: a browser must not open what a stranger sent. */
export function save(content: BlobPart, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
