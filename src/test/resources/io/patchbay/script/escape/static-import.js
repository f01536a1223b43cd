// ends: SYNTAX
import * as os from 'os';
function handle() {
  return os.getpid();
}
