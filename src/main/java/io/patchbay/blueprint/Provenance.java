package io.patchbay.blueprint;

import io.patchbay.canvas.Doc;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a blueprint came from, and who vouched for it: that of an install is kept, so that an upgrade is looked for in the same place and comes
 * from the same hands. Addresses of catalogues have neither user nor query, so nothing secret is in it.
 *
 * @param catalogue its name; null for what came otherwise
 * @param at address of the catalogue's file, or its folder
 * @param archive name of the file; null for what came otherwise
 * @param folder the folder, a dot for the home; null for what came otherwise
 * @param signer id of the key that signed the archive or the catalogue; null where nobody did
 */
@Doc("Where it came from, and who signed it")
public record Provenance(
        @Doc("Name of the catalogue") @Nullable String catalogue,

        @Doc("Address or folder of the catalogue") @Nullable String at,

        @Doc("Name of the archive") @Nullable String archive,

        @Doc("The folder; a dot for the home folder") @Nullable
        String folder,

        @Doc("Id of the key that signed it; without it nobody did") @Nullable
        String signer) {

    /** In place of the id of a key. */
    public static final String NOBODY = "nobody";

    private static final String HOME = ".";

    /** One of a catalogue. */
    static Provenance catalogue(String name, String at, @Nullable String signer) {
        return new Provenance(name, at, null, null, signer);
    }

    /** One of an archive that somebody named. */
    static Provenance archive(String name, @Nullable String signer) {
        return new Provenance(null, null, name, null, signer);
    }

    /** One of a folder, which nobody signs. */
    static Provenance folder(String folder) {
        return new Provenance(null, null, null, folder, null);
    }

    /** One of the home folder itself. */
    static Provenance home() {
        return folder(HOME);
    }

    /** Id of the key, or {@link #NOBODY}. */
    public String signedBy() {
        return signer == null ? NOBODY : signer;
    }

    /** The place, as people read it. */
    public String place() {
        if (catalogue != null) {
            return "the catalogue '" + catalogue + "'" + (at == null ? "" : " (" + at + ")");
        }
        if (archive != null) {
            return "the archive " + archive;
        }
        return folder == null || folder.equals(HOME) ? "the home folder" : "the folder " + folder;
    }

    /** The place and who signed it, as people read it. */
    public String told() {
        return place() + ", " + (signer == null ? "not signed" : "signed by " + signer);
    }

    /**
     * Why this may not follow on what was installed; empty when it may. Who signed the first one is who signs those that follow it: a key that is
     * trusted is not one that may speak for every other. What nobody signed is followed by anything.
     *
     * @param before of what is installed; null where that is not known
     * @param accepted whom somebody accepts: the id of a key, or {@link #NOBODY}; null for none
     */
    Optional<String> strange(@Nullable Provenance before, @Nullable String accepted) {
        if (accepted != null) {
            return accepted.equalsIgnoreCase(signedBy())
                    ? Optional.empty()
                    : Optional.of("it is to be accepted from '" + accepted + "', and " + place() + " is "
                            + (signer == null ? "not signed: that would be '" + NOBODY + "'" : "signed by " + signer));
        }
        if (before == null || before.signer() == null || Objects.equals(before.signer(), signer)) {
            return Optional.empty();
        }
        return Optional.of("what is installed was signed by " + before.signer() + ", and what comes from " + place()
                + (signer == null ? " is not signed" : " is signed by " + signer)
                + ": somebody else may have made it. If it is meant, accept it with --accept-signer " + signedBy()
                + ", by the API with acceptSigner");
    }
}
