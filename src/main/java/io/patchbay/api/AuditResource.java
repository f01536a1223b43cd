package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.audit.AuditEntry;
import io.patchbay.ops.audit.AuditEntry.Outcome;
import io.patchbay.ops.audit.AuditLog;
import io.patchbay.ops.audit.AuditQuery;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log. It can be read; nothing here writes it. */
@RestController
@RequestMapping("/api/v1/audit")
@Doc("Audit log: who changed, ran, replayed or read what, and who was not let")
final class AuditResource {

    private final AuditLog log;

    AuditResource(AuditLog log) {
        this.log = log;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.AUDIT)
    @Doc("Entries, newest first")
    @Answers
    Page<AuditView> list(
            @RequestParam(required = false) @Doc("Only of this actor") @Nullable String actor,
            @RequestParam(required = false) @Doc("Only this operation") @Nullable String action,
            @RequestParam(required = false) @Doc("Only what is about something that begins so") @Nullable
                    String subject,
            @RequestParam(required = false) @Doc("Only these: done, failed, denied or allowed") @Nullable
                    String outcome,
            @RequestParam(required = false) @Doc("From this instant on") @Nullable Instant since,
            @RequestParam(required = false) @Doc("Before this instant") @Nullable Instant until,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        int most = Page.limit(limit);
        List<AuditEntry> found =
                log.list(query(actor, action, subject, outcome, since, until), Page.behind(after), most + 1);
        List<AuditView> part = found.stream().limit(most).map(AuditView::of).toList();
        return found.size() <= most
                ? Page.all(part)
                : new Page<>(part, part.get(part.size() - 1).id());
    }

    @GetMapping("/export")
    @Needs(Permission.AUDIT)
    @Doc("All of them as a file, newest first: a JSON object a line, or comma separated values")
    @Answers
    ResponseEntity<Resource> export(
            @RequestParam(defaultValue = "ndjson") @Doc("ndjson or csv") String format,
            @RequestParam(required = false) @Doc("Only of this actor") @Nullable String actor,
            @RequestParam(required = false) @Doc("Only this operation") @Nullable String action,
            @RequestParam(required = false) @Doc("Only what is about something that begins so") @Nullable
                    String subject,
            @RequestParam(required = false) @Doc("Only these: done, failed, denied or allowed") @Nullable
                    String outcome,
            @RequestParam(required = false) @Doc("From this instant on") @Nullable Instant since,
            @RequestParam(required = false) @Doc("Before this instant") @Nullable Instant until) {
        AuditExport.Form form = Objects.requireNonNull(Refusal.constant(AuditExport.Form.class, "format", format));
        AuditQuery which = query(actor, action, subject, outcome, since, until);
        boolean csv = form == AuditExport.Form.CSV;
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"audit." + (csv ? "csv" : "ndjson") + "\"")
                .contentType(MediaType.parseMediaType(csv ? "text/csv;charset=UTF-8" : "application/x-ndjson"))
                .body(new InputStreamResource(AuditExport.of(log, which, form)));
    }

    private static AuditQuery query(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String subject,
            @Nullable String outcome,
            @Nullable Instant since,
            @Nullable Instant until) {
        return new AuditQuery(
                actor, action, subject, Refusal.constant(Outcome.class, "outcome", outcome), since, until);
    }
}
