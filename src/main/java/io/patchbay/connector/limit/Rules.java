package io.patchbay.connector.limit;

import io.patchbay.connector.Standing;
import java.time.Duration;

/**
 * What holds for the calls of a {@link Governor} besides the numbers.
 *
 * @param fails whether a call fails at once in place of waiting
 * @param queues whether who would wait long stands aside
 * @param maxWait how long a call waits at most
 * @param reader what is read out of answers
 * @param standing is told of waits
 */
record Rules(boolean fails, boolean queues, Duration maxWait, RateReader reader, Standing standing) {}
