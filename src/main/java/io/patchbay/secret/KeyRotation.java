package io.patchbay.secret;

import io.patchbay.secret.Sealed.Renewed;
import java.util.List;

/** Changes the key that seals, and seals anew what is kept, so that older keys are needed by nothing any more. */
public final class KeyRotation {

    private final Seal seal;
    private final List<Sealed> tables;

    /** @param tables all that is sealed */
    public KeyRotation(Seal seal, List<Sealed> tables) {
        this.seal = seal;
        this.tables = List.copyOf(tables);
    }

    /**
     * What came of it.
     *
     * @param made whether a new key was made; keys in {@code PATCHBAY_KEY} are made by whoever gives them
     * @param newest id of the key that seals
     * @param known ids of all keys that open, the newest first
     * @param renewed how many texts were sealed again
     * @param closed how many could not be opened, and stay as they are
     */
    public record Rotated(boolean made, String newest, List<String> known, int renewed, int closed) {
        public Rotated {
            known = List.copyOf(known);
        }
    }

    /**
     * Makes a new key where the program keeps them itself, and seals everything with the newest. Older keys go when nothing needs
     * them; one stays for a process that is behind and for the last backup. May be called again after a crash.
     */
    public synchronized Rotated rotate() {
        boolean made = seal.renew();
        Renewed all = new Renewed(0, 0);
        for (Sealed table : tables) {
            all = all.plus(table.renew(seal));
        }
        if (all.closed() == 0) {
            seal.forgetOld();
        }
        return new Rotated(made, seal.newest(), seal.known(), all.renewed(), all.closed());
    }
}
