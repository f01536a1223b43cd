package io.patchbay.script.language;

import java.util.regex.Pattern;

/**
 * How many ways lead through a regular expression without a character that is read. The JDK tries them one after the other in one
 * call that looks at no character, so that nobody can stop it: {@code (a*|b*)} 40 times at the end of a text takes days. Own code: the
 * JDK tells nothing of what it makes of an expression. What it counts is never less than what the JDK tries, but for a constant.
 */
final class Branches {

    /** More are refused. */
    static final long MOST = 10_000;

    private final String text;
    private int at;
    /** Whether blanks and what stands behind # are no part of the expression. */
    private boolean comments;

    private Branches(String text, boolean comments) {
        this.text = text;
        this.comments = comments;
    }

    /**
     * A part of an expression.
     *
     * @param ways that lead through it
     * @param empty whether it may read nothing
     */
    private record Part(long ways, boolean empty) {
        static final Part READS = new Part(1, false);
        static final Part NOTHING = new Part(1, true);

        Part then(Part next) {
            return new Part(Math.min(MOST + 1, ways * next.ways), empty && next.empty);
        }

        /** Any number of it, or none. */
        Part repeated(boolean orNone) {
            return new Part(empty ? ways + 2 : ways, empty || orNone);
        }
    }

    /** Whether it has more ways than are tried. */
    static boolean tooMany(String expression, int flags) {
        if ((flags & Pattern.LITERAL) != 0) {
            return false;
        }
        Branches branches = new Branches(expression, (flags & Pattern.COMMENTS) != 0);
        Part all = Part.NOTHING;
        while (branches.at < expression.length()) {
            all = all.then(branches.alternatives());
            branches.at++; // a bracket that closes nothing
        }
        return all.ways() > MOST;
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private Part alternatives() {
        long reading = 1;
        long idle = 0;
        int count = 0;
        boolean more = true;
        while (more) {
            Part one = sequence();
            count++;
            if (one.empty()) {
                idle += one.ways();
            } else {
                reading = Math.max(reading, one.ways());
            }
            more = is('|');
            at += more ? 1 : 0;
        }
        long ways = count > 1 && idle > 0 ? idle + 1 : idle;
        return new Part(Math.min(MOST + 1, Math.max(reading, ways)), idle > 0);
    }

    private Part sequence() {
        Part all = Part.NOTHING;
        pass();
        while (at < text.length() && !is('|') && !is(')')) {
            all = all.then(repeated(one()));
            pass();
        }
        return all;
    }

    /** Passes by what is no part of the expression. */
    private void pass() {
        while (comments && at < text.length() && (Character.isWhitespace(text.charAt(at)) || is('#'))) {
            boolean comment = is('#');
            at++;
            while (comment && at < text.length() && !is('\n') && !is('\r')) {
                at++;
            }
        }
    }

    private Part repeated(Part one) {
        Part all = one;
        pass();
        while (is('*') || is('+') || is('?') || bounds()) {
            boolean orNone = is('*') || is('?') || text.startsWith("{0", at);
            at = is('{') ? text.indexOf('}', at) + 1 : at + 1;
            if (is('?') || is('+')) {
                at++;
            }
            all = all.repeated(orNone);
            pass();
        }
        return all;
    }

    private boolean bounds() {
        return is('{') && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)) && text.indexOf('}', at) > 0;
    }

    private Part one() {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> set();
            case '\\' -> escaped();
            case '^', '$' -> Part.NOTHING;
            default -> Part.READS;
        };
    }

    private Part group() {
        boolean before = comments;
        boolean looks = false;
        if (is('?')) {
            at++;
            looks = is('=') || is('!') || text.startsWith("<=", at) || text.startsWith("<!", at);
            int end = at;
            while (end < text.length() && ":)>=!".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String said = text.substring(at, end);
            int off = said.indexOf('-');
            comments = said.startsWith("<")
                    ? comments
                    : (comments || (said.indexOf('x') >= 0 && (off < 0 || said.indexOf('x') < off)))
                            && !(off >= 0 && said.indexOf('x', off) >= 0);
            at = Math.min(text.length(), end + 1);
            if (end < text.length() && text.charAt(end) == ')') {
                return Part.NOTHING; // from here on, to the end of the group around it
            }
        }
        Part inside = alternatives();
        at += is(')') ? 1 : 0;
        comments = before;
        return looks ? new Part(inside.ways(), true) : inside;
    }

    private Part set() {
        at += is('^') ? 1 : 0;
        at += is(']') ? 1 : 0;
        int depth = 1;
        while (at < text.length() && depth > 0) {
            char c = text.charAt(at++);
            at += c == '\\' ? 1 : 0;
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        }
        return Part.READS;
    }

    private Part escaped() {
        if (at >= text.length()) {
            return Part.READS;
        }
        char c = text.charAt(at++);
        if (c == 'Q') {
            int end = text.indexOf("\\E", at);
            boolean nothing = end == at;
            at = end < 0 ? text.length() : end + 2;
            return nothing ? Part.NOTHING : Part.READS;
        }
        return "bBAGzZk123456789".indexOf(c) >= 0 ? Part.NOTHING : Part.READS;
    }
}
