package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;
import java.util.List;

/** What is watched of a real system: whether it still answers as the connector was made for. */
@Doc(
        "What is watched of the real system: one endpoint is read again and again, and what changes in how it answers is told")
public record ContractConfig(
        @Doc("A read without needed inputs; of a list the first page is read")
        String endpoint,

        @Doc("How often, 1m or longer") @Default("1d") Duration every,

        @Doc("What is told") @Default("[schemaDrift, statusChange, deprecationHeader]")
        List<AlertOn> alertOn) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if it is watched all too often, or nothing of it is told */
    public ContractConfig {
        alertOn = List.copyOf(alertOn);
        if (every.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("'every' must be 1m or longer: each look is a call of the system");
        }
        if (alertOn.isEmpty()) {
            throw new IllegalArgumentException("'alertOn' is empty: leave it out for all, or leave out 'contract'");
        }
    }

    /** What is told. */
    public enum AlertOn {
        /** Records do not fit response.schema; without one a field or a type differs from what came before. */
        SCHEMA_DRIFT,
        /** The answer's status is of another class than before, like 404 after 200. */
        STATUS_CHANGE,
        /** The answer says that it is deprecated (RFC 9745) or will be gone (RFC 8594). */
        DEPRECATION_HEADER;

        /** The word for it in files and answers. */
        public String word() {
            return switch (this) {
                case SCHEMA_DRIFT -> "schemaDrift";
                case STATUS_CHANGE -> "statusChange";
                case DEPRECATION_HEADER -> "deprecationHeader";
            };
        }
    }
}
