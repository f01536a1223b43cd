package io.patchbay.connector.ftp;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.apache.commons.net.ftp.FTPClient;
import org.jspecify.annotations.Nullable;

/**
 * Turns answers of an FTP server (RFC 959 section 4.2) and what the client throws into a sentence and a verdict on whether another
 * try may do: 4yz may, 5yz may not.
 */
final class FtpFailures {

    private static final int LONGEST = 200;

    private final String address;

    FtpFailures(String address) {
        this.address = address;
    }

    /** Throws when the server did not agree. */
    void check(String what, FTPClient client, boolean agreed) throws StepException {
        if (!agreed) {
            throw answered(what, client);
        }
    }

    StepException login(FTPClient client) {
        int code = client.getReplyCode();
        if (code == 530 || code == 430 || code == 331 || code == 332) {
            return new StepException(
                    Owner.REMOTE,
                    "AUTH_FAILED",
                    address + " does not accept user and password of the instance: it answers " + reply(client));
        }
        return answered("log in", client);
    }

    /** What the last reply of the server means. */
    StepException answered(String what, FTPClient client) {
        int code = client.getReplyCode();
        String sentence = "cannot " + what + " at " + address + ": the server answers " + reply(client);
        if (code == 530) {
            return new StepException(Owner.REMOTE, "AUTH_FAILED", sentence);
        }
        if (code == 421) {
            return new StepException(Owner.REMOTE, "NO_CONNECTION", sentence, null, true, null);
        }
        if (code == 553) {
            return new StepException(Owner.REMOTE, "FILE_DENIED", sentence);
        }
        boolean later = code < 500;
        return new StepException(Owner.REMOTE, "FILE_FAILED", sentence, null, later, null);
    }

    StepException missing(String what) {
        return new StepException(
                Owner.REMOTE, "FILE_NOT_FOUND", "cannot " + what + ": there is no such file or folder at " + address);
    }

    StepException denied(String what) {
        return new StepException(Owner.REMOTE, "FILE_DENIED", "cannot " + what + " at " + address + ": no permission");
    }

    StepException of(String what, Throwable thrown, boolean cancelled) {
        StepException step = find(thrown, StepException.class);
        if (step != null) {
            return step;
        }
        if (cancelled) {
            return new StepException(Owner.LIMIT, "CANCELLED", "cannot " + what + ": it was given up", thrown);
        }
        if (find(thrown, SSLException.class) != null) {
            return new StepException(
                    Owner.REMOTE,
                    "TLS_FAILED",
                    "no secure connection to " + address + ": " + reason(thrown)
                            + "; a certificate that is not publicly signed goes into requester.ftp.ca",
                    thrown);
        }
        boolean connecting = what.equals("log in") && find(thrown, IOException.class) != null;
        return new StepException(
                Owner.REMOTE,
                connecting ? "CONNECT_FAILED" : "IO",
                "cannot " + what + " at " + address + ": " + reason(thrown),
                thrown,
                true,
                null);
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        return shown(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
    }

    private static String reply(FTPClient client) {
        String text = client.getReplyString();
        return "'" + shown(text == null ? "" : text.strip()) + "'";
    }

    /** A text of the other side as it can be shown. */
    static String shown(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}+", " ");
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < 10; depth++) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
            one = one.getCause();
        }
        return null;
    }
}
