/** Whether the runtime is ready, and how each flow is: what the health endpoint tells. */
@NullMarked
package io.patchbay.ops.health;

import org.jspecify.annotations.NullMarked;
