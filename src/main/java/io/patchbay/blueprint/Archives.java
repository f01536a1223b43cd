package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Archives of blueprints that were opened, in folders of this process, which go when it is closed. */
public final class Archives implements AutoCloseable {

    private static final String KEYS = "blueprints/keys";

    private final List<String> named;
    private final Path own;
    private final boolean unsigned;
    private final Map<Path, Provenance> folders = new LinkedHashMap<>();

    /**
     * Archives that are trusted when one of these keys signed them: those of {@code blueprints/keys} and those that are named.
     *
     * @param home root of the home folder
     * @param named files of public keys, or keys as text
     * @param unsigned whether one without a signature may be opened, too; one with a wrong signature never is
     */
    public Archives(Path home, List<String> named, boolean unsigned) {
        this.unsigned = unsigned;
        this.named = List.copyOf(named);
        this.own = home.resolve(KEYS);
    }

    /** Read when an archive is opened, so that a broken one is in the way of nothing else. */
    private List<Minisign.Key> keys() throws IOException {
        List<Minisign.Key> keys = new ArrayList<>();
        if (Files.isDirectory(own)) {
            try (Stream<Path> all = Files.list(own)) {
                for (Path file : all.filter(one -> one.toString().endsWith(".pub"))
                        .sorted()
                        .toList()) {
                    keys.add(Minisign.Key.read(file));
                }
            }
        }
        for (String key : named) {
            Optional<Minisign.Key> written = Minisign.Key.parse(key);
            if (written.isEmpty() && !isFile(key)) {
                throw new BlueprintException(
                        "'" + key + "' is no public key of minisign (one begins with RWQ, and has 56"
                                + " characters), nor a file that has one");
            }
            keys.add(written.isPresent() ? written.get() : Minisign.Key.read(Path.of(key)));
        }
        return keys;
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * An archive that was opened.
     *
     * @param folder that has its {@code blueprints/} and {@code connectors/}
     * @param signer id of the key that signed it; null for one without a signature
     */
    public record Opened(Path folder, @Nullable String signer) {}

    /** Verifies and opens one. @throws BlueprintException when it is not to be trusted, or is none */
    public Opened open(Path archive) throws IOException {
        try {
            return opened(archive);
        } catch (BlueprintException e) {
            throw new BlueprintException(archive.getFileName() + " is not taken: " + e.getMessage());
        }
    }

    private Opened opened(Path archive) throws IOException {
        byte[] content = Archive.read(archive);
        Path signature = archive.resolveSibling(archive.getFileName() + ".minisig");
        String signer = null;
        if (Files.isRegularFile(signature)) {
            if (Files.size(signature) > 4_096) {
                throw new BlueprintException("its signature is none of minisign");
            }
            signer = Minisign.verified(content, Files.readString(signature), keys())
                    .id();
        } else if (!unsigned) {
            throw new BlueprintException("there is no signature " + signature.getFileName()
                    + " beside it; --unsigned takes it without, which trusts whoever could change it on its way");
        }
        return new Opened(
                extracted(content, Provenance.archive(String.valueOf(archive.getFileName()), signer)), signer);
    }

    /**
     * Id of the key that signed something; null for one without a signature, where those are taken.
     *
     * @param signature empty for none
     * @param only the one key that may have signed it; null for all that are trusted
     */
    @Nullable
    String signer(byte[] content, String signature, @Nullable String only) throws IOException {
        if (signature.isEmpty()) {
            if (!unsigned || only != null) {
                throw new BlueprintException("it has no signature beside it (.minisig)"
                        + (only == null ? "; --unsigned takes it without" : ""));
            }
            return null;
        }
        List<Minisign.Key> trusted =
                only == null ? keys() : Minisign.Key.parse(only).stream().toList();
        return Minisign.verified(content, signature, trusted).id();
    }

    /**
     * Takes apart what was verified.
     *
     * @param origin where it came from, and who signed it
     */
    Path extracted(byte[] content, Provenance origin) throws IOException {
        Path folder =
                Files.createTempDirectory("patchbay-archive-").toAbsolutePath().normalize();
        folders.put(folder, origin);
        Archive.extract(content, folder);
        return folder;
    }

    /** Where what was opened came from, by the folders that have it. */
    public Map<Path, Provenance> origins() {
        return Map.copyOf(folders);
    }

    @Override
    public void close() throws IOException {
        for (Path folder : folders.keySet()) {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
