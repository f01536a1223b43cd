/** The program's entry: it starts the rooms and wires them, and holds no behaviour of its own. */
@NullMarked
package io.patchbay;

import org.jspecify.annotations.NullMarked;
