package io.patchbay.alert;

import io.patchbay.run.RunHistory.Slice;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts that are open, and those of the last weeks. */
public interface Alerts {

    /** Those that are meant, newest first. */
    Slice<Alert> list(Query query);

    /** The messages of alerts, in the order in which they were made; of each the newest hundred. */
    List<Alert.Message> messages(Collection<String> alerts);

    /**
     * Which alerts to list.
     *
     * @param kind only of this kind
     * @param subject only of this flow or instance
     * @param open only those that are open, or that are over
     * @param after the {@link Slice#next} of the slice before
     * @param limit 1 to 500
     */
    record Query(
            @Nullable AlertKind kind,
            @Nullable String subject,
            @Nullable Boolean open,
            @Nullable String after,
            int limit) {}
}
