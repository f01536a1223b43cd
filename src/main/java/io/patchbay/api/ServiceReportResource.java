package io.patchbay.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.Json;
import io.patchbay.service.report.Item;
import io.patchbay.service.report.ItemStatus;
import io.patchbay.service.report.ReportQuery;
import io.patchbay.service.report.Reported;
import io.patchbay.service.report.Resync;
import io.patchbay.service.report.ServiceReport;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What became of the items of a service: one line for each, and a way to send it again. {@code NAME@ENVIRONMENT} is the same service in an
 * environment, with a report of its own.
 */
@RestController
@RequestMapping("/api/v1/services/{id}")
@Doc("Reports of services: the newest that is known of each item. NAME@ENVIRONMENT is a service in an environment")
final class ServiceReportResource {

    private static final Duration USUAL = Duration.ofDays(5);
    private static final Duration MOST = Duration.ofDays(15);
    private static final int AGAIN = 100;

    private final ServiceLookup services;
    private final ServiceReport report;
    private final Resync resync;
    private final Clock clock;

    ServiceReportResource(ServiceLookup services, ServiceReport report, Resync resync, Clock clock) {
        this.services = services;
        this.report = report;
        this.resync = resync;
        this.clock = clock;
    }

    @GetMapping(path = "/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.READ, flow = FlowIn.PATH)
    @Doc("Items, those first of which something is known newest")
    @Answers(problems = 404)
    Page<ItemView> list(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("Only these: ok, sent, pending or failed") @Nullable String status,
            @RequestParam(required = false) @Doc("Text that the reference or the reason holds") @Nullable String q,
            @RequestParam(required = false) @Doc("Only the item with this reference") @Nullable String reference,
            @RequestParam(required = false)
                    @Doc("From this instant on, at most 15 days back; left out, five days back")
                    @Nullable
                    Instant since,
            @RequestParam(required = false) @Doc("Before this instant") @Nullable Instant until,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        Reported of = services.reported(id);
        ReportQuery which = which(status, q, reference, since, until);
        ServiceReport.Slice part = placed(after, () -> report.read(of, which, after, Page.limit(limit)));
        return new Page<>(part.data().stream().map(ItemView::of).toList(), part.next());
    }

    @GetMapping(path = "/report/export", produces = "text/csv")
    @Needs(value = Permission.READ, flow = FlowIn.PATH)
    @Doc("All of them as comma separated values")
    @Answers(problems = 404)
    ResponseEntity<Resource> export(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("Only these: ok, sent, pending or failed") @Nullable String status,
            @RequestParam(required = false) @Doc("Text that the reference or the reason holds") @Nullable String q,
            @RequestParam(required = false)
                    @Doc("From this instant on, at most 15 days back; left out, five days back")
                    @Nullable
                    Instant since,
            @RequestParam(required = false) @Doc("Before this instant") @Nullable Instant until) {
        Reported of = services.reported(id);
        ReportQuery which = which(status, q, null, since, until);
        InputStream rows = new Rows(report, of, which).stream();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + of.flow() + ".csv\"")
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .body(new InputStreamResource(rows));
    }

    @PostMapping(path = "/resync", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.RUN, flow = FlowIn.PATH)
    @Doc(
            "Sends items again, under the service as it is now, up to 100 with a call: each a replay of its failed payload, on disk when this"
                    + " answers. One of reference, status, q and since is needed. Items that were sent, are sent again already, or whose failure is"
                    + " among the service's finalFailures are refused, and so are references that no item has.")
    @Answers(
            value = 202,
            problems = {404})
    ResponseEntity<ResyncView> resync(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Doc(
                            "Only the item with this reference; several are given one by one, reference=1001&reference=1002")
                    @Nullable
                    String reference,
            @RequestParam(required = false) @Doc("Only these: pending or failed; left out, both") @Nullable
                    String status,
            @RequestParam(required = false) @Doc("Text that the reference or the reason holds") @Nullable String q,
            @RequestParam(required = false)
                    @Doc("From this instant on, at most 15 days back; left out, five days back")
                    @Nullable
                    Instant since,
            @RequestParam(required = false) @Doc("Before this instant") @Nullable Instant until,
            @RequestParam(required = false) @Doc("The 'next' of the call before") @Nullable String after,
            HttpServletRequest request) {
        Reported of = services.reported(id);
        Refusal.empty("reference", reference);
        Refusal.empty("q", q);
        if (reference == null && status == null && q == null && since == null) {
            throw Refusal.badRequest("Say which items: give reference, status, q or since.");
        }
        if (reference != null) {
            return ResponseEntity.accepted().body(named(of, references(request), status, q, since, until));
        }
        ReportQuery which = which(status, q, null, since, until);
        // Of many, those are meant that can be sent again.
        ReportQuery meant = status == null
                ? new ReportQuery(Set.of(ItemStatus.PENDING, ItemStatus.FAILED), q, null, which.since(), which.until())
                : which;
        return ResponseEntity.accepted()
                .body(ResyncView.of(placed(after, () -> resync.again(of, meant, after, AGAIN))));
    }

