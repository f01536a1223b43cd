package io.patchbay.connector.sftp;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an SFTP server is.
 *
 * @param host its name or address
 * @param port its port
 * @param folder below the folder that the login leads to, or absolute when it begins with a slash
 */
record SftpAddress(String host, int port, String folder) {

    private static final Pattern FORM =
            Pattern.compile("sftp://(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?(?:/(.*))?");

    /** Reads {@code sftp://host:22/folder}. */
    static SftpAddress parse(String url) throws StepException {
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches()) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_URL", "baseUrl '" + url + "' is not like sftp://files.example.com:22/folder");
        }
        String folder = matcher.group(3) == null ? "" : matcher.group(3);
        while (folder.length() > 1 && folder.endsWith("/")) {
            folder = folder.substring(0, folder.length() - 1);
        }
        String host = matcher.group(1).replace("[", "").replace("]", "");
        return new SftpAddress(host, matcher.group(2) == null ? 22 : Integer.parseInt(matcher.group(2)), folder);
    }

    /** The whole path of something below the folder. */
    String path(String relative) {
        if (relative.isEmpty()) {
            return folder.isEmpty() ? "." : folder;
        }
        return folder.isEmpty() ? relative : folder.equals("/") ? "/" + relative : folder + "/" + relative;
    }

    String shown() {
        return "sftp://" + host + ":" + port + (folder.isEmpty() ? "" : "/" + folder);
    }
}
