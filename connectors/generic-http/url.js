// The address that the answer has, until it has none.
const at = (value, path) => path.split('.').reduce((found, name) => found?.[name], value);

function next(answer, page) {
  const url = at(answer.body, page.settings.nextPath) ?? '';
  return url === '' ? null : { url };
}
