package io.patchbay.ops.security;

import java.util.Locale;

/** What a call needs of who makes it. Each handler names one of them with {@link Needs}; {@link Role} says who has which. */
public enum Permission {
    /** See what there is, the console and metrics included; no content of payloads. */
    VIEW("see flows, runs, logs, problems, instances without their settings, metrics and the console"),
    /** Read content of payloads. */
    READ(
            "read content: captured, failed and waiting payloads, entries of caches, keys of pools, rows of lookup tables, what was tracked"),
    /** Set flows going. */
    RUN("start, dry-run, stop and replay runs, resolve failed payloads, let waiting ones go on, try maps"),
    /** Change what runs leave behind and what they wait for. */
    OPERATE(
            "pause and resume; mute alerts; deploy and roll back versions of flows; change cursors, known keys, pools and caches;"
                    + " release, discard and prioritise starts"),
    /** Change and call instances. */
    CONNECT("make, change, delete, connect, check and call instances"),
    /** Write files of the home folder. */
    INSTALL("plan, install, upgrade and remove blueprints, which writes files of the home folder"),
    /** Change one's own password. */
    SELF("change one's own password, and ask oneself for a one-time code"),
    /** Decide about people who may no more than run flows. */
    PEOPLE("make, change and end users; who is no administrator those with the roles user and read-only"),
    /** Decide which programs get in. */
    ADMINISTER("make and end keys of the API and callers of the inbound API, change the key that encrypts"),
    /** Read what everybody did. */
    AUDIT("read and export the audit log");

    private final String meaning;

    Permission(String meaning) {
        this.meaning = meaning;
    }

    /** What it lets do, for people. */
    public String meaning() {
        return meaning;
    }

    /** Its name as documents write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
