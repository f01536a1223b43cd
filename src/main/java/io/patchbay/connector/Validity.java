package io.patchbay.connector;

import java.time.Instant;

/**
 * How long a certificate is good.
 *
 * @param begins since when
 * @param ends when it ends
 */
public record Validity(Instant begins, Instant ends) {}
