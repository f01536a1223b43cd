package io.patchbay.shape.notify;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.payload.LogLevel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a notify shape. */
@Doc("Whom to tell what, and how often")
record NotifySettings(
        @Doc("One message for each record, for each payload, or one for all of the run so far") @Default("payload")
        Per per,

        @Doc("Write the text to the run's log, this loud") @Nullable
        LogLevel log,

        @Doc("Tell people: notification groups, each by every way that it has, and mail addresses") @Default("[]")
        List<String> to,

        @Doc("Subject of the mail, or title of the message, one line; the default names the flow") @Nullable
        Template subject,

        @Doc("What to say") Template text) {

    /** How often. */
    enum Per {
        /** For each record. */
        RECORD,
        /** For each payload. */
        PAYLOAD,
        /** Once. */
        RUN
    }

    /** @throws IllegalArgumentException if nobody would be told */
    NotifySettings {
        if (log == null && to.isEmpty()) {
            throw new WrongValueException(
                    "notify needs 'log' or 'to', found neither",
                    "'log: info' writes the text to the run's log, 'to: [ ops ]' tells a notification group");
        }
        if (subject != null && to.isEmpty()) {
            throw new IllegalArgumentException("'subject' needs 'to'");
        }
    }

    Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>(text.reads());
        if (subject != null) {
            reads.addAll(subject.reads());
        }
        return reads;
    }
}
