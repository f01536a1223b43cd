package io.patchbay.blueprint;

import io.patchbay.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Blueprints of a home for a program that goes on: what changes the home is done beside, one at a time, and asked for again. Only what a
 * trusted key signed comes from a catalogue.
 */
public final class Installer implements AutoCloseable {

    private static final Duration OLDEST = Duration.ofHours(1);
    /** A catalogue that could not be fetched is tried again after this. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private static final int LARGEST_TEXT = 100_000;
    private static final int LARGEST_PICTURE = 500_000;

    private final Home home;
    private final List<Path> libraries;
    private final Clock clock;
    private final Trial trial;
    private final Catalogues.Access access;
    private final Supplier<Map<String, String>> kept;
    private final InstallJobs jobs;
    private final Map<String, Silent> silent = new ConcurrentHashMap<>();

    /**
     * For a home.
     *
     * @param libraries folders that have blueprints as well
     * @param access to servers of catalogues
     * @param kept instances that stand in no file of the home: their connectors, by name
     */
    public Installer(
            Home home,
            List<Path> libraries,
            Clock clock,
            Trial trial,
            Catalogues.Access access,
            Supplier<Map<String, String>> kept) {
        this.home = home;
        this.libraries = List.copyOf(libraries);
        this.clock = clock;
        this.trial = trial;
        this.access = access;
        this.kept = kept;
        this.jobs = new InstallJobs(clock);
    }

    /**
     * What is asked for.
     *
     * @param of id of the blueprint, of an upgrade or removal name of the install
     * @param as name of an install; null for the blueprint's id
     * @param catalogue where the blueprint is taken from; empty for folders; null for the one that an install came from, or folders
     * @param keep whose lines an upgrade takes in conflicts, mine or theirs; null when there must be none
     * @param changed whether a removal takes files that were changed, too
     * @param accepted whose signature an upgrade takes, other than that of what is installed; null for none
     */
    public record Ask(
            Plan.Verb verb,
            String of,
            @Nullable String as,
            @Nullable String catalogue,
            Answers answers,
            @Nullable String keep,
            boolean changed,
            @Nullable String accepted) {}

    /** Until when a catalogue is not asked for, and why. */
    private record Silent(Instant until, String trouble) {}

    /**
     * A blueprint whole.
     *
     * @param readme its README.md; empty for none
     * @param picture whether it has one
     */
    public record Whole(Shown shown, String readme, boolean picture) {}

    /** A picture, and what it is. */
    public static final class Picture {

        private final String type;
        private final byte[] content;

        private Picture(String type, byte[] content) {
            this.type = type;
            this.content = content;
        }

        /** Its media type. */
        public String type() {
            return type;
        }

        /** Its bytes. */
        public byte[] content() {
            return content.clone();
        }
    }

    /** What is done with the blueprints that are there, while archives are open. */
    private interface Work<T> {
        T with(Blueprints blueprints) throws IOException, InterruptedException;
    }

    /** All that there are. */
    public Listing list() throws IOException, InterruptedException {
        try (Archives archives = archives()) {
            Catalogues catalogues = catalogues(archives);
            List<Catalogues.Read> read = new ArrayList<>();
            for (String name : catalogues.names()) {
                read.add(read(catalogues, name));
            }
            return Listing.of(blueprints(libraries), read);
        }
    }

    /** A server that does not answer is not asked by everybody who looks at the list: each would wait as long for it. */
    private Catalogues.Read read(Catalogues catalogues, String name) throws IOException, InterruptedException {
        Silent known = silent.get(name);
        if (known != null && clock.instant().isBefore(known.until())) {
            Catalogues.Read kept = catalogues.read(name, Catalogues.OFFLINE);
            return new Catalogues.Read(name, kept.entries(), kept.fetched(), kept.signer(), known.trouble());
        }
        Instant until = clock.instant().plus(AGAIN);
        silent.put(name, new Silent(until, "catalogue '" + name + "': it is being fetched"));
        Catalogues.Read read = catalogues.read(name, OLDEST);
        if (read.trouble().isEmpty()) {
            silent.remove(name);
        } else {
            silent.put(name, new Silent(until, read.trouble()));
        }
        return read;
    }

