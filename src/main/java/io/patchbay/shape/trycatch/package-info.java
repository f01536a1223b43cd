/** A try: payloads that fail in it go to its catch. Becomes a sequential multicast of try and catch; the dead letter channel is the step's. */
@NullMarked
package io.patchbay.shape.trycatch;

import org.jspecify.annotations.NullMarked;
