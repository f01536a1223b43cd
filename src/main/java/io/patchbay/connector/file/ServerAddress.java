package io.patchbay.connector.file;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server with files is.
 *
 * @param scheme how it is talked to
 * @param host its name or address
 * @param port its port
 * @param folder below the folder that the login leads to, or absolute when it begins with a slash
 */
public record ServerAddress(String scheme, String host, int port, String folder) {

    private static final Pattern FORM =
            Pattern.compile("([a-z]+)://(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?(?:/(.*))?");

    /**
     * Reads {@code sftp://host:22/folder}.
     *
     * @param usualPort the port when none is named
     * @throws StepException when the text is no such address
     */
    public static ServerAddress parse(String url, String scheme, int usualPort) throws StepException {
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches() || !matcher.group(1).equals(scheme)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_URL",
                    "baseUrl '" + FileNames.shown(url) + "' is not like " + scheme + "://files.example.com:" + usualPort
                            + "/folder");
        }
        String folder = matcher.group(4) == null ? "" : matcher.group(4);
        while (folder.length() > 1 && folder.endsWith("/")) {
            folder = folder.substring(0, folder.length() - 1);
        }
        String host = matcher.group(2).replace("[", "").replace("]", "");
        int port = matcher.group(3) == null ? usualPort : Integer.parseInt(matcher.group(3));
        return new ServerAddress(scheme, host, port, folder);
    }

    /** The whole path of something below the folder. */
    public String path(String relative) {
        if (relative.isEmpty()) {
            return folder.isEmpty() ? "." : folder;
        }
        return folder.isEmpty() ? relative : folder.equals("/") ? "/" + relative : folder + "/" + relative;
    }

    /** How people write it. */
    public String shown() {
        return scheme + "://" + host + ":" + port + (folder.isEmpty() ? "" : "/" + folder);
    }
}
