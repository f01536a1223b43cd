package io.patchbay.shape.wait;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Settings of a wait. */
@Doc("What payloads wait for, or which event is told")
public record WaitSettings(
        @Doc("What they wait for: approval (a person says yes or no) or event (something is told under its key)")
        @Key("for")
        @Nullable
        Awaits awaits,

        @Doc("The key that an event is told under, like paid:${record.id}; of an approval, a key to find it by")
        @Nullable
        Template key,

        @Doc("What people read first, at most 200 characters") @Nullable
        Template title,

        @Doc("What they read then, at most 4000 characters") @Nullable
        Template message,

        @Doc(
                "What goes on: input (the payload) or data (what came with the event or approval; where nothing came, the payload)")
        @Default("input")
        Output output,

        @Doc(
                "Where each record of the payload gets what came with the event or approval: names, like payment or erp.payment")
        @Nullable
        TargetPath into,

        @Doc("How long a payload waits") @Default("7d") Duration expires,

        @Doc("What happens to a payload whose time is over: fail, drop or continue") @Default("fail")
        Otherwise onExpiry,

        @Doc("What happens to a payload that somebody rejects: fail, drop or continue") @Default("fail")
        Otherwise onReject,

        @Doc("In place of 'for': the key under which an event is told; the payload goes on at once") @Nullable
        Template release,

        @Doc("With 'release': what comes with the event, any value; without it, the payload's own content") @Nullable
        TemplateTree data) {

    /** What goes on. */
    public enum Output {
        /** The payload. */
        INPUT,
        /** What came with the event. */
        DATA
    }

    /** What becomes of a payload that is not released. */
    public enum Otherwise {
        /** It fails. */
        FAIL,
        /** It ends. */
        DROP,
        /** It goes on; its metadata says so. */
        CONTINUE
    }

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** @throws IllegalArgumentException if values do not fit together */
    public WaitSettings {
        if ((awaits == null) == (release == null)) {
            throw new WrongValueException(
                    "a wait has either 'for' or 'release', found " + (awaits == null ? "neither" : "both"),
                    "for example for: approval");
        }
        if (awaits == Awaits.EVENT && key == null) {
            throw new WrongValueException(
                    "with for: event there must be a 'key', found none", "for example key: 'paid:${record.id}'");
        }
        if (release != null && Stream.of(key, title, message, into).anyMatch(given -> given != null)) {
            throw new WrongValueException(
                    "'key', 'title', 'message' and 'into' are for payloads that wait, and with 'release' none does",
                    "leave them out; what comes with the event is 'data'");
        }
        if (release == null && data != null) {
            throw new WrongValueException("'data' goes with 'release', and there is none", "leave it out");
        }
        if (output == Output.DATA && into != null) {
            throw new WrongValueException(
                    "with output: data the payload does not go on, so nothing can go 'into' it",
                    "leave one of them out");
        }
        if (expires.compareTo(LEAST) < 0 || expires.compareTo(LONGEST) > 0) {
            throw new WrongValueException(
                    "'expires' must be 1s to 366d, found " + Durations.format(expires), "for example expires: 7d");
        }
    }

    Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>();
        for (Template template : new @Nullable Template[] {key, title, message, release}) {
            if (template != null) {
                reads.addAll(template.reads());
            }
        }
        if (data != null) {
            reads.addAll(data.reads());
        }
        return reads;
    }
}
