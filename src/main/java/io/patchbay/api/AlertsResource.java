package io.patchbay.api;

import io.patchbay.alert.Alert;
import io.patchbay.alert.AlertKind;
import io.patchbay.alert.Alerts;
import io.patchbay.alert.Mutes;
import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.run.RunHistory.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts: what people were told, and what could not be sent. */
@RestController
@RequestMapping("/api/v1/alerts")
@Doc("Alerts: what people were told, and what could not be sent")
final class AlertsResource {

    private final Alerts alerts;
    private final Mutes mutes;

    AlertsResource(Alerts alerts, Mutes mutes) {
        this.alerts = alerts;
        this.mutes = mutes;
    }

    @Needs(Permission.VIEW)
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc("Alerts that are open, and those of the last weeks, newest first")
    @Answers
    Page<AlertView> list(
            @RequestParam(required = false)
                    @Doc(
                            "Only of this kind: failed_runs, no_success, error_rate, volume, unusual_volume, missed_schedule, sign_in, unreachable, certificate, server_certificate, refresh_token, access_key, queue_age, disk or muted")
                    @Nullable
                    String kind,
            @RequestParam(required = false) @Doc("Only of this flow or instance") @Nullable String subject,
            @RequestParam(required = false)
                    @Doc("true: only those that are open; false: only those that are over")
                    @Nullable
                    Boolean open,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        Slice<Alert> part = alerts.list(new Alerts.Query(
                Refusal.constant(AlertKind.class, "kind", kind), subject, open, Page.behind(after), Page.limit(limit)));
        List<Alert.Message> messages =
                alerts.messages(part.data().stream().map(Alert::id).toList());
        List<Mutes.Mute> muted = mutes.current();
        return new Page<>(
                part.data().stream()
                        .map(alert -> AlertView.of(alert, messages, muted))
                        .toList(),
                part.next());
    }
}
