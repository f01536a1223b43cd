package io.patchbay.api;

import io.patchbay.alert.Alert;
import io.patchbay.alert.AlertKind;
import io.patchbay.alert.Alerts;
import io.patchbay.run.RunHistory.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Alerts in memory, newest first. */
public final class FakeAlerts implements Alerts {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final List<Alert> all = new CopyOnWriteArrayList<>();
    public volatile @Nullable Query asked;

    public void clear() {
        all.clear();
    }

    public void add(String id, String flow, boolean open) {
        all.add(
                0,
                new Alert(
                        id,
                        AlertKind.FAILED_RUNS,
                        flow,
                        NOON,
                        NOON,
                        open ? null : NOON.plusSeconds(60),
                        3,
                        "Run r1 of flow '" + flow + "' failed: down",
                        "r1",
                        List.of("ops")));
    }

    @Override
    public Slice<Alert> list(Query query) {
        asked = query;
        List<Alert> found = all.stream()
                .filter(one -> query.open() == null || one.open() == query.open())
                .filter(one -> query.after() == null || one.id().compareTo(query.after()) < 0)
                .toList();
        return found.size() <= query.limit()
                ? new Slice<>(found, null)
                : new Slice<>(
                        found.subList(0, query.limit()),
                        found.get(query.limit() - 1).id());
    }

    @Override
    public List<Alert.Message> messages(Collection<String> alerts) {
        return alerts.stream()
                .map(alert -> new Alert.Message(
                        alert,
                        "slack 1 of group ops",
                        Alert.Message.State.WAITING,
                        2,
                        NOON,
                        "slack 1 of group ops: it answered 503"))
                .toList();
    }
}
