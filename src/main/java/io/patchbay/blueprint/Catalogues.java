package io.patchbay.blueprint;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Catalogues that {@code blueprints/catalogues.yaml} of a home names. Who signed one is verified before it is read, and the digest of an archive
 * before that is; an older one does not take the place of what was fetched before. What was fetched last works without a network.
 */
public final class Catalogues {

    /** In place of an age: what was fetched before is taken, whenever that was, and no server is asked. */
    public static final Duration OFFLINE = Duration.ofSeconds(Long.MAX_VALUE);

    private static final int LARGEST_SIGNATURE = 4_096;

    private final Path home;
    private final Archives archives;
    private final Clock clock;
    private final Function<String, Optional<String>> secrets;
    private final Supplier<HttpClient.Builder> clients;

    /**
     * Those of a home.
     *
     * @param archives which keys are trusted, and where archives are taken apart
     * @param secrets values of secrets that headers name
     * @param clients how servers are reached; what is not set here is set by the catalogue
     */
    public Catalogues(
            Path home,
            Archives archives,
            Clock clock,
            Function<String, Optional<String>> secrets,
            Supplier<HttpClient.Builder> clients) {
        this.home = home.toAbsolutePath().normalize();
        this.archives = archives;
        this.clock = clock;
        this.secrets = secrets;
        this.clients = clients;
    }

    /** Names, in order. */
    public List<String> names() throws IOException {
        return List.copyOf(CatalogueFile.read(home).keySet());
    }

    /**
     * A blueprint in a catalogue, in its newest version.
     *
     * @param connectors that it brings, each with its version
     */
    public record Entry(
            String catalogue, String id, String version, String title, List<String> systems, List<String> connectors) {}

    /**
     * A catalogue as it was read.
     *
     * @param fetched when; null where nothing could be
     * @param signer id of the key that signed it; null for one without a signature
     * @param trouble why it was not fetched now; empty when it was, or needed not be
     */
    public record Read(
            String name,
            List<Entry> entries,
            @Nullable Instant fetched,
            @Nullable String signer,
            String trouble) {}

    private record Verified(Catalogue catalogue, @Nullable String signer, Instant fetched) {}

    /**
     * Reads one. Where it cannot be fetched, what was fetched last is told with the trouble.
     *
     * @param oldest how old what is kept may be to be taken without asking
     */
    public Read read(String name, Duration oldest) throws IOException, InterruptedException {
        CatalogueFile.Place place = place(name);
        String trouble = "";
        Optional<Verified> found = kept(name);
        if (oldest.equals(OFFLINE) && place.url() != null) {
            trouble = found.isPresent()
                    ? ""
                    : "catalogue '" + name + "': it was not fetched before, and no server is asked now";
        } else if (found.isEmpty() || old(found.get().fetched(), oldest)) {
            try {
                found = Optional.of(fetched(name));
            } catch (BlueprintException e) {
                trouble = "catalogue '" + name + "': " + e.getMessage()
                        + found.map(one -> "; what was fetched " + age(one.fetched()) + " is taken")
                                .orElse("");
            }
        }
        if (found.isEmpty()) {
            return new Read(name, List.of(), null, null, trouble);
        }
        Verified verified = found.get();
        List<Entry> entries = new ArrayList<>();
        verified.catalogue().entries().stream()
                .map(Catalogue.Entry::id)
                .distinct()
                .sorted()
                .forEach(id -> verified.catalogue()
                        .newest(id)
                        .ifPresent(one -> entries.add(
                                new Entry(name, id, one.version(), one.title(), one.systems(), one.connectors()))));
        return new Read(name, entries, verified.fetched(), verified.signer(), trouble);
    }

    /** What says that it was fetched later than now is as old as it can be: nobody holds a catalogue fast by a date. */
    private boolean old(Instant fetched, Duration oldest) {
        Instant now = clock.instant();
        return oldest.isZero()
                || fetched.isAfter(now)
                || Duration.between(fetched, now).compareTo(oldest) > 0;
    }

    private String age(Instant then) {
        long minutes = Math.max(0, Duration.between(then, clock.instant()).toMinutes());
        return minutes < 120
                ? minutes + " minutes ago"
                : minutes < 48 * 60 ? minutes / 60 + " hours ago" : minutes / (24 * 60) + " days ago";
    }

