package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.CursorKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a list that grows is read on from where the runs before came. */
@Doc("How a list that grows is read on from where the runs before came; there is one cursor for each flow, instance and"
        + " endpoint")
public record IncrementalConfig(
        @Doc("Where a record has what the list grows by, like updated_at; with $. where the answer has it, like"
                + " $.nextSyncToken")
        String cursorField,

        @Doc("What the cursor is made of") @Default("datetime")
        CursorKind type,

        @Doc("How the system writes times: iso8601, epochS, epochMs, or a pattern like yyyy-MM-dd HH:mm:ss")
        @Default("iso8601")
        String format,

        @Doc("How times are written in a request, where that is another way than in records, like 'on' dd/MM/yyyy")
        @Nullable
        String boundFormat,

        @Doc("Time zone of times that name none, like Europe/London") @Default("UTC")
        String zone,

        @Doc("Where the cursor goes in a request; needed unless serverSide is false") @Nullable
        InjectConfig lower,

        @Doc("Where the end of the window goes; without step that is when the run was queued") @Nullable
        InjectConfig upper,

        @Doc("Where the first run begins: so long ago, like 30d, a time like '2026-01-01T00:00:00Z', or a number;"
                + " by default it sends no lower bound")
        @Nullable
        String start,

        @Doc("Length of a window; one is read after the other") @Nullable
        Duration step,

        @Doc(
                "Smallest difference between two times; a window ends this much before the next one begins, for systems that"
                        + " count the upper bound in")
        @Nullable
        Duration granularity,

        @Doc("Each run begins this much before the cursor, for records that come late; they come again") @Nullable
        Duration lookback,

        @Doc(
                "Order of the records by cursorField. A list that comes newest first ends at the first page that is older than the"
                        + " cursor (serverSide: false). One that comes oldest first need not be read again from its beginning when a run"
                        + " breaks off")
        @Default("unknown")
        Order order,

        @Doc(
                "Whether the system leaves out what is older than the cursor; if not, the whole list is asked for and older records"
                        + " are left out here")
        @Default("true")
        boolean serverSide,

        @Doc(
                "How long the system tells of changes; a cursor that is older fails the pull, because what came between is not told"
                        + " any more")
        @Nullable
        Duration retention,

        @Doc("When the cursor moves") @Default("afterDelivery")
        Commit commit) {

    /** The same with another lookback and step; null leaves what it is. */
    public IncrementalConfig with(@Nullable Duration otherLookback, @Nullable Duration otherStep) {
        return new IncrementalConfig(
                cursorField,
                type,
                format,
                boundFormat,
                zone,
                lower,
                upper,
                start,
                otherStep == null ? step : otherStep,
                granularity,
                otherLookback == null ? lookback : otherLookback,
                order,
                serverSide,
                retention,
                commit);
    }

    /** Orders of a list. */
    public enum Order {
        /** Oldest first. */
        ASC,
        /** Newest first. */
        DESC,
        /** None that is known. */
        UNKNOWN
    }

    /** When the cursor moves. */
    public enum Commit {
        /** With the end of a run that delivered all, or kept what failed. */
        AFTER_DELIVERY
    }
}
