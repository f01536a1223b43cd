/** What the documentation says, held against what is there. */
@NullMarked
package io.patchbay.docs;

import org.jspecify.annotations.NullMarked;
