// What the answer names, until it names none or says that there is no more. A page without records may have a next one.
const at = (value, path) => path.split('.').reduce((found, name) => found?.[name], value);

function next(answer, page) {
  const { cursorParam, cursorPath, hasMorePath } = page.settings;
  const cursor = at(answer.body, cursorPath) ?? '';
  const over = hasMorePath !== '' && !at(answer.body, hasMorePath);
  return over || cursor === '' ? null : { query: { [cursorParam]: cursor } };
}
