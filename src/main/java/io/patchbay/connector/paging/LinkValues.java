package io.patchbay.connector.paging;

import io.patchbay.connector.WebAddress;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Link headers (RFC 8288, appendix B) in one walk, however long they are: the client bounds a line. Java's own {@code
 * HttpHeaders} and the client's parser of header elements both split at commas, which addresses hold.
 */
final class LinkValues {

    /** A parameter; possessive, so that a long header takes neither time nor depth. */
    private static final Pattern PARAMETER = Pattern.compile("\\s*+;[\\s;]*+([^\\s=,;\"<]++)\\s*+"
            + "(?:=\\s*+(?:\"((?:[^\"\\\\]++|\\\\.)*+)(?:\"|$)|([^\\s,;\"]*+)))?+");

    private LinkValues() {}

    /**
     * The target of relation next.
     *
     * @return null when no header has such a link
     * @throws StepException when a header cannot be read: there may have been such a link
     */
    static @Nullable String next(List<String> headers) throws StepException {
        for (String header : headers) {
            String next = next(header);
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    private static @Nullable String next(String header) throws StepException {
        Matcher parameter = PARAMETER.matcher(header);
        int at = header.indexOf('<');
        while (at >= 0) {
            int end = header.indexOf('>', at);
            if (end < 0) {
                throw new StepException(
                        Owner.REMOTE,
                        "BAD_LINK",
                        "header Link ends within an address, so that the next page is not known");
            }
            String relations = null;
            int behind = end + 1;
            while (parameter.region(behind, header.length()).lookingAt()) {
                behind = parameter.end();
                if (relations == null
                        && parameter.group(1).equalsIgnoreCase("rel")) { // the first one counts: section 3.3
                    relations = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
                }
            }
            if (relations != null && isNext(relations)) {
                return header.substring(at + 1, end);
            }
            at = header.indexOf('<', behind);
        }
        return null;
    }

    private static boolean isNext(String relations) {
        return Arrays.asList(relations.toLowerCase(Locale.ROOT).split("\\s+", -1))
                .contains("next");
    }

    /** A target as text. @throws StepException when it holds what no address may */
    static String address(String target) throws StepException {
        try {
            return WebAddress.encodedOctets(target);
        } catch (URISyntaxException e) {
            throw new StepException(Owner.REMOTE, "BAD_LINK", "the link to the next page is not a URL", e);
        }
    }
}
