package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read or write that the system does as a job of its own: it is created, asked after until it is done, and its result fetched. */
@Doc(
        "A read or write that the system does as a job of its own; create, poll, download and cancel are endpoints of this connector")
public record AsyncJobConfig(
        @Doc("Endpoint that creates the job; it is given this endpoint's inputs of the same names, and the payload")
        String create,

        @Doc("Place of the job's id in the answer of create, like $.data.job.id; others get it as the input job")
        String jobPath,

        @Doc("Endpoint that tells how the job stands") String poll,

        @Doc("Place of the status in the answer of poll") String statusPath,

        @Doc("What each status means; one that stands nowhere counts as running")
        StatusMap statusMap,

        @Doc("Endpoint that fetches the result; by default the answer of poll is the result") @Nullable
        String download,

        @Doc(
                "Place of the result's URL in the answer of poll: the input url of download. A finished job without one has no result")
        @Nullable
        String urlPath,

        @Doc("Endpoint that ends a job whose run was stopped, or that takes too long") @Nullable
        String cancel,

        @Doc("How long to wait before the job is asked after first; each further wait is twice as long") @Default("2s")
        Duration pollAfter,

        @Doc("Longest wait between two questions") @Default("1m")
        Duration pollMax,

        @Doc("Longest time that a job may take") @Default("6h")
        Duration timeout) {

    /** What statuses mean. */
    @Doc("What statuses mean")
    public record StatusMap(
            @Doc("It goes on") @Default("[]") List<String> running,

            @Doc("It is done") List<String> completed,

            @Doc("It failed") @Default("[]") List<String> failed,

            @Doc("The system gave it up because it took too long") @Default("[]")
            List<String> timeout) {}
}
