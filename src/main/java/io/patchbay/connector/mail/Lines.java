package io.patchbay.connector.mail;

/** What must not stand in a header: whatever some reader could take for the end of a line. */
final class Lines {

    private Lines() {}

    static boolean broken(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }
}
