package io.patchbay.notification;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells groups as the settings say: those of {@code patchbay.notifications}, and of {@code patchbay.mail}, together. */
public final class GroupNotifier implements Notifier {

    private final Map<String, NotificationProperties.GroupProperties> groups;
    private final Mailer mailer;
    private final HookSender hooks;
    private final Allowance allowance;

    /**
     * A group that stands in both settings has the addresses of both.
     *
     * @param clock by which messages of flows are counted
     */
    public GroupNotifier(
            NotificationProperties settings, MailProperties mail, Mailer mailer, HookSender hooks, Clock clock) {
        this.allowance = new Allowance(settings.perHour(), clock);
        Map<String, NotificationProperties.GroupProperties> all = new HashMap<>(settings.groups());
        mail.groups()
                .forEach((name, addresses) -> all.merge(
                        name,
                        new NotificationProperties.GroupProperties(addresses, List.of(), List.of(), List.of()),
                        GroupNotifier::together));
        this.groups = Map.copyOf(all);
        this.mailer = mailer;
        this.hooks = hooks;
    }

    private static NotificationProperties.GroupProperties together(
            NotificationProperties.GroupProperties group, NotificationProperties.GroupProperties more) {
        Set<String> addresses = new LinkedHashSet<>(group.mail());
        addresses.addAll(more.mail());
        return new NotificationProperties.GroupProperties(
                List.copyOf(addresses), group.webhook(), group.slack(), group.teams());
    }

    @Override
    public Set<String> groups() {
        return groups.keySet();
    }

    @Override
    public int places(String group, Channel channel) {
        return addresses(group, channel).size();
    }

    @Override
    public boolean mails() {
        return mailer.ready();
    }

    @Override
    public boolean allows(String flow) {
        return allowance.take(flow);
    }

    @Override
    public List<Target> targets(Collection<String> to) {
        List<Target> targets = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        for (String receiver : to) {
            for (Channel channel : Channel.values()) {
                List<String> addresses = addresses(receiver, channel);
                if (channel == Channel.MAIL) {
                    if (addresses.stream()
                                    .filter(address -> told.add("mail " + address))
                                    .count()
                            > 0) {
                        targets.add(new Target(channel, receiver, 1));
                    }
                    continue;
                }
                for (int i = 0; i < addresses.size(); i++) {
                    if (told.add(channel + " " + addresses.get(i))) {
                        targets.add(new Target(channel, receiver, i + 1));
                    }
                }
            }
        }
        return List.copyOf(targets);
    }

    private List<String> addresses(String receiver, Channel channel) {
        if (receiver.contains("@")) {
            return channel == Channel.MAIL && Mail.isAddress(receiver) ? List.of(receiver) : List.of();
        }
        NotificationProperties.GroupProperties group = groups.get(receiver);
        return group == null ? List.of() : group.of(channel);
    }

    @Override
    public void send(Target target, Notice notice) throws StepException {
        if (target.channel() == Channel.MAIL) {
            mail(List.of(target), notice);
            return;
        }
        List<String> addresses = addresses(target.group(), target.channel());
        if (addresses.size() < target.number()) {
            throw gone(target);
        }
        hooks.post(addresses.get(target.number() - 1), HookPayloads.of(target.channel(), notice), target);
    }

    @Override
    public void mail(List<Target> targets, Notice notice) throws StepException {
        Set<String> addresses = new LinkedHashSet<>();
        for (Target target : targets) {
            List<String> its = addresses(target.group(), Channel.MAIL);
            if (its.isEmpty()) {
                throw gone(target);
            }
            addresses.addAll(its);
        }
        String text = notice.link() == null ? notice.text() : notice.text() + "\n\n" + notice.link();
        mailer.send(new Mail(List.copyOf(addresses), notice.title(), text, notice.id()));
    }

    static StepException gone(Target target) {
        return new StepException(
                Owner.AUTHOR, "NO_TARGET", target + ": it stands in no setting any more, so nothing is sent there");
    }
}
