package io.patchbay.cli;

import java.time.Duration;
import java.util.List;

/**
 * What came of one test, of whatever kind.
 *
 * @param kind what is tested: flow, script, connector
 * @param file where the test stands, as the terminal can open it
 * @param name of the test in its file
 * @param lines why it failed, each with its place; empty when it passed
 * @param took how long it took
 */
record Tested(String kind, String file, String name, List<String> lines, Duration took) {

    Tested {
        lines = List.copyOf(lines);
    }

    boolean passed() {
        return lines.isEmpty();
    }
}
