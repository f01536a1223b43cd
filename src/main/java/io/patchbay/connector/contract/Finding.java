package io.patchbay.connector.contract;

import io.patchbay.connector.definition.ContractConfig.AlertOn;
import java.time.Instant;

/**
 * Something in how a system answers that is otherwise than it was.
 *
 * @param kind what is told
 * @param sentence what it is, without values of records and without a full stop
 * @param since when it was first seen
 */
public record Finding(AlertOn kind, String sentence, Instant since) {}
