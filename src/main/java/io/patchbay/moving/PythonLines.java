package io.patchbay.moving;

import java.util.ArrayList;
import java.util.List;

/** Lines of Python, and which of them begin in the middle of a string: there a space more makes another text. */
final class PythonLines {

    private PythonLines() {}

    /**
     * A line without its end.
     *
     * @param code whether it begins outside of strings
     */
    record Line(String text, boolean code) {}

    static List<Line> of(String written) {
        String code = written.replace("\r\n", "\n").replace('\r', '\n');
        List<Line> lines = new ArrayList<>();
        // The quotes that end the string which is read; empty outside of strings.
        String open = "";
        boolean escaped = false;
        boolean outside = true;
        int begin = 0;
        for (int at = 0; at < code.length(); at++) {
            char one = code.charAt(at);
            if (one == '\n') {
                // Only three quotes or a backslash take a string over the end of its line.
                open = open.length() == 1 && !escaped ? "" : open;
                escaped = false;
                lines.add(new Line(code.substring(begin, at), outside));
                outside = open.isEmpty();
                begin = at + 1;
            } else if (escaped) {
                escaped = false;
            } else if (!open.isEmpty()) {
                escaped = one == '\\';
                if (code.startsWith(open, at)) {
                    at += open.length() - 1;
                    open = "";
                }
            } else if (one == '#') {
                int end = code.indexOf('\n', at);
                at = (end < 0 ? code.length() : end) - 1;
            } else if (one == '"' || one == '\'') {
                String three = String.valueOf(one).repeat(3);
                open = code.startsWith(three, at) ? three : String.valueOf(one);
                at += open.length() - 1;
            }
        }
        lines.add(new Line(code.substring(begin), outside));
        return lines;
    }
}
