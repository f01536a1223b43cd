package io.patchbay.secret;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes known secrets out of what the process prints while it is open. Our own lines are clean before they are logged; a
 * library's are not, and some repeat what a system answered. The console is where all of them pass, whatever made them; a log
 * file that an operator configures does not pass here.
 */
public final class RedactedOutput implements AutoCloseable {

    private final PrintStream out;
    private final PrintStream err;
    private final PrintStream redactedOut;
    private final PrintStream redactedErr;

    /** Puts itself in the place of {@link System#out} and {@link System#err}. */
    public RedactedOutput(Redactor redactor) {
        this.out = System.out;
        this.err = System.err;
        this.redactedOut = over(out, redactor);
        this.redactedErr = over(err, redactor);
        System.setOut(redactedOut);
        System.setErr(redactedErr);
    }

    private static PrintStream over(PrintStream stream, Redactor redactor) {
        return new PrintStream(new Stream(stream, redactor), true, StandardCharsets.UTF_8);
    }

    /** Puts back what was there, unless somebody else took the place meanwhile. */
    @Override
    @SuppressWarnings("ReferenceEquality") // these very streams
    public void close() {
        redactedOut.flush();
        redactedErr.flush();
        if (System.out == redactedOut) {
            System.setOut(out);
        }
        if (System.err == redactedErr) {
            System.setErr(err);
        }
    }

    /** A line of a log comes in one piece; what comes byte by byte passes as it is. */
    private static final class Stream extends FilterOutputStream {
        private final Redactor redactor;

        Stream(OutputStream out, Redactor redactor) {
            super(out);
            this.redactor = redactor;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            String text = new String(bytes, from, length, StandardCharsets.UTF_8);
            String clean = redactor.redact(text);
            if (clean.equals(text)) {
                out.write(bytes, from, length);
            } else {
                out.write(clean.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
