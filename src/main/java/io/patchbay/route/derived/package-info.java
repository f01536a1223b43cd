/** Flows that stand in no file of their own: their texts are made of other files. */
@NullMarked
package io.patchbay.route.derived;

import org.jspecify.annotations.NullMarked;
