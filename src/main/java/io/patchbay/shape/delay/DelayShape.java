package io.patchbay.shape.delay;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Instants;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets payloads go on later. */
public final class DelayShape implements ShapeType<DelayShape.DelaySettings> {

    /** Longer ones are shown as more than this. */
    private static final long MOST_DAYS = 100_000;

    private static final ShapeSpec SPEC = new ShapeSpec(
            "delay",
            "Lets each payload go on after a time, or not before an instant.",
            """
            `for` is a time like `30s`, `until` an instant in ISO 8601 (UTC when it has no offset); one that is over is no wait.
            Both may hold placeholders. Each payload waits for itself, and those behind it wait for it: ten payloads with
            `for: 1s` take ten seconds. A wait longer than `most` is a failure, so that a date that was mistyped in the data does not hold a run for years.

            No thread waits. A run that waits 3 seconds or longer gives its place among the runs that go on to another one. The
            run's own `limits: { time }` counts on while it waits.
            """,
            "Nothing. A run that is taken up again after a crash waits the time of `for` anew.",
            """
            flow: patient
            shapes:
              - id: order
                manualPayload: { json: { id: 7, notBefore: "2026-01-01T06:00:00Z" } }
              - id: a-moment
                delay: { for: 10ms }
              - id: not-too-early
                delay: { until: "${record.notBefore}" }
            """);

    /** Settings of a delay. */
    @Doc("How long to wait; either for or until")
    public record DelaySettings(
            @Doc("A time, like 30s") @Key("for") @Nullable Template time,

            @Doc("An instant, like 2026-11-30T06:00:00Z") @Nullable
            Template until,

            @Doc("Longest wait") @Default("1d") Duration most) {

        /** @throws IllegalArgumentException unless there is one of both */
        public DelaySettings {
            if ((time == null) == (until == null)) {
                throw new WrongValueException(
                        "a delay has either 'for' or 'until', found " + (time == null ? "neither" : "both"),
                        "for example for: 30s");
            }
        }

        Template template() {
            return Objects.requireNonNull(time != null ? time : until);
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<DelaySettings> settings() {
        return DelaySettings.class;
    }

    @Override
    public Contract contract(DelaySettings settings, Surroundings around) {
        return Contract.one().reading(References.state(settings.template().reads()));
    }

    @Override
    public Set<Ref> reads(DelaySettings settings) {
        return settings.template().reads();
    }

    /** What holds no placeholder is seen to be right at once. */
    @Override
    public void check(DelaySettings settings, Placed at, Surroundings around, Problems problems) {
        if (!settings.template().constant()) {
            return;
        }
        JsonNode constant = settings.template().constantValue();
        String key = settings.time() != null ? "for" : "until";
        try {
            Duration pause = pause(settings, constant.asText(), around.clock().instant());
            if (settings.time() != null && pause.compareTo(settings.most()) > 0) {
                problems.error(at.at(key), "BAD_VALUE", tooLong(pause, settings.most()), "give a greater 'most'");
            }
        } catch (StepException e) {
            problems.error(at.at(key), "BAD_VALUE", String.valueOf(e.getMessage()), hint(key));
        }
    }

    private static String hint(String key) {
        return key.equals("for") ? "write a time like 30s, 5m or 2h" : "write an instant like 2026-11-30T06:00:00Z";
    }

    @Override
    public boolean keepsRecords(DelaySettings settings) {
        return true;
    }

    @Override
    public Plan plan(DelaySettings settings, Placed at, Surroundings around) {
        Clock clock = around.clock();
        return new Plan.Pausing((payload, attempt) -> pause(settings, payload, attempt, clock));
    }

    private static Duration pause(DelaySettings settings, Payload payload, Attempt attempt, Clock clock)
            throws StepException {
        Template template = settings.template();
        Payload read = References.readsData(template.reads()) ? payload.parsed() : payload;
        Duration pause;
        try {
            pause = pause(settings, template.text(attempt.scope(read, null)), clock.instant());
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        if (pause.compareTo(settings.most()) > 0) {
            throw new StepException(Owner.AUTHOR, "TOO_LONG", tooLong(pause, settings.most()));
        }
        return pause;
    }

    private static Duration pause(DelaySettings settings, String text, Instant now) throws StepException {
        if (settings.time() != null) {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new StepException(Owner.AUTHOR, "BAD_VALUE", String.valueOf(e.getMessage()));
            }
        }
        Instant until = Instants.parse(text);
        if (until == null) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_VALUE", "'" + text + "' is not an instant like 2026-11-30T06:00:00Z");
        }
        return Duration.between(now, until);
    }

    private static String tooLong(Duration pause, Duration most) {
        Duration shown =
                pause.toDays() > MOST_DAYS ? Duration.ofDays(MOST_DAYS) : Duration.ofSeconds(pause.toSeconds());
        return "a wait of " + (shown.toDays() == MOST_DAYS ? "more than " : "") + Durations.format(shown)
                + " is longer than 'most', " + Durations.format(most);
    }
}
