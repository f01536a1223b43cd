package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.outbound.Outbound;
import io.patchbay.problem.DidYouMean;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private final Access access;

    /**
     * Those of a home.
     *
     * @param archives which keys are trusted, and where archives are taken apart
     * @param access to their servers
     */
    public Catalogues(Path home, Archives archives, Clock clock, Access access) {
        this.home = home.toAbsolutePath().normalize();
        this.archives = archives;
        this.clock = clock;
        this.access = access;
    }

    /**
     * How servers of catalogues are reached.
     *
     * @param secrets values of secrets that headers name
     * @param way how calls leave the machine; asked for when there is one
     */
    public record Access(Function<String, Optional<String>> secrets, Supplier<Outbound> way) {}

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

    /** What there is of a catalogue, and why it is not what there is now. */
    private record Found(Optional<Verified> verified, String trouble) {}

    /** The JSON Schema of the file that names them. */
    public static ObjectNode schema() {
        return CatalogueFile.schema();
    }

    /**
     * Reads one. Where it cannot be fetched, what was fetched last is told with the trouble.
     *
     * @param oldest how old what is kept may be to be taken without asking
     */
    public Read read(String name, Duration oldest) throws IOException, InterruptedException {
        Found found = found(name, place(name), oldest);
        return found.verified()
                .map(one -> new Read(
                        name,
                        one.catalogue().newest().values().stream()
                                .map(entry -> told(name, entry))
                                .toList(),
                        one.fetched(),
                        one.signer(),
                        found.trouble()))
                .orElseGet(() -> new Read(name, List.of(), null, null, found.trouble()));
    }

    private static Entry told(String name, Catalogue.Entry one) {
        return new Entry(name, one.id(), one.version(), one.title(), one.systems(), one.connectors());
    }

    private Found found(String name, CatalogueFile.Place place, Duration oldest)
            throws IOException, InterruptedException {
        Optional<Verified> kept = kept(name, place);
        if (oldest.equals(OFFLINE) && place.url() != null) {
            return new Found(
                    kept,
                    kept.isPresent()
                            ? ""
                            : "catalogue '" + name + "': it was not fetched before, and no server is asked now");
        }
        if (kept.isPresent() && !old(kept.get().fetched(), oldest)) {
            return new Found(kept, "");
        }
        try {
            return new Found(Optional.of(fetched(name, place, kept)), "");
        } catch (BlueprintException e) {
            return new Found(
                    kept,
                    "catalogue '" + name + "': " + e.getMessage()
                            + kept.map(one -> "; what was fetched " + age(one.fetched()) + " is taken")
                                    .orElse(""));
        }
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
        CatalogueFile.Place place = place(name);
        Found found = found(name, place, oldest);
        Verified verified = found.verified().orElseThrow(() -> new BlueprintException(found.trouble()));
        Catalogue catalogue = verified.catalogue();
        Catalogue.Entry entry = catalogue.newest().get(id);
        if (entry == null) {
            throw BlueprintException.unknown("the catalogue '" + name + "' has no blueprint '" + id + "'");
        }
        Path folder = archives.extracted(
                archive(name, place, entry, catalogue, oldest),
                Provenance.catalogue(name, place.where(), verified.signer()));
        Source source = new Source(folder);
        Blueprint blueprint = source.right(id);
        if (!blueprint.manifest().version().equals(entry.version())
                || source.ids().size() != 1) {
            throw new BlueprintException(
                    entry.file() + " has not what the catalogue '" + name + "' says: " + id + " " + entry.version());
        }
        return folder;
    }

    /**
     * The same of the catalogue that an install came from.
     *
     * @param before where it came from, which is a catalogue
     * @throws BlueprintException when it is not there any more
     */
    public Path openAgain(Provenance before, String id, Duration oldest) throws IOException, InterruptedException {
        try {
            return open(String.valueOf(before.catalogue()), id, oldest);
        } catch (BlueprintException e) {
            throw new BlueprintException(e.getMessage() + "; it is looked for there because the install came from "
                    + before.place() + ": name another place to take it from that");
        }
    }

    private byte[] archive(
            String name, CatalogueFile.Place place, Catalogue.Entry entry, Catalogue catalogue, Duration oldest)
            throws IOException, InterruptedException {
        KeptCatalogue kept = new KeptCatalogue(home, name);
        Optional<byte[]> there = kept.archive(entry.sha256());
        if (there.isPresent()) {
            return there.get();
        }
        if (oldest.equals(OFFLINE) && place.url() != null) {
            throw new BlueprintException(entry.file() + " of the catalogue '" + name
                    + "' was not fetched before, and no server is asked now");
        }
        byte[] archive = fetch(place).archive(entry.file(), entry.bytes());
        if (!Hashes.sha256(archive).equals(entry.sha256())) {
            throw new BlueprintException(entry.file() + " of the catalogue '" + name
                    + "' is another than the catalogue says: it was changed, or is cut off. Nothing of it was read");
        }
        kept.keep(archive, entry.sha256(), catalogue);
        return archive;
    }

    private CatalogueFile.Place place(String name) throws IOException {
        Map<String, CatalogueFile.Place> all = CatalogueFile.read(home);
        CatalogueFile.Place place = all.get(name);
        if (place == null) {
            String hint = DidYouMean.hint(name, all.keySet());
            throw BlueprintException.unknown("there is no catalogue '" + name + "' in " + CatalogueFile.FILE
                    + (hint == null ? "" : ": " + hint));
        }
        return place;
    }

    private Fetch fetch(CatalogueFile.Place place) {
        return new Fetch(home, place, access);
    }

    private Optional<Verified> kept(String name, CatalogueFile.Place place) throws IOException {
        KeptCatalogue.Index index = new KeptCatalogue(home, name).index().orElse(null);
        if (index == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(verified(place, index));
        } catch (BlueprintException e) {
            // Its key is not trusted any more, or somebody changed it: as if it were not there.
            return Optional.empty();
        }
    }

    private Verified fetched(String name, CatalogueFile.Place place, Optional<Verified> before)
            throws IOException, InterruptedException {
        KeptCatalogue.Index index = index(fetch(place));
        Verified now = verified(place, index);
        KeptCatalogue kept = new KeptCatalogue(home, name);
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
        kept.keep(index);
        return now;
    }

    private KeptCatalogue.Index index(Fetch fetch) throws IOException, InterruptedException {
        try {
            String text = new String(fetch.catalogue(Catalogue.LARGEST), StandardCharsets.UTF_8);
            String signature = fetch.signature(LARGEST_SIGNATURE)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            return new KeptCatalogue.Index(clock.instant(), text, signature);
        } catch (IOException e) {
            throw new BlueprintException("it cannot be read: " + e.getMessage());
        }
    }

    private Verified verified(CatalogueFile.Place place, KeptCatalogue.Index index) throws IOException {
        byte[] content = index.text().getBytes(StandardCharsets.UTF_8);
        String signer = archives.signer(content, index.signature(), place.key());
        return new Verified(Catalogue.parse(content), signer, index.fetched());
    }
}
