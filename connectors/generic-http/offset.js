// As many records are passed over as came, until a page is empty or the answer says that there is no more.
const at = (value, path) => path.split('.').reduce((found, name) => found?.[name], value);
const ends = (answer, page) =>
  page.records === 0 || (page.settings.hasMorePath !== '' && !at(answer.body, page.settings.hasMorePath));

function next(answer, page) {
  const seen = (page.state ?? 0) + page.records;
  return ends(answer, page) ? null : { query: { [page.settings.offsetParam]: seen }, state: seen };
}