    /** One blueprint. @throws BlueprintException when it is not there, or is not right */
    public Whole show(String id, @Nullable String catalogue) throws IOException, InterruptedException {
        return at(id, catalogue, blueprints -> {
            Path readme = blueprints.folder(id).resolve("README.md");
            String text = Files.isRegularFile(readme, LinkOption.NOFOLLOW_LINKS) && Files.size(readme) <= LARGEST_TEXT
                    ? HomeText.read(readme)
                    : "";
            return new Whole(blueprints.show(id), text, pictured(blueprints, id).isPresent());
        });
    }

    /** The picture of a blueprint; empty where it has none. */
    public Optional<Picture> picture(String id, @Nullable String catalogue) throws IOException, InterruptedException {
        return at(id, catalogue, blueprints -> pictured(blueprints, id));
    }

    private static Optional<Picture> pictured(Blueprints blueprints, String id) throws IOException {
        Path file = blueprints.picture(id).orElse(null);
        if (file == null
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > LARGEST_PICTURE) {
            return Optional.empty();
        }
        String type = file.toString().endsWith(".svg") ? "image/svg+xml" : "image/png";
        return Optional.of(new Picture(type, Files.readAllBytes(file)));
    }

    /** What would be done. */
    public Plan plan(Ask ask) throws IOException, InterruptedException {
        if (ask.verb() == Plan.Verb.INSTALL) {
            return at(ask.of(), ask.catalogue(), blueprints -> planned(blueprints, ask));
        }
        Install install = installed(ask.of());
        Provenance before = install.origin();
        if (before == null
                || before.catalogue() == null
                || ask.verb() != Plan.Verb.UPGRADE
                || ask.catalogue() != null) {
            return at(
                    install.blueprint(),
                    ask.verb() == Plan.Verb.REMOVE ? null : ask.catalogue(),
                    blueprints -> planned(blueprints, ask));
        }
        try (Archives archives = archives()) {
            List<Path> sources = new ArrayList<>(libraries);
            sources.add(0, catalogues(archives).openAgain(before, install.blueprint(), OLDEST));
            return planned(blueprints(sources, archives.origins()), ask);
        }
    }

    private Plan planned(Blueprints blueprints, Ask ask) throws IOException {
        return switch (ask.verb()) {
            case INSTALL -> blueprints.planInstall(ask.of(), ask.as(), ask.answers());
            case UPGRADE -> blueprints.planUpgrade(ask.of(), ask.answers(), ask.keep(), ask.accepted());
            case REMOVE -> blueprints.planRemoval(ask.of(), ask.changed(), KeptInstances.of(kept.get()));
        };
    }

    /** One that was installed. @throws BlueprintException when there is none of that name */
    public Install installed(String name) throws IOException {
        return blueprints(libraries).install(name);
    }

    /**
     * Begins it, when it can be done.
     *
     * @throws BlueprintException when it cannot be; nothing begins
     * @throws InstallJobs.BusyException when another one goes on
     */
    public InstallJobs.Job begin(Ask ask) throws IOException, InterruptedException {
        Path root = home.root();
        if (!Files.isWritable(root)) {
            throw new BlueprintException(
                    "the home folder cannot be written here: change its files where they are kept, with the"
                            + " verb 'patchbay blueprint', and bring them here as always");
        }
        return jobs.begin(() -> plan(ask), blueprints(libraries)::carryOut);
    }

    /** What was begun in this process. */
    public InstallJobs jobs() {
        return jobs;
    }

    private <T> T at(String id, @Nullable String catalogue, Work<T> work) throws IOException, InterruptedException {
        try (Archives archives = archives()) {
            List<Path> sources = new ArrayList<>(libraries);
            if (catalogue != null && !catalogue.isEmpty()) {
                sources.add(0, catalogues(archives).open(catalogue, id, OLDEST));
            }
            return work.with(blueprints(sources, archives.origins()));
        }
    }

    private Archives archives() {
        return new Archives(home.root(), List.of(), false);
    }

    private Catalogues catalogues(Archives archives) {
        return new Catalogues(home.root(), archives, clock, access);
    }

    private Blueprints blueprints(List<Path> sources) {
        return blueprints(sources, Map.of());
    }

    private Blueprints blueprints(List<Path> sources, Map<Path, Provenance> origins) {
        return new Blueprints(home, sources, origins, clock, trial);
    }

    @Override
    public void close() {
        jobs.close();
    }
}
