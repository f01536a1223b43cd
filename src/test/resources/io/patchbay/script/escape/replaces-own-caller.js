// ends: THROWN
function handle() {
  'use strict';
  globalThis.__call = () => 1;
  return { payload: 1 };
}
