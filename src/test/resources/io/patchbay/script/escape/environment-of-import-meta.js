// ends: SYNTAX
function handle() {
  return import.meta.env;
}
