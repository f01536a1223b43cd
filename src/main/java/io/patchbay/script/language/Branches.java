package io.patchbay.script.language;

import java.util.regex.Matcher;
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
     * Ways that lead through a part of an expression; those before a character that is read have nothing to do with those behind it.
     *
     * @param through that read nothing; 0 where it has to read
     * @param before from its beginning to a first character, or to its end
     * @param behind from a last character, or from its beginning, to its end
     * @param most from any character to the next
     */
    private record Part(long through, long before, long behind, long most) {
        static final Part READS = new Part(0, 1, 1, 1);
        static final Part NOTHING = new Part(1, 1, 1, 1);

        Part {
            through = Math.min(MOST + 1, through);
            before = Math.min(MOST + 1, Math.max(through, before));
            behind = Math.min(MOST + 1, Math.max(through, behind));
            most = Math.min(MOST + 1, Math.max(most, Math.max(before, behind)));
        }

        boolean empty() {
            return through > 0;
        }

        Part then(Part next) {
            return new Part(
                    through * next.through,
                    Math.max(before, through * next.before),
                    Math.max(next.behind, behind * next.through),
                    Math.max(behind * next.before, Math.max(most, next.most)));
        }

        /** Any number of it, or none. */
        Part repeated(boolean orNone) {
            long ways = empty() ? through + 2 : 0;
            return new Part(
                    empty() || !orNone ? ways : 1,
                    before,
                    empty() ? behind * ways : behind,
                    Math.max(most, behind * before));
        }

        /** Of what only looks, one way goes on, wherever it ends. */
        Part looked() {
            return new Part(1, before, 1, most);
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
        return all.most() > MOST;
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private Part alternatives() {
        Part all = sequence();
        long through = all.through();
        boolean several = is('|');
        while (is('|')) {
            at++;
            Part one = sequence();
            through += one.through();
            all = new Part(
                    0,
                    Math.max(all.before(), one.before()),
                    Math.max(all.behind(), one.behind()),
                    Math.max(all.most(), one.most()));
        }
        long ways = several && through > 0 ? through + 1 : through;
        return new Part(ways, all.before(), all.behind(), all.most());
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
        return looks ? inside.looked() : inside;
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
        return switch (c) {
            case 'A', 'B', 'G', 'z', 'Z' -> Part.NOTHING;
            case 'b' -> behind("\\{g\\}", Part.NOTHING);
            case 'k' -> behind("<[^>]*>", Part.NOTHING);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> behind("[0-9]+", Part.NOTHING);
            case 'p', 'P' -> behind("\\{[^}]*\\}|(?s:.)", Part.READS);
            case 'N' -> behind("\\{[^}]*\\}", Part.READS);
            case 'x' -> behind("\\{[^}]*\\}|[0-9a-fA-F]{2}", Part.READS);
            case 'u' -> behind("[0-9a-fA-F]{4}", Part.READS);
            case '0' -> behind("[0-3]?[0-7]{1,2}", Part.READS);
            case 'c' -> behind("(?s:.)", Part.READS);
            default -> Part.READS;
        };
    }

    /** Passes by what belongs to an escape, if it is there. */
    private Part behind(String rest, Part part) {
        Matcher matcher = Pattern.compile(rest).matcher(text).region(at, text.length());
        at = matcher.lookingAt() ? matcher.end() : at;
        return part;
    }
}
