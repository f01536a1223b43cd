/**
 * Field by field from one record to another: where a value comes from, what functions make of it, where it goes. Compiled
 * when a flow is deployed; a function is one small class, and {@link io.patchbay.mapping.function.Functions} is the list of them.
 */
@NullMarked
package io.patchbay.mapping;

import org.jspecify.annotations.NullMarked;
