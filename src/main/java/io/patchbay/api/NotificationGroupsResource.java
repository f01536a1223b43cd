package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.notification.Notifier;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Notification groups: seen here, changed in the settings. */
@RestController
@RequestMapping("/api/v1/notification-groups")
@Doc("Notification groups, whom alerts and the shape notify tell; they are changed in the settings of the runtime")
final class NotificationGroupsResource {

    private final Notifier notifier;

    NotificationGroupsResource(Notifier notifier) {
        this.notifier = notifier;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All notification groups, by name")
    @Answers
    Page<NotificationGroupView> list() {
        return new Page<>(
                notifier.groups().stream()
                        .sorted()
                        .map(name -> NotificationGroupView.of(name, notifier))
                        .toList(),
                null);
    }
}