    /** As they were given: a reference may have a comma, at which Spring would cut it. */
    private static Set<String> references(HttpServletRequest request) {
        Set<String> all = new LinkedHashSet<>(List.of(request.getParameterValues("reference")));
        if (all.size() > AGAIN) {
            throw Refusal.badRequest("A call is for " + AGAIN + " references at most, found " + all.size() + ".");
        }
        return all;
    }

    /** Each that is named is told why it cannot be sent again. */
    private ResyncView named(
            Reported of,
            Set<String> references,
            @Nullable String status,
            @Nullable String q,
            @Nullable Instant since,
            @Nullable Instant until) {
        List<ResyncView.Again> all = new ArrayList<>();
        for (String one : references) {
            List<ResyncView.Again> done = ResyncView.of(
                            resync.again(of, which(status, q, one, since, until), null, AGAIN))
                    .data();
            all.addAll(done.isEmpty() ? List.of(ResyncView.Again.unknown(one)) : done);
        }
        return new ResyncView(all, null);
    }

    private static <T> T placed(@Nullable String after, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.after(after);
        }
    }

    private ReportQuery which(
            @Nullable String status,
            @Nullable String q,
            @Nullable String reference,
            @Nullable Instant since,
            @Nullable Instant until) {
        ItemStatus only = Refusal.constant(ItemStatus.class, "status", status);
        Instant now = clock.instant();
        Instant first = now.minus(MOST);
        Instant from = since == null ? now.minus(USUAL) : since.isBefore(first) ? first : since;
        return new ReportQuery(
                only == null ? Set.of() : Set.of(only),
                q,
                reference,
                from,
                until == null || until.isAfter(now) ? now.plusSeconds(1) : until);
    }

    /** Lines as rows, a part at a time. */
    private static final class Rows extends InPieces {

        private static final List<String> COLUMNS = List.of(
                "reference", "status", "at", "attempts", "run", "shape", "code", "reason", "failedPayload", "resync");

        private final ServiceReport report;
        private final Reported of;
        private final ReportQuery which;
        private boolean begun;
        private @Nullable String after;

        Rows(ServiceReport report, Reported of, ReportQuery which) {
            this.report = report;
            this.of = of;
            this.which = which;
        }

        @Override
        byte[] piece() throws IOException {
            ServiceReport.Slice part = report.read(of, which, after, Page.MOST);
            after = part.next();
            if (after == null) {
                end();
            }
            boolean first = !begun;
            begun = true;
            return CsvBody.rows(COLUMNS, first, part.data(), Rows::row);
        }

        private static ObjectNode row(Item item) {
            return Json.NODES
                    .objectNode()
                    .put("reference", cell(item.reference()))
                    .put("status", item.status().name().toLowerCase(Locale.ROOT))
                    .put("at", item.at().toString())
                    .put("attempts", item.tries())
                    .put("run", item.run())
                    .put("shape", cell(item.shape()))
                    .put("code", cell(item.code()))
                    .put("reason", cell(item.reason()))
                    .put("failedPayload", item.failedPayload())
                    .put("resync", item.resync());
        }

        private static String cell(@Nullable String text) {
            return text == null ? "" : CsvBody.whole(CsvCell.guarded(text));
        }
    }
}