    /**
     * A folder that has the newest version of a blueprint, with the connectors that it brings, until the archives are closed.
     *
     * @throws BlueprintException when the catalogue has none of that id, or its archive is not what the catalogue says
     */
    public Path open(String name, String id, Duration oldest) throws IOException, InterruptedException {
        Read read = read(name, oldest);
        if (read.fetched() == null) {
            throw new BlueprintException(read.trouble());
        }
        Catalogue catalogue = kept(name)
                .orElseThrow(() -> new BlueprintException("the catalogue '" + name + "' is not kept any more"))
                .catalogue();
        Catalogue.Entry entry = catalogue
                .newest(id)
                .orElseThrow(
                        () -> BlueprintException.unknown("the catalogue '" + name + "' has no blueprint '" + id + "'"));
        byte[] archive = archive(name, entry, catalogue, oldest);
        Path folder = archives.extracted(archive);
        Source source = new Source(folder);
        Blueprint blueprint = source.right(id);
        if (!blueprint.manifest().version().equals(entry.version())
                || source.ids().size() != 1) {
            throw new BlueprintException(
                    entry.file() + " has not what the catalogue '" + name + "' says: " + id + " " + entry.version());
        }
        return folder;
    }

    private byte[] archive(String name, Catalogue.Entry entry, Catalogue catalogue, Duration oldest)
            throws IOException, InterruptedException {
        KeptCatalogue kept = new KeptCatalogue(home, name);
        Optional<byte[]> there = kept.archive(entry.sha256());
        if (there.isPresent()) {
            return there.get();
        }
        if (oldest.equals(OFFLINE) && place(name).url() != null) {
            throw new BlueprintException(entry.file() + " of the catalogue '" + name
                    + "' was not fetched before, and no server is asked now");
        }
        byte[] archive = fetch(name).archive(entry.file(), entry.bytes());
        if (!Hashes.sha256(archive).equals(entry.sha256())) {
            throw new BlueprintException(entry.file() + " of the catalogue '" + name
                    + "' is another than the catalogue says: it was changed, or is cut off. Nothing of it was read");
        }
        kept.keep(archive, entry.sha256(), catalogue);
        return archive;
    }

    private CatalogueFile.Place place(String name) throws IOException {
        CatalogueFile.Place place = CatalogueFile.read(home).get(name);
        if (place == null) {
            throw BlueprintException.unknown("there is no catalogue '" + name + "' in " + CatalogueFile.FILE);
        }
        return place;
    }

    private Fetch fetch(String name) throws IOException {
        return new Fetch(home, place(name), secrets, clients.get());
    }

    private Optional<Verified> kept(String name) throws IOException {
        Optional<KeptCatalogue.Index> index = new KeptCatalogue(home, name).index();
        if (index.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(verified(
                    name,
                    index.get().text(),
                    index.get().signature(),
                    index.get().fetched()));
        } catch (BlueprintException e) {
            // Its key is not trusted any more, or somebody changed it: as if it were not there.
            return Optional.empty();
        }
    }

    private Verified fetched(String name) throws IOException, InterruptedException {
        Fetch fetch = fetch(name);
        String text;
        String signature;
        try {
            text = new String(fetch.catalogue(Catalogue.LARGEST), StandardCharsets.UTF_8);
            signature = fetch.signature(LARGEST_SIGNATURE)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
        } catch (IOException e) {
            throw new BlueprintException("it cannot be read: " + e.getMessage());
        }
        Verified now = verified(name, text, signature, clock.instant());
        KeptCatalogue kept = new KeptCatalogue(home, name);
        Optional<Verified> before = kept(name);
        if (before.isPresent()) {
            Instant made = before.get().catalogue().made();
            if (now.catalogue().made().isBefore(made)) {
                throw new BlueprintException(
                        "what is there was made at " + now.catalogue().made()
                                + ", before the one that was fetched earlier (" + made
                                + "): somebody may hold newer versions back. If it is meant, remove "
                                + home.relativize(kept.folder()));
            }
            if (now.catalogue().made().equals(made)
                    && !now.catalogue().equals(before.get().catalogue())) {
                throw new BlueprintException("what is there says the time of the one that was fetched earlier, " + made
                        + ", and is another; make it anew");
            }
        }
        kept.keep(new KeptCatalogue.Index(now.fetched(), text, signature));
        return now;
    }

    private Verified verified(String name, String text, String signature, Instant fetched) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        String key = place(name).key();
        String signer = archives.signer(content, signature, key);
        return new Verified(Catalogue.parse(content), signer, fetched);
    }
}
