// The next number, until a page is empty or the answer says that there is no more.
const at = (value, path) => path.split('.').reduce((found, name) => found?.[name], value);
const ends = (answer, page) =>
  page.records === 0 || (page.settings.hasMorePath !== '' && !at(answer.body, page.settings.hasMorePath));

function next(answer, page) {
  return ends(answer, page) ? null : { query: { [page.settings.pageParam]: Number(page.settings.firstPage) + page.number } };
}
