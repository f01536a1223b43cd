/**
 * The HTTP API under {@code /api/v1}: one thin resource per noun, which translates between HTTP and the rooms' own types and
 * decides nothing. Lists answer {@code {"data":[…],"next":…}}; errors are problem documents (RFC 9457).
 */
@NullMarked
package io.patchbay.api;

import org.jspecify.annotations.NullMarked;
