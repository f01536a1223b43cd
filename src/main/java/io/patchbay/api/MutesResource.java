package io.patchbay.api;

import io.patchbay.alert.Mutes;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Flows;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Of what nobody is told for a while: seen, begun and ended. */
@RestController
@RequestMapping("/api/v1/alerts/mutes")
@Doc("Mutes: a flow or a notification group of which, or to which, no message is sent for a while")
final class MutesResource {

    private static final int LONGEST = 500;
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(30);

    private final Mutes mutes;
    private final Flows flows;
    private final Clock clock;

    MutesResource(Mutes mutes, Flows flows, Clock clock) {
        this.mutes = mutes;
        this.flows = flows;
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All that is muted, the next to end first")
    @Answers
    Page<MuteView> list() {
        return new Page<>(mutes.current().stream().map(MuteView::of).toList(), null);
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc("Mutes a flow or a notification group; what is muted already gets the new end and reason")
    @Answers(problems = 404)
    Page<MuteView> mute(
            @RequestParam @Doc("flow or group") String of,
            @RequestParam @Doc("Id of the flow or name of the group") String name,
            @RequestParam(name = "for", required = false)
                    @Doc("For how long, like 2h: 1m to 30d; or give 'until'")
                    @Nullable
                    String time,
            @RequestParam(required = false) @Doc("Until when, like 2026-12-24T18:00:00Z; or give 'for'") @Nullable
                    String until,
            @RequestParam @Doc("Why, for those who miss the messages; at most 500 characters") String reason,
            @AuthenticationPrincipal Actor who) {
        Mutes.Of which = of(of);
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw Refusal.badRequest("reason has 1 to " + LONGEST + " characters.");
        }
        Instant end = endOf(time, until);
        if (which == Mutes.Of.FLOW && flows.flow(name).isEmpty()) {
            throw Refusal.notFound("flow", name);
        }
        if (which == Mutes.Of.GROUP && !mutes.groups().contains(name)) {
            throw Refusal.notFound("notification group", name, mutes.groups());
        }
        mutes.mute(which, name, end, reason, who.name());
        return list();
    }

    @PostMapping(path = "/end", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc("Ends a mute before its time; those who would have been told are told how much was left out")
    @Answers(problems = 404)
    Page<MuteView> end(
            @RequestParam @Doc("flow or group") String of,
            @RequestParam @Doc("Id of the flow or name of the group") String name) {
        Mutes.Of which = of(of);
        if (!mutes.end(which, name)) {
            throw Refusal.notFound(
                    "muted " + which.word(),
                    name,
                    mutes.current().stream()
                            .filter(mute -> mute.of() == which)
                            .map(Mutes.Mute::name)
                            .toList());
        }
        return list();
    }

    private static Mutes.Of of(String of) {
        Mutes.Of which = Refusal.constant(Mutes.Of.class, "of", of);
        if (which == null) {
            throw Refusal.badRequest("of must be flow or group.");
        }
        return which;
    }

    private Instant endOf(@Nullable String time, @Nullable String until) {
        if ((time == null) == (until == null)) {
            throw Refusal.badRequest("Give either 'for', a duration like 2h, or 'until', an instant.");
        }
        Instant now = clock.instant();
        Instant end;
        try {
            end = time == null ? Instant.parse(String.valueOf(until)) : now.plus(Durations.parse(time));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw Refusal.badRequest(Refusal.sentence(String.valueOf(e.getMessage())));
        }
        if (end.isBefore(now.plus(LEAST)) || end.isAfter(now.plus(MOST))) {
            throw Refusal.badRequest("A mute ends in 1m to 30d, and this would end at " + end + ".");
        }
        return end;
    }
}
