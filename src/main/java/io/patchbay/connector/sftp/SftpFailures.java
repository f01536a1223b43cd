package io.patchbay.connector.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.SftpException;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what the SFTP client throws into a sentence and a verdict on whether another try may do. */
final class SftpFailures {

    private final String shown;

    SftpFailures(String shown) {
        this.shown = shown;
    }

    StepException of(String what, Throwable thrown, boolean cancelled) {
        StepException step = find(thrown, StepException.class);
        if (step != null) {
            return step;
        }
        if (cancelled) {
            return new StepException(Owner.LIMIT, "CANCELLED", "cannot " + what + ": it was given up", thrown);
        }
        SftpException sftp = find(thrown, SftpException.class);
        if (sftp != null && sftp.getCause() == null) {
            return answered(what, sftp);
        }
        JSchException ssh = find(thrown, JSchException.class);
        return ssh != null ? session(what, ssh) : retry(what, thrown, "IO");
    }

    private StepException answered(String what, SftpException thrown) {
        if (thrown.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
            return fail("FILE_NOT_FOUND", "cannot " + what + ": there is no such file or folder at " + shown);
        }
        if (thrown.id == ChannelSftp.SSH_FX_PERMISSION_DENIED) {
            return fail("FILE_DENIED", "cannot " + what + " at " + shown + ": no permission");
        }
        return retry(what, thrown, "FILE_FAILED");
    }

    private StepException session(String what, JSchException thrown) {
        if (thrown instanceof JSchChangedHostKeyException) {
            return fail(
                    "HOST_KEY_CHANGED",
                    "the host key of " + shown + " is not the one in knownHosts: somebody may stand in between; if the"
                            + " server was set up anew, put its new key there");
        }
        if (thrown instanceof JSchHostKeyException || message(thrown).contains("reject hostkey")) {
            return fail("HOST_KEY_UNKNOWN", "the host key of " + shown + " is not in knownHosts");
        }
        if (message(thrown).contains("auth") || message(thrown).contains("privatekey")) {
            return fail("AUTH_FAILED", shown + " does not accept user and password or key of the instance");
        }
        return retry(what, thrown, "CONNECT_FAILED");
    }

    private static String message(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static StepException fail(String code, String what) {
        return new StepException(Owner.REMOTE, code, what);
    }

    private StepException retry(String what, Throwable thrown, String code) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new StepException(
                Owner.REMOTE, code, "cannot " + what + " at " + shown + ": " + reason, thrown, true, null);
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
