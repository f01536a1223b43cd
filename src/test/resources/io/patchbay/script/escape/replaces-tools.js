// ends: THROWN
function handle() {
  'use strict';
  patchbay.log = () => 1;
}
