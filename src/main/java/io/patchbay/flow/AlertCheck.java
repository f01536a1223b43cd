package io.patchbay.flow;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.notification.Mail;
import io.patchbay.notification.Notifier;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks up what the alerts of a flow name. Where the runtime is not there to ask, its groups are not known. */
final class AlertCheck {

    private AlertCheck() {}

    static void check(Flow flow, MapNode canvas, Surroundings around, Problems problems) {
        if (!(in(canvas, "settings", "alerts") instanceof MapNode at)) {
            return;
        }
        for (int i = 0; i < flow.settings().alerts().to().size(); i++) {
            receiver(flow.settings().alerts().to().get(i), item(at, i), around, problems);
        }
        AlertSettings.Volume volume = flow.settings().alerts().volume();
        Set<String> shapes = flow.allSteps().map(Step::id).collect(Collectors.toSet());
        if (volume != null && !shapes.contains(volume.shape())) {
            problems.error(
                    Objects.requireNonNull(in(at, "volume", "shape")).at(),
                    "UNKNOWN_SHAPE",
                    "the flow has no shape '" + volume.shape() + "'",
                    DidYouMean.hint(volume.shape(), shapes));
        }
    }

    private static @Nullable Node in(MapNode map, String key, String inner) {
        return map.get(key) instanceof MapNode found ? found.get(inner) : null;
    }

    private static Location item(MapNode alerts, int index) {
        Node to = Objects.requireNonNull(alerts.get("to"));
        return to instanceof ListNode list ? list.items().get(index).at() : to.at();
    }

    private static void receiver(String receiver, Location at, Surroundings around, Problems problems) {
        if (receiver.contains("@")) {
            if (!Mail.isAddress(receiver)) {
                problems.error(
                        at, "BAD_VALUE", "'" + receiver + "' is not a mail address", "write it as name@example.org");
            } else if (around.services().get(Notifier.class) instanceof Notifier notifier && !notifier.mails()) {
                problems.warning(
                        at,
                        "NO_MAIL_SERVER",
                        "no mail server is set, so '" + receiver + "' is told nothing",
                        "set patchbay.mail.host and patchbay.mail.from");
            }
        } else if (around.services().get(Notifier.class) instanceof Notifier notifier
                && !notifier.groups().contains(receiver)) {
            problems.error(
                    at,
                    "UNKNOWN_GROUP",
                    "there is no notification group '" + receiver + "'",
                    DidYouMean.hint(receiver, notifier.groups()));
        }
    }
}
