package io.patchbay.service.report;

import io.patchbay.payload.StepException;
import io.patchbay.service.Sweep;
import io.patchbay.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the items of services, item by item. */
public final class ServiceReport {

    /** Rows that are looked through for one page; a page that would need more ends early, and says where it goes on. */
    private static final int MOST_ROWS = 20_000;

    private static final int PART = 500;

    private final ReportRows rows;

    /** A report of what the store knows. */
    public ServiceReport(Store store) {
        this.rows = new ReportRows(store);
    }

    /** A part of a report, and where the next one begins; null at the end. */
    public record Slice(List<Item> data, @Nullable String next) {
        public Slice {
            data = List.copyOf(data);
        }
    }

    /**
     * Items of a service, the newest first.
     *
     * @param after the {@code next} of the slice before
     * @throws IllegalArgumentException when {@code after} is none
     * @throws IllegalStateException when the store does not answer
     */
    public Slice read(Reported of, ReportQuery which, @Nullable String after, int limit) {
        ReportPlace place = after == null ? null : ReportPlace.of(after);
        List<Item> found = new ArrayList<>();
        int most = limit + 1; // enough for a page of which nothing is left out
        for (int looked = 0; looked < MOST_ROWS; looked += most) {
            most = looked == 0 ? most : Math.max(PART, limit + 1);
            List<ReportRow> part = rows.next(of, which, place, most);
            for (ReportRow row : part) {
                Item item = item(of, row);
                if (which.wants(item.status())) {
                    if (found.size() == limit) {
                        return new Slice(found, String.valueOf(place));
                    }
                    found.add(item);
                }
                place = row.place();
            }
            if (part.size() < most) {
                return new Slice(found, null);
            }
        }
        return new Slice(found, String.valueOf(place));
    }

    private static Item item(Reported of, ReportRow row) {
        ReportPlace place = row.place();
        ReportRow.Failure failure = row.failure();
        if (failure == null) {
            ItemStatus status = of.confirms() ? ItemStatus.OK : ItemStatus.SENT;
            return new Item(place.item(), status, place.at(), row.run(), 1, null, null, null, null, false);
        }
        boolean going = failure.state().equals("replayed");
        // Whoever looked whether it arrived replays it: a sweep cannot look.
        boolean mends = !of.service().finalFailures().contains(failure.code())
                && !failure.code().equals(StepException.UNKNOWN_OUTCOME);
        Sweep sweep = of.service().sweep();
        boolean swept = sweep != null && mends && failure.tries() < sweep.tries();
        return new Item(
                place.item().isEmpty() ? null : place.item(),
                going || swept ? ItemStatus.PENDING : ItemStatus.FAILED,
                place.at(),
                going && failure.again() != null ? failure.again() : row.run(),
                failure.tries(),
                failure.shape(),
                failure.code(),
                failure.message(),
                place.id(),
                mends && !going);
    }
}
