/** How HTTP calls leave the machine: through which proxy, and whose certificates are believed beside those that Java trusts. */
@NullMarked
package io.patchbay.outbound;

import org.jspecify.annotations.NullMarked;
